"""What changing answers did to one attempt: each answer that was kept, judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, Response
from mockhall.exam.changes import Changes, changes, settled
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Answer
from mockhall.exam.paper import Item as Question
from mockhall.exam.rulings import judged as judged_answer
from mockhall.exam.trail import answers, distinct
from mockhall.results.counting import Rules
from mockhall.results.items import items_of


@dataclass(frozen=True)
class Given:
    """The answers to one question one after the other, equal neighbours once; the last is the one that counts."""

    number: int
    answers: Sequence[Answer]

    @property
    def is_changed(self) -> bool:
        return len(self.answers) > 1


def given(rows: Sequence[Any]) -> list[Given]:
    """What was answered, from responses with their trails."""
    return [Given(row.number, _answers(row)) for row in rows]


def _answers(row: Any) -> list[Answer]:
    return distinct(settled(answers(row.trail)), Answer.of(row.choice, row.text, row.parts))


def judged(found: Sequence[Given], questions: Mapping[int, Question]) -> Changes:
    """The changes by whether each answer was right."""
    return changes([(repr(each), _is_right(questions[one.number], each)) for each in one.answers] for one in found)


def _is_right(question: Question, answer: Answer) -> bool:
    return judged_answer(question, answer).outcome is Outcome.RIGHT


def changes_of(db: Session, rules: Rules, attempt: Attempt) -> Changes | None:
    """The changes of an attempt; None where no trail was kept. They tell right from wrong."""
    rows = db.execute(_TRAILS, {"attempt": attempt.id}).all()
    if not rows:
        return None
    found = [each for each in given(rows) if each.is_changed]
    places = {row.number: (row.number, row.section, row.question_version_id) for row in rows}
    return judged(found, items_of(db, rules, [places[each.number] for each in found]))


_TRAILS = (
    select(
        Response.number, Response.section, Response.question_version_id, Response.choice, Response.text, Response.parts,
        Response.trail,
    )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
    .where(col(Response.attempt_id) == bindparam("attempt"), col(Response.trail) != "")
    .order_by(col(Response.number))
)  # fmt: skip
