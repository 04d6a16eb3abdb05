"""Questions one after the other: one is opened, and its clock, or the way on, begins with that."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, Response
from mockhall.attempts.sections import limits_of, parts_of, settle
from mockhall.exam import clock, sections
from mockhall.exam.sections import Part, Stage
from mockhall.papers.models import PaperSection
from mockhall.papers.queries import sat
from mockhall.web.errors import Refused

MOST_QUESTIONS = 100_000  # far more than a test has; no database can look for a number of any length


def open_question(db: Session, attempt: Attempt, number: int, now: datetime, grace: timedelta) -> Response | None:
    """Open a question whose clock, or whose way on, begins with that; None when the attempt has no such question."""
    settle(db, attempt, now, grace)
    rows = _section_rows(db, attempt, number) if number <= MOST_QUESTIONS else []
    if not rows:
        return None
    section, part = _where(db, attempt, rows[0].section)
    if part is not None and part.stage is not Stage.OPEN:
        raise Refused(409, "locked", "That section is not open.")
    rules, row = sat(section), next(each for each in rows if each.number == number)
    if rules.one_by_one and (row.opened_at is None or is_shut(row, now, grace)):
        _refuse_shut(row, rows, rules)
        limits = limits_of(db, attempt, grace)
        row.locked, row.opened_at, row.visited = False, now, True
        row.closes_at = sections.question_closes_at(now, rules, limits, part.closes_at if part else None)
        if rules.one_way:
            for each in rows:
                each.locked = each is not row
    attempt.current = number
    db.add_all([attempt, *rows])
    db.flush()
    return row


def is_shut(row: Response, now: datetime, grace: timedelta = timedelta(0)) -> bool:
    """Can nothing be saved to this response any more, or not yet?"""
    return row.locked or clock.phase(now, row.closes_at, grace) is clock.Phase.OVER


def _refuse_shut(row: Response, rows: Sequence[Response], rules: sections.Rules) -> None:
    if row.opened_at is not None:
        raise Refused(409, "locked", f"Question {row.number} is closed: its time is over, or you went on from it.")
    opened = [each.number for each in rows if each.opened_at is not None]
    if not sections.may_open(row.number, opened, rows[0].number, rows[-1].number, rules):
        raise Refused(409, "locked", "In this section one question follows the other. Open the next one.")


def _section_rows(db: Session, attempt: Attempt, number: int) -> Sequence[Response]:
    """The responses of the section that question `number` stands in, in their order."""
    own = select(Response.section).where(Response.attempt_id == attempt.id, Response.number == number)
    query = select(Response).where(Response.attempt_id == attempt.id, col(Response.section).in_(own))
    return db.exec(query.order_by(col(Response.number))).all()


def _where(db: Session, attempt: Attempt, position: int) -> tuple[PaperSection, Part | None]:
    section = db.exec(
        select(PaperSection).where(
            PaperSection.paper_version_id == attempt.paper_version_id, PaperSection.position == position
        )
    ).one()
    return section, next((each for each in parts_of(db, attempt) if each.position == position), None)
