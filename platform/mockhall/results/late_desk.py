"""One attempt as staff see it: its facts, late answers beside the stored ones, and what accepting them would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts import late
from mockhall.attempts.models import Attempt, AttemptState, LateAnswer, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam.paper import Answer
from mockhall.exam.score import Entry
from mockhall.exam.shuffle import letters
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results.actions import marked_sheet
from mockhall.results.models import ScoreRow
from mockhall.results.reveals import COLUMNS, JUDGED, Policy, joined, policy_of
from mockhall.web.headline import headline


@dataclass(frozen=True)
class LateLine:
    """A question with what is stored and what came late, in words; marks before and after, None before marking."""

    number: int
    headline: str
    stored: str
    came: str
    late: LateAnswer
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True)
class AttemptFacts:
    """An attempt for staff; `after` is the score if all late answers were accepted."""

    attempt: Attempt
    paper: Paper
    version: PaperVersion
    person: Person
    score: ScoreRow | None
    answered: int
    total: int
    waiting: Sequence[LateLine]
    accepted: Sequence[LateLine]
    after: Fraction | None
    shown_first: bool = False  # could the right answers be read before a late one came?
    could_read: bool = False  # can they be read now?

    @property
    def name(self) -> str:
        return self.attempt.candidate or self.person.label

    @property
    def may_accept(self) -> bool:
        return bool(self.waiting) and self.attempt.state == AttemptState.SCORED


def attempt_facts(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> AttemptFacts:
    """Everything the page of one attempt shows."""
    columns: tuple[Any, ...] = (Paper, PaperVersion, Person, ScoreRow)
    query = (
        sa.select(*columns)
        .select_from(Attempt)
        .join(Paper, col(Paper.id) == col(Attempt.paper_id))
        .join(PaperVersion, col(PaperVersion.id) == col(Attempt.paper_version_id))
        .join(Person, col(Person.id) == col(Attempt.person_id))
        .outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
        .where(col(Attempt.id) == attempt.id)
    )
    row = db.execute(query).one()
    total, answered = _counts(db, attempt)
    waiting, after = _waiting(db, attempt)
    accepted, shown = _accepted(db, attempt), shown_first(db, attempt, [each.late for each in waiting], grace)
    can_read = could_read(db, attempt, now, grace)
    return AttemptFacts(
        attempt, row.Paper, row.PaperVersion, row.Person, row.ScoreRow, answered, total, waiting, accepted, after,
        shown, can_read,
    )  # fmt: skip


def could_read(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> bool:
    """Can the candidate of a closed attempt read now what is right or wrong?"""
    return bool(_policy(db, attempt, attempt.submitted_at, grace).seen(now) & JUDGED)


def shown_first(db: Session, attempt: Attempt, late_ones: Sequence[LateAnswer], grace: timedelta) -> bool:
    """Could the candidate read what is right or wrong before the last of these answers came?"""
    closed_at = attempt.submitted_at
    after = [each.arrived_at for each in late_ones if closed_at is not None and each.arrived_at > closed_at]
    if not after:
        return False
    policy = _policy(db, attempt, attempt.finished_at, grace)
    return any(policy.seen(each) & JUDGED for each in after)


def _policy(db: Session, attempt: Attempt, closed_at: datetime | None, grace: timedelta) -> Policy:
    query = joined(sa.select(*COLUMNS).select_from(Attempt)).where(col(Attempt.id) == attempt.id)
    return policy_of(db.execute(query).one(), attempt.state, closed_at, grace)


def _counts(db: Session, attempt: Attempt) -> tuple[int, int]:
    answered = sa.func.coalesce(sa.func.sum(sa.case((col(Response.answered), 1), else_=0)), 0)
    row = db.execute(sa.select(sa.func.count(), answered).where(col(Response.attempt_id) == attempt.id)).one()
    return int(row[0]), int(row[1])


def _waiting(db: Session, attempt: Attempt) -> tuple[list[LateLine], Fraction | None]:
    """Late answers beside the stored ones, marked both ways by the same rules that would mark them."""
    assert attempt.id is not None
    found = late.waiting(db, attempt.id)
    if not found:
        return [], None
    is_scored = attempt.state == AttemptState.SCORED
    sheet = marked_sheet(db, attempt, {each.late.number: answer_of(each.late) for each in found})
    before = _marks(marked_sheet(db, attempt).entries) if is_scored else {}
    after = _marks(sheet.entries) if is_scored else {}
    questions = _questions(db, attempt, [each.late.number for each in found])
    lines = [_line(each, *questions[each.late.number], before, after) for each in found]
    return lines, sheet.overall.total if is_scored else None


def _marks(entries: Sequence[Entry]) -> dict[int, Fraction]:
    return {item.number: mark.marks for item, mark, _ in entries}


def _line(
    each: late.Beside, row: Response, question: QuestionVersion, before: dict[int, Fraction], after: dict[int, Fraction]
) -> LateLine:
    stored, came = in_words(answer_of(each.stored), row, question), in_words(answer_of(each.late), row, question)
    number = each.late.number
    return LateLine(number, headline(question.stem, 80), stored, came, each.late, before.get(number), after.get(number))


def _accepted(db: Session, attempt: Attempt) -> list[LateLine]:
    assert attempt.id is not None
    found = late.accepted(db, attempt.id)
    questions = _questions(db, attempt, [each.number for each in found]) if found else {}
    lines = []
    for each in found:
        row, question = questions[each.number]
        before = each.replaced or {}
        stored = Answer.of(before.get("choice", []), before.get("text", ""), before.get("parts", {}))
        words = in_words(stored, row, question), in_words(answer_of(each), row, question)
        lines.append(LateLine(each.number, headline(question.stem, 80), *words, each, None, None))
    return lines


def _questions(db: Session, attempt: Attempt, numbers: list[int]) -> dict[int, tuple[Response, QuestionVersion]]:
    query = (
        select(Response, QuestionVersion)
        .join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
        .where(col(Response.attempt_id) == attempt.id, col(Response.number).in_(numbers))
    )
    return {row.number: (row, question) for row, question in db.exec(query)}


def answer_of(row: Response | LateAnswer) -> Answer:
    """The answer a row holds."""
    return Answer.of(row.choice, row.text, row.parts)


def in_words(answer: Answer, row: Response, question: QuestionVersion) -> str:
    """An answer in a line: the letters and texts of its choices, what was typed, or its pairs and gaps."""
    if answer.blank:
        return "No answer"
    texts = {option["id"]: headline(str(option.get("text", "")), 60) for option in question.options}
    named = letters(row.option_order)
    chosen = [f"{named[each]}: {texts.get(each, each)}" if each in named else each for each in answer.choice]
    parts = [f"{name} = {texts.get(value, value)}" for name, value in answer.parts]
    return "; ".join(filter(None, [*chosen, answer.text, *parts]))[:300]
