"""The review of an attempt: every question with its answer judged, holding only what may be seen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.exam.marking import Outcome
from mockhall.exam.reveal import Item
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results.groups import Seen
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.reveals import COLUMNS, Policy, joined, policy_of
from mockhall.results.reviewed import Cell, Reviewed, Show, questions
from mockhall.results.sheet import OF_RESPONSE

PAGE = 10


@dataclass(frozen=True)
class Review:
    """One page of a review, the map of all its questions, and what can be shown of them."""

    attempt: Attempt
    paper: Paper
    title: str
    policy: Policy
    seen: Seen
    cells: Sequence[Cell]
    questions: Sequence[Reviewed]
    show: Show
    page: int
    total: Fraction | None = None  # the score, which floors may have lifted

    @property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_shown(self.show)]

    @property
    def pages(self) -> int:
        return pages_of(len(self.shown))

    @property
    def counts(self) -> Mapping[Show, int]:
        """How many questions each filter shows; only filters that don't tell what may not be seen."""
        judged = Item.CORRECTNESS in self.seen
        offered = Show if judged else (Show.ALL, Show.BLANK, Show.MARKED)
        return {show: sum(cell.is_shown(show) for cell in self.cells) for show in offered}

    @property
    def score(self) -> Fraction | None:
        """The score, where every mark may be seen."""
        return self.total if all(cell.marks is not None for cell in self.cells) else None

    def url(self, show: Show, page: int = 1, number: int | None = None) -> str:
        """The address of a page of the review, at a question."""
        fields = {"show": str(show)} if show else {}
        query = urlencode(fields | ({"page": str(page)} if page > 1 else {}))
        place = (f"?{query}" if query else "") + (f"#q{number}" if number else "")
        return f"/attempts/{self.attempt.code}/review{place}"

    def cell_url(self, cell: Cell) -> str:
        """Where a question stands: among those shown now, else among all."""
        show = self.show if cell.is_shown(self.show) else Show.ALL
        listed = [each for each in self.cells if each.is_shown(show)]
        return self.url(show, listed.index(cell) // PAGE + 1, cell.number)


def pages_of(count: int) -> int:
    """Pages for so many questions; an empty list has one."""
    return max(1, -(-count // PAGE))


def review(db: Session, attempt: Attempt, show: Show, page: int, now: datetime, grace: timedelta) -> Review:
    """One page of the review, in three queries; without questions before its time."""
    columns: tuple[Any, ...] = (Paper, PaperVersion, ScoreRow.score, *COLUMNS)
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
    row = db.execute(query.where(col(Attempt.id) == attempt.id)).one()
    policy = policy_of(row, attempt.state, attempt.submitted_at, grace)
    seen = policy.seen(now)
    cells = _cells(db, attempt, seen) if policy.may_review(now) else []
    if Item.CORRECTNESS not in seen and show not in (Show.BLANK, Show.MARKED):
        show = Show.ALL
    shown = [cell for cell in cells if cell.is_shown(show)]
    page = min(page, pages_of(len(shown)))
    here = shown[(page - 1) * PAGE : page * PAGE]
    shown_here = questions(db, attempt, row.PaperVersion, here, seen) if here else []
    return Review(attempt, row.Paper, row.PaperVersion.title, policy, seen, cells, shown_here, show, page, row.score)


def _cells(db: Session, attempt: Attempt, seen: Seen) -> list[Cell]:
    judged = Item.CORRECTNESS in seen
    columns: tuple[Any, ...] = (
        Response.number,
        Response.answered,
        Response.marked,
        MarkRow.outcome,
        MarkRow.marks,
        MarkRow.counted,
    )
    query = (
        sa.select(*columns)
        .join(MarkRow, OF_RESPONSE)
        .where(col(Response.attempt_id) == attempt.id)
        .order_by(col(Response.number))
    )
    return [
        Cell(
            row.number, Outcome(row.outcome) if judged else None,
            row.marks if judged and Item.MARKS in seen else None, row.marked, not row.answered,
            row.counted or not (judged and Item.MARKS in seen),
        )
        for row in db.execute(query)
    ]  # fmt: skip
