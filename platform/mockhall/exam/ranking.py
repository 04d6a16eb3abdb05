"""Percentile and rank among the first attempts, exact until they are printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.exact import fixed

ENOUGH = 30
"""People below which "not enough data yet" stands beside a percentile."""


class TieKey(StrEnum):
    """What decides between two people, in the paper's order; whoever is equal in all shares the rank."""

    SCORE = "score"
    FEWER_WRONG = "fewer_wrong"
    LESS_TIME = "less_time"


DEFAULT_KEYS = (TieKey.SCORE, TieKey.FEWER_WRONG, TieKey.LESS_TIME)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is ranked by; time is active time."""

    score: Fraction
    wrong: int = 0
    time: timedelta = timedelta(0)


def percentile(score: Fraction, scores: Sequence[Fraction]) -> Fraction | None:
    """100 x (scores <= this one) / all (NTA); `scores` are all who appeared, this one among them. None for nobody."""
    if not scores:
        return None
    return Fraction(100 * sum(each <= score for each in scores), len(scores))


def percentile_outside(score: Fraction, others: Sequence[Fraction]) -> Fraction:
    """A later attempt's percentile, placed among the others' first ones; it counts itself."""
    return Fraction(100 * (sum(each <= score for each in others) + 1), len(others) + 1)


def rank(mine: Standing, all_: Iterable[Standing], keys: Sequence[TieKey] = DEFAULT_KEYS) -> int:
    """1 + the number strictly better; equals share (1, 1, 3)."""
    own = _sort_key(mine, keys)
    return 1 + sum(_sort_key(each, keys) < own for each in all_)


def ranks(all_: Sequence[Standing], keys: Sequence[TieKey] = DEFAULT_KEYS) -> list[int]:
    """The rank of each, in the order given."""
    own = [_sort_key(each, keys) for each in all_]
    first: dict[tuple[Fraction, ...], int] = {}
    for place, key in enumerate(sorted(own), start=1):
        first.setdefault(key, place)
    return [first[key] for key in own]


def _sort_key(standing: Standing, keys: Sequence[TieKey]) -> tuple[Fraction, ...]:
    """Smaller is better."""
    values = {
        TieKey.SCORE: -standing.score,
        TieKey.FEWER_WRONG: Fraction(standing.wrong),
        TieKey.LESS_TIME: Fraction(standing.time // timedelta(microseconds=1)),
    }
    return tuple(values[key] for key in keys)


def format_percentile(value: Fraction, places: int = 7) -> str:
    """The percentile as printed: 7 decimals in exports, 1 on pages, half to even; only a true 100 reads 100."""
    if value < 100 and round(value * 10**places) == 100 * 10**places:
        value = 100 - Fraction(1, 10**places)
    return fixed(value, places)


def enough(people: int) -> bool:
    """Whether a percentile stands without "not enough data yet"."""
    return people >= ENOUGH
