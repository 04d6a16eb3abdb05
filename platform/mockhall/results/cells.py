"""The map of a review: a cell a question, with what may be told of it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.exam import behaviour
from mockhall.exam.marking import Outcome
from mockhall.exam.reveal import Item
from mockhall.papers.models import PaperVersion
from mockhall.results.changed import given
from mockhall.results.chips import Chip, Chips, fits, of_outcome, tellable
from mockhall.results.groups import Seen
from mockhall.results.models import MarkRow, ReviewNote
from mockhall.results.others import NOBODY, Others
from mockhall.results.sheet import OF_RESPONSE


@dataclass(frozen=True)
class Cell:
    """A question in the map; None and a chip left out is what may not be seen."""

    number: int
    version_id: int
    outcome: Outcome | None
    marks: Fraction | None
    chips: Chips
    counted: bool = True  # False: more optional questions were answered than count

    @property
    def blank(self) -> bool:
        return Chip.BLANK in self.chips

    @property
    def marked(self) -> bool:
        return Chip.MARKED in self.chips

    def is_shown(self, chosen: Chips) -> bool:
        return fits(self.chips, chosen)


OF_NOTE = sa.and_(
    col(ReviewNote.attempt_id) == col(Response.attempt_id), col(ReviewNote.number) == col(Response.number)
)
_COLUMNS: tuple[Any, ...] = (
    Response.number, Response.question_version_id, Response.answered, Response.marked, Response.certainty,
    Response.active_ms, Response.choice, Response.text, Response.parts, Response.trail, MarkRow.outcome, MarkRow.marks,
    MarkRow.counted, ReviewNote.bookmarked, ReviewNote.reason,
)  # fmt: skip


def cells(
    db: Session, attempt: Attempt, version: PaperVersion, others: Mapping[int, Others], seen: Seen
) -> list[Cell]:  # fmt: skip
    """All questions of the attempt, in one query."""
    query = sa.select(*_COLUMNS).join(MarkRow, OF_RESPONSE).outerjoin(ReviewNote, OF_NOTE)
    query = query.where(col(Response.attempt_id) == attempt.id).order_by(col(Response.number))
    rows = db.execute(query).all()
    slow = _slow(rows, others)
    return [cell_of(row, slow, version.certainty, seen) for row in rows]


def _slow(rows: Sequence[Any], others: Mapping[int, Others]) -> set[int]:
    own = behaviour.own_limit(row.active_ms for row in rows)
    return {
        row.number
        for row in rows
        if behaviour.is_slow(row.active_ms, others.get(row.question_version_id, NOBODY).pace, own)
    }


def cell_of(row: Any, slow: set[int], asks_certainty: bool, seen: Seen) -> Cell:
    """One question from its row of the map."""
    outcome = Outcome(row.outcome)
    certainty = row.certainty if asks_certainty else None
    holds = {
        Chip.SLOW: row.number in slow,
        Chip.MARKED: row.marked,
        Chip.CHANGED: given([row])[0].is_changed,
        Chip.LUCKY: behaviour.is_lucky(outcome, certainty, row.marked),
        Chip.BOOKMARKED: bool(row.bookmarked),
        Chip.NOTED: bool(row.reason),
    }
    chips = of_outcome(outcome, blank=not row.answered) | {chip for chip, holds_ in holds.items() if holds_}
    judged = Item.CORRECTNESS in seen
    may_marks = judged and Item.MARKS in seen
    return Cell(
        row.number, row.question_version_id, outcome if judged else None, row.marks if may_marks else None,
        chips & tellable(seen), row.counted or not may_marks,
    )  # fmt: skip
