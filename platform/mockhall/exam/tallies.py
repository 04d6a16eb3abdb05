"""Spread and covariance from counts: a hundred thousand people share a few hundred pairs of marks and total."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from math import fsum

Tally = Mapping[tuple[float, float], int]
"""How many people have each pair of values."""


def tally(pairs: Iterable[tuple[float, float]]) -> Tally:
    """Count pairs given one a person."""
    return Counter(pairs)


def people(counts: Tally) -> int:
    """How many are counted."""
    return sum(counts.values())


def covariance(counts: Tally) -> float | None:
    """The covariance of the two values over s-1, whatever the order they were counted in; None under two people."""
    s = people(counts)
    if s < 2:
        return None
    mean_x = fsum(x * n for (x, _), n in counts.items()) / s
    mean_y = fsum(y * n for (_, y), n in counts.items()) / s
    return fsum((x - mean_x) * (y - mean_y) * n for (x, y), n in counts.items()) / (s - 1)


def with_itself(counts: Tally) -> Tally:
    """The first value twice: its covariance is the variance."""
    return _mapped(counts, lambda x, _: (x, x))


def rest(counts: Tally) -> Tally:
    """Of own marks and total: own marks and what the others gave, which is total less own."""
    return _mapped(counts, lambda x, total: (x, total - x))


def swapped(counts: Tally) -> Tally:
    """The second value first."""
    return _mapped(counts, lambda x, y: (y, x))


def best(counts: Tally) -> Tally:
    """The pairs there would be if the lowest had met the lowest, and so up: no pairing covaries more."""
    firsts, seconds = _sorted(_spread(counts, 0)), _sorted(_spread(counts, 1))
    found: Counter[tuple[float, float]] = Counter()
    ends_x, ends_y = list(accumulate(n for _, n in firsts)), list(accumulate(n for _, n in seconds))
    at, i, j = 0, 0, 0
    while i < len(firsts) and j < len(seconds):
        end = min(ends_x[i], ends_y[j])
        found[firsts[i][0], seconds[j][0]] += end - at
        at, i, j = end, i + (ends_x[i] == end), j + (ends_y[j] == end)
    return found


def _spread(counts: Tally, place: int) -> Iterable[tuple[float, int]]:
    return ((pair[place], n) for pair, n in counts.items())


def _sorted(values: Iterable[tuple[float, int]]) -> Sequence[tuple[float, int]]:
    found: Counter[float] = Counter()
    for value, n in values:
        found[value] += n
    return sorted(found.items())


def _mapped(counts: Tally, change: Callable[[float, float], tuple[float, float]]) -> Tally:
    found: Counter[tuple[float, float]] = Counter()
    for (x, y), n in counts.items():
        found[change(x, y)] += n
    return found
