"""Quantiles of times, and how a person's stands among the cohort's."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


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
