"""What happened in an attempt, in its order: starts and ends, each answer kept, what came late, what staff did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.attempts import events
from mockhall.attempts.events import Verb
from mockhall.attempts.models import Attempt, AttemptSection, LateAnswer, Response
from mockhall.exam.paper import Answer
from mockhall.exam.shuffle import letters
from mockhall.exam.trail import answers
from mockhall.papers.models import PaperSection
from mockhall.results.late_desk import AttemptFacts

MOST = 1_000  # lines
SHORT = 60  # characters of a typed answer
VERBS = {
    Verb.TIME: "Time given", Verb.LATE: "Late answers accepted", Verb.VOID: "Voided", Verb.RESTORE: "Put back",
    Verb.REOPEN: "Opened again", Verb.REGRADE: "Marked anew",
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A line of the timeline; `number` is the question it is about, `who` the member of staff who did it."""

    at: datetime
    words: str
    detail: str = ""
    number: int | None = None
    who: str = ""


def timeline(db: Session, facts: AttemptFacts) -> list[Moment]:
    """All that is known of an attempt's course, the oldest first and in their usual order where the
    moment is the same, in four queries."""
    attempt = facts.attempt
    moments = [*_start(attempt), *_sections(db, attempt), *_answers(db, attempt), *_end(attempt), *_late(db, attempt)]
    moments += [Moment(each.at, VERBS[Verb(each.verb)], each.text, who=who) for each, who in events.of(db, attempt)]
    return sorted(moments, key=lambda each: each.at)[:MOST]


def _start(attempt: Attempt) -> Iterator[Moment]:
    yield Moment(attempt.started_at, "Started")
    if attempt.paused_seconds:
        yield Moment(attempt.started_at, "Paused in all", f"{attempt.paused_seconds // 60} min")
    if attempt.cut_off_at is not None:
        yield Moment(attempt.cut_off_at, "The server was last seen before the end")


def _end(attempt: Attempt) -> Iterator[Moment]:
    if attempt.finished_at is not None:
        is_up = attempt.finished_at == attempt.deadline_at
        yield Moment(attempt.finished_at, "Time was up" if is_up else "Handed in")


def _sections(db: Session, attempt: Attempt) -> Iterator[Moment]:
    columns: list[Any] = [AttemptSection, PaperSection.title]
    query = sa.select(*columns).join(
        PaperSection,
        sa.and_(
            col(PaperSection.paper_version_id) == attempt.paper_version_id,
            col(PaperSection.position) == col(AttemptSection.position),
        ),
    )
    for row, title in db.execute(query.where(col(AttemptSection.attempt_id) == attempt.id)):
        if row.entered_at is not None:
            yield Moment(row.entered_at, "Section entered", title)
        if row.left_at is not None:
            yield Moment(row.left_at, "Section left", title)


def _answers(db: Session, attempt: Attempt) -> Iterator[Moment]:
    for row in db.exec(select(Response).where(Response.attempt_id == attempt.id)):
        shown = letters(row.option_order)
        for kept in answers(row.trail):
            words = "Answer cleared" if kept.answer is not None and kept.answer.blank else "Answer kept"
            yield Moment(kept.at, words, _in_short(kept.answer, shown), row.number)
        if row.saved_at is not None and not row.trail and row.answered:
            own = Answer.of(row.choice, row.text, row.parts)
            yield Moment(row.saved_at, "Answer kept", _in_short(own, shown), row.number)
        if row.unsaved_at is not None:
            yield Moment(row.unsaved_at, "Selected and never saved", number=row.number)


def _in_short(answer: Answer | None, shown: dict[str, str]) -> str:
    """An answer by the letters the candidate saw, or as it was typed; empty where it was too long to be kept here."""
    if answer is None:
        return ""
    parts = [f"{name} = {shown.get(value, value)}" for name, value in answer.parts]
    said: Sequence[str] = [shown.get(each, each) for each in answer.choice] or ([answer.text] if answer.text else parts)
    text = ", ".join(said)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _late(db: Session, attempt: Attempt) -> Iterator[Moment]:
    for row in db.exec(select(LateAnswer).where(LateAnswer.attempt_id == attempt.id)):
        yield Moment(row.arrived_at, "An answer came too late", "accepted since" if row.accepted_at else "", row.number)
