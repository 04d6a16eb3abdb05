"""Quantiles of times, and how a person's stands among the cohort's."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The cohort's quartiles, in the unit of the values."""

    lower: Fraction
    median: Fraction
    upper: Fraction


def quantile(values: Sequence[int | Fraction], share: Fraction) -> Fraction | None:
    """The quantile at `share` (0 to 1), linear between neighbours: type 7 of Hyndman & Fan. None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    below, between = divmod((len(ordered) - 1) * share, 1)
    low = Fraction(ordered[below])
    high = ordered[min(below + 1, len(ordered) - 1)]
    return low + between * (high - low)


def quartiles(values: Sequence[int | Fraction]) -> Quartiles | None:
    """The three quartiles, None for no values."""
    lower, median, upper = (quantile(values, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    if lower is None or median is None or upper is None:
        return None
    return Quartiles(lower, median, upper)


def counted_quartiles(counts: Mapping[int, int]) -> Quartiles | None:
    """The quartiles of values given as counts, for many people with few different values; None for nobody."""
    ends = list(accumulate(counts[value] for value in sorted(counts)))
    if not ends:
        return None
    ordered = sorted(counts)

    def at(place: int) -> int:
        return ordered[bisect_right(ends, place)]

    def quarter(share: Fraction) -> Fraction:
        below, between = divmod((ends[-1] - 1) * share, 1)
        low = Fraction(at(below))
        return low + between * (at(min(below + 1, ends[-1] - 1)) - low)

    return Quartiles(*(quarter(Fraction(each, 4)) for each in (1, 2, 3)))
