"""Extra time while an attempt runs: the ends of its open section and questions move with it, never earlier."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, AttemptSection, Response
from mockhall.attempts.opening import is_shut
from mockhall.attempts.sections import limits_of, parts_of
from mockhall.exam import sections
from mockhall.exam.sections import Part
from mockhall.papers.models import PaperSection
from mockhall.papers.queries import sat


def extend(db: Session, attempt: Attempt, extra: timedelta) -> None:
    """Minutes were granted, and the attempt's deadline has been moved by them: so is the end of the open section."""
    here = sections.current(parts_of(db, attempt))
    if here is not None:
        _move(db, attempt, here, sections.extended(here, extra, attempt.deadline_at))


def restretch(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> None:
    """The person's factor was changed, the attempt's deadline too: the open section and questions get their time."""
    limits = limits_of(db, attempt, grace)
    here = sections.current(parts_of(db, attempt))
    if here is not None and here.entered_at is not None and here.closes_at is not None:
        closes = sections.entered(here, here.entered_at, limits).closes_at or here.closes_at
        here = _move(db, attempt, here, sections.extended(here, closes - here.closes_at, attempt.deadline_at))
    ends = here.closes_at if here else None
    for row, section in _opened(db, attempt):
        if section.question_seconds is not None and row.opened_at is not None and not is_shut(row, now, grace):
            closes_at = sections.question_closes_at(row.opened_at, sat(section), limits, ends)
            row.closes_at = max((each for each in (row.closes_at, closes_at) if each is not None), default=None)
            db.add(row)
    db.flush()


def _opened(db: Session, attempt: Attempt) -> Sequence[tuple[Response, PaperSection]]:
    """Questions that were opened one by one and are not locked, each with its section."""
    query = select(Response, PaperSection).join(PaperSection, col(PaperSection.position) == col(Response.section))
    query = query.where(Response.attempt_id == attempt.id, PaperSection.paper_version_id == attempt.paper_version_id)
    return db.exec(query.where(col(Response.opened_at).is_not(None), col(Response.locked).is_(False))).all()


def _move(db: Session, attempt: Attempt, old: Part, new: Part) -> Part:
    """Another end of the open section, for the section and for the responses that end with it."""
    if new.closes_at != old.closes_at:
        row = db.get_one(AttemptSection, (attempt.id, new.position))
        row.closes_at = new.closes_at
        db.add(row)
        db.execute(
            update(Response)
            .where(col(Response.attempt_id) == attempt.id, col(Response.section) == new.position)
            .where(col(Response.closes_at) == old.closes_at)
            .values(closes_at=new.closes_at)
        )
        db.flush()
    return new
