"""Item analysis of a paper, Moodle's definitions: the numbers of each question."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEW_ATTEMPTS = 30
"""Below so many attempts no finding is made."""
_DUST = 1e-12
"""What float arithmetic leaves of a spread or covariance that is nought."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question's figures, all in per cent; None where undefined ("-" on the page).

    `negative_covariance` stands in the place of an effective weight.
    """

    facility: float | None
    sd: float | None
    discrimination: float | None
    efficiency: float | None
    effective_weight: float | None
    negative_covariance: bool

    @property
    def weak_efficiency(self) -> bool:
        return self.efficiency is not None and self.efficiency < 15


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """The covariance over s-1; None under two values."""
    if len(xs) < 2:
        return None
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def item_figures(marks: Sequence[Sequence[float]], maxima: Sequence[float]) -> list[ItemFigures]:
    """The figures of each question; `marks` has a row a person with 0 for a blank, `maxima` each question's marks."""
    totals = [sum(row) for row in marks]
    columns = [[row[index] for row in marks] for index in range(len(maxima))]
    roots = [_root(covariance(column, totals)) for column in columns]
    whole = sum(root for root in roots if root is not None)
    return [
        _figures(column, totals, maximum, root, whole)
        for column, maximum, root in zip(columns, maxima, roots, strict=True)
    ]


def _figures(
    column: Sequence[float], totals: Sequence[float], maximum: float, root: float | None, whole: float
) -> ItemFigures:
    rest = [total - own for total, own in zip(totals, column, strict=True)]
    both, own, others = covariance(column, rest), covariance(column, column), covariance(rest, rest)
    best = covariance(sorted(column), sorted(rest))
    with_total = covariance(column, totals)
    spread = sqrt(own * others) if own is not None and others is not None else None
    return ItemFigures(
        facility=percent(sum(column) / len(column), maximum) if column else None,
        sd=percent(_root(own), maximum),
        discrimination=percent(both, spread),
        efficiency=percent(both, best),
        effective_weight=percent(root, whole),
        negative_covariance=with_total is not None and with_total < -_DUST,
    )


def _root(value: float | None) -> float | None:
    return None if value is None or value < -_DUST else sqrt(max(value, 0.0))


def percent(part: float | None, whole: float | None) -> float | None:
    """100 part/whole; None when either is undefined or the whole is nothing (a spread of rounding dust included)."""
    if part is None or whole is None or abs(whole) < _DUST:
        return None
    return 100 * part / whole
