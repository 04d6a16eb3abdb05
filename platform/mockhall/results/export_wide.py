"""The wide form: marks and outcome of every question as columns beside an attempt."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import Question, QuestionVersion
from mockhall.papers.models import PaperDraw, PaperQuestion, PaperSection, PaperVersion
from mockhall.results.export import Cell
from mockhall.results.export_scope import Scope
from mockhall.results.models import MarkRow
from mockhall.results.sheet import OF_RESPONSE


@dataclass(frozen=True)
class Wide:
    """The questions of a paper as columns: `codes` in order, `place` the column of each question version."""

    codes: Sequence[str]
    place: dict[int, int]

    @property
    def columns(self) -> list[str]:
        """`q1_<question>_outcome` and `q1_<question>_marks`, so that a column says which question it is of."""
        names = [f"q{number}_{code}" for number, code in enumerate(self.codes, 1)]
        return [f"{name}_{what}" for name in names for what in ("outcome", "marks")]

    def marks(self, db: Session, attempts: Sequence[int]) -> dict[int, list[Cell]]:
        """By attempt, its cells in the order of `columns`; empty where an attempt has not had the question."""
        columns = (Response.attempt_id, Response.question_version_id, MarkRow.outcome, MarkRow.marks)
        query = sa.select(*columns).join(MarkRow, OF_RESPONSE)  # type: ignore[call-overload]  # columns of SQLModel
        found: dict[int, list[Cell]] = {each: [None] * (2 * len(self.codes)) for each in attempts}
        for attempt, version, outcome, marks in db.execute(query.where(col(Response.attempt_id).in_(attempts))):
            at = 2 * self.place[version]
            found[attempt][at : at + 2] = (outcome, marks)
        return found


def wide_of(db: Session, scope: Scope) -> Wide:
    """Questions as the newest version of the paper orders them, then those only older versions or draws have."""
    ordered = dict.fromkeys([*_fixed(db, scope.paper_id), *_drawn(db, scope)])
    query = sa.select(col(QuestionVersion.id), col(Question.id), col(Question.code))
    query = query.join(Question, col(Question.id) == col(QuestionVersion.question_id))
    known = {row[0]: (row[1], row[2]) for row in db.execute(query.where(col(QuestionVersion.id).in_(ordered)))}
    codes = dict.fromkeys(known[version] for version in ordered)
    column = {question: place for place, (question, _) in enumerate(codes)}
    return Wide([code for _, code in codes], {version: column[known[version][0]] for version in ordered})


def _fixed(db: Session, paper_id: int) -> list[int]:
    query = (
        sa.select(col(PaperQuestion.question_version_id))
        .join(PaperSection, col(PaperSection.id) == col(PaperQuestion.section_id))
        .join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
        .where(col(PaperVersion.paper_id) == paper_id)
        .order_by(col(PaperVersion.number).desc(), col(PaperSection.position), col(PaperQuestion.position))
    )
    return list(db.scalars(query))


def _drawn(db: Session, scope: Scope) -> list[int]:
    """What attempts drew: all their responses are looked through, so only where the paper draws at all."""
    drawing = (
        sa.select(col(PaperDraw.id))
        .join(PaperSection, col(PaperSection.id) == col(PaperDraw.section_id))
        .join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
    )
    if db.execute(drawing.where(col(PaperVersion.paper_id) == scope.paper_id).limit(1)).first() is None:
        return []
    version = col(Response.question_version_id)
    query = sa.select(version).join(Attempt, col(Attempt.id) == col(Response.attempt_id)).where(*scope.conditions)
    return list(db.scalars(query.distinct().order_by(version)))
