"""Item analysis of a paper, Moodle's definitions: the numbers of each question."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from mockhall.exam import tallies
from mockhall.exam.tallies import Tally

FEW_ATTEMPTS = 30
"""Below so many attempts no finding is made."""
_DUST = 1e-12
"""What float arithmetic leaves of a spread or covariance that is nought."""


class Chosen(StrEnum):
    """Which of a person's scored attempts are analysed; written as in the address."""

    FIRST = "first"
    HIGHEST = "highest"
    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question's figures, all in per cent; None where undefined ("-" on the page).

    `negative_covariance` stands in the place of an effective weight; `..._error` are standard errors.
    """

    facility: float | None
    sd: float | None
    discrimination: float | None
    efficiency: float | None
    effective_weight: float | None
    negative_covariance: bool
    people: int = 0
    facility_error: float | None = None
    discrimination_error: float | None = None

    @property
    def weak_efficiency(self) -> bool:
        return self.efficiency is not None and self.efficiency < 15


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """The covariance over s-1; None under two values."""
    return tallies.covariance(tallies.tally(zip(xs, ys, strict=True)))


def item_figures(marks: Sequence[Sequence[float]], maxima: Sequence[float]) -> list[ItemFigures]:
    """The figures of each question; `marks` has a row a person with 0 for a blank, `maxima` each question's marks."""
    totals = [sum(row) for row in marks]
    columns = [[row[index] for row in marks] for index in range(len(maxima))]
    return figures([tallies.tally(zip(column, totals, strict=True)) for column in columns], maxima)


def figures(counts: Sequence[Tally], maxima: Sequence[float]) -> list[ItemFigures]:
    """The same from counts: of each question, how many people have which marks in it and which total."""
    roots = [_root(tallies.covariance(each)) for each in counts]
    whole = fsum(root for root in roots if root is not None)
    return [_figures(*each, whole) for each in zip(counts, maxima, roots, strict=True)]


def _figures(count: Tally, maximum: float, root: float | None, whole: float) -> ItemFigures:
    with_rest, s = tallies.rest(count), tallies.people(count)
    own, others = _variance(with_rest), _variance(tallies.swapped(with_rest))
    both = tallies.covariance(with_rest)
    with_total = tallies.covariance(count)
    spread = sqrt(own * others) if own is not None and others is not None else None
    discrimination = percent(both, spread)
    return ItemFigures(
        facility=percent(fsum(x * n for (x, _), n in count.items()) / s, maximum) if s else None,
        sd=percent(_root(own), maximum),
        discrimination=discrimination,
        efficiency=percent(both, tallies.covariance(tallies.best(with_rest))),
        effective_weight=percent(root, whole),
        negative_covariance=with_total is not None and with_total < -_DUST,
        people=s,
        facility_error=percent(_root(own / s), maximum) if own is not None else None,
        discrimination_error=_error_of(discrimination, s),
    )


def _variance(count: Tally) -> float | None:
    return tallies.covariance(tallies.with_itself(count))


def _error_of(correlation: float | None, s: int) -> float | None:
    """The standard error of a correlation in per cent, sqrt((1 - r^2) / (s - 2)); None under three people."""
    if correlation is None or s < 3:
        return None
    return 100 * sqrt(max(0.0, 1 - (correlation / 100) ** 2) / (s - 2))


def _root(value: float | None) -> float | None:
    return None if value is None or value < -_DUST else sqrt(max(value, 0.0))


def percent(part: float | None, whole: float | None) -> float | None:
    """100 part/whole; None when either is undefined or the whole is nothing (a spread of rounding dust included)."""
    if part is None or whole is None or abs(whole) < _DUST:
        return None
    return 100 * part / whole
