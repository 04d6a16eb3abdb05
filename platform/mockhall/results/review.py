"""The review of an attempt: every question with its answer judged, holding only what may be seen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results import chips
from mockhall.results.cells import Cell, cells
from mockhall.results.chips import Chip, Chips, Offer
from mockhall.results.groups import Seen
from mockhall.results.models import ScoreRow
from mockhall.results.others import others
from mockhall.results.own import Own, owns
from mockhall.results.reveals import COLUMNS, Policy, joined, policy_of
from mockhall.results.reviewed import Reviewed, questions

PAGE = 10
ALL: Chips = frozenset()


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
    chosen: Chips
    page: int
    total: Fraction | None = None  # the score, which floors may have lifted
    own: Mapping[int, Own] = field(default_factory=dict)  # of the questions of this page

    @cached_property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_shown(self.chosen)]

    @property
    def pages(self) -> int:
        return pages_of(len(self.shown))

    @property
    def offers(self) -> list[Offer]:
        """The chips of the page; only those that don't tell what may not be seen."""
        return chips.offers([cell.chips for cell in self.cells], self.chosen, chips.tellable(self.seen))

    @property
    def score(self) -> Fraction | None:
        """The score, where every mark may be seen."""
        return self.total if all(cell.marks is not None for cell in self.cells) else None

    def url(self, chosen: Chips = ALL, page: int = 1, number: int | None = None) -> str:
        """The address of a page of the review, at a question."""
        return review_url(self.attempt.code, chosen, page, number)

    def toggled_url(self, chip: Chip) -> str:
        """The address once this chip is pressed."""
        return self.url(chips.toggled(self.chosen, chip))

    def cell_url(self, cell: Cell) -> str:
        """Where a question stands: among those shown now, else among all."""
        chosen = self.chosen if cell.is_shown(self.chosen) else ALL
        return self.url(chosen, self._places[chosen][cell.number] // PAGE + 1, cell.number)

    @cached_property
    def _places(self) -> dict[Chips, dict[int, int]]:
        """The place of each question among those shown now and among all."""
        listed = {ALL: self.cells, self.chosen: self.shown}
        return {chosen: {cell.number: place for place, cell in enumerate(each)} for chosen, each in listed.items()}


def review_url(code: str, chosen: Chips = ALL, page: int = 1, number: int | None = None) -> str:
    """The address of a page of an attempt's review, at a question."""
    return f"/attempts/{code}/review{asked(chosen, page)}{f'#q{number}' if number else ''}"


def asked(chosen: Chips = ALL, page: int = 1) -> str:
    """The end of the address that names chips, in their own order, and a page; empty for the first page of all."""
    fields = [("show", chip.value) for chip in Chip if chip in chosen] + ([("page", str(page))] if page > 1 else [])
    return f"?{urlencode(fields)}" if fields else ""


def page_of(number: int) -> int:
    """The page of all questions that a question stands on."""
    return (number - 1) // PAGE + 1


def pages_of(count: int) -> int:
    """Pages for so many questions; an empty list has one."""
    return max(1, -(-count // PAGE))


def review(db: Session, attempt: Attempt, chosen: Chips, page: int, now: datetime, grace: timedelta) -> Review:
    """One page of the review, in a few queries; without questions before its time."""
    columns: tuple[Any, ...] = (Paper, PaperVersion, ScoreRow.score, *COLUMNS)
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
    row = db.execute(query.where(col(Attempt.id) == attempt.id)).one()
    policy = policy_of(row, attempt.state, attempt.submitted_at, grace)
    seen, version = policy.seen(now), row.PaperVersion
    before = others(db, version.id, seen) if policy.may_review(now) else {}
    found = cells(db, attempt, version, before, seen) if policy.may_review(now) else []
    chosen &= chips.tellable(seen)
    shown = [cell for cell in found if cell.is_shown(chosen)]
    page = min(page, pages_of(len(shown)))
    here = shown[(page - 1) * PAGE : page * PAGE]
    shown_here = questions(db, attempt, version, here, before, seen) if here else []
    own = owns(db, attempt.id or 0, [cell.number for cell in here])
    return Review(attempt, row.Paper, version.title, policy, seen, found, shown_here, chosen, page, row.score, own)
