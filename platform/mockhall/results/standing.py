"""Where a score stands among the first attempts of a paper, counted by the database."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.exam.ranking import ENOUGH
from mockhall.results.models import ScoreRow
from mockhall.web.charts import Distribution

BANDS = 10


@dataclass(frozen=True)
class Standing:
    """Rank and percentile among `n` people; both None for a preview, which nobody is compared with."""

    n: int
    rank: int | None
    percentile: Fraction | None
    is_ranked: bool
    lowest: float

    @property
    def is_enough(self) -> bool:
        return self.n >= ENOUGH


def standing(db: Session, row: ScoreRow, *, is_preview: bool) -> Standing:
    """The standing of a scored attempt. A later one is placed among the others' firsts, so each person counts once.

    Scores are compared column to column: both sides are rounded alike, whatever a driver makes of a number."""
    own = sa.select(col(ScoreRow.score_sort)).where(col(ScoreRow.id) == row.id).scalar_subquery()
    is_mine, is_below = col(ScoreRow.person_id) == row.person_id, col(ScoreRow.score_sort) <= own
    lowest = sa.select(sa.func.min(ScoreRow.score_sort)).where(*_ranked(row)).scalar_subquery()
    query = sa.select(_count(row), _count(row, is_below), _count(row, is_mine), _count(row, is_mine, is_below), lowest)
    n, below, mine, mine_below, low = db.execute(query).one()
    if is_preview:
        return Standing(n, None, None, False, float(low or 0))
    others, others_below = n - mine, below - mine_below
    percentile = Fraction(100 * (others_below + 1), others + 1)
    return Standing(others + 1, 1 + others - others_below, percentile, row.is_ranked, float(low or 0))


def _ranked(row: ScoreRow) -> tuple[Any, ...]:
    return col(ScoreRow.paper_id) == row.paper_id, col(ScoreRow.is_ranked).is_(True)


def _count(row: ScoreRow, *conditions: Any) -> Any:
    return sa.select(sa.func.count()).select_from(ScoreRow).where(*_ranked(row), *conditions).scalar_subquery()


def distribution(db: Session, row: ScoreRow, found: Standing) -> Distribution:
    """How many first attempts lie in each of ten bands, with the median; lower ones count in the first."""
    edges = _edges(found.lowest, float(row.max))
    query = sa.select(_median(row, found), *_counted(col(ScoreRow.score_sort), edges)).select_from(ScoreRow)
    median, *counts = db.execute(query.where(*_ranked(row))).one()
    return Distribution(counts, edges[0], edges[-1], median=None if median is None else float(median), you=row.score)


def bands(db: Session, score: Any, lowest: float, highest: float) -> Distribution:
    """How many of these scores, a column, lie in each of ten bands up to the highest there can be."""
    edges = _edges(lowest, highest)
    return Distribution(list(db.execute(sa.select(*_counted(score, edges))).one()), edges[0], edges[-1])


def counted_bands(totals: Mapping[float, int], highest: float) -> Distribution:
    """The same from counts of totals."""
    edges = _edges(min(totals, default=0.0), highest)
    counts = [0] * BANDS
    for total, people in totals.items():
        counts[min(max(bisect_right(edges, total) - 1, 0), BANDS - 1)] += people
    return Distribution(counts, edges[0], edges[-1])


def _edges(lowest: float, highest: float) -> list[float]:
    """Where bands start and end: from 0, or with two bands below it where some scores are."""
    width = highest / BANDS if lowest >= 0 else highest / (BANDS - 2)
    low = 0.0 if lowest >= 0 else -2 * width
    return [low + width * place for place in range(BANDS + 1)]


def _counted(score: Any, edges: list[float]) -> list[Any]:
    return [sa.func.count().filter(*_within(score, *pair, edges)) for pair in pairwise(edges)]


def _within(score: Any, start: float, end: float, edges: list[float]) -> list[Any]:
    """A band holds its start but not its end; the outermost ones hold all beyond."""
    return [score >= start] * (start != edges[0]) + [score < end] * (end != edges[-1]) or [sa.true()]


def _median(row: ScoreRow, found: Standing) -> Any:
    """The middle of the ranked scores, or of the two nearest to it."""
    middle = (
        sa.select(col(ScoreRow.score_sort))
        .where(*_ranked(row))
        .order_by(col(ScoreRow.score_sort))
        .limit(2 - found.n % 2)
        .offset(max(found.n - 1, 0) // 2)
        .subquery()
    )
    return sa.select(sa.func.avg(middle.c.score_sort)).scalar_subquery()
