"""Strong and weak topics: what a share of right answers says, and when it says too little."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

FEW = 5
"""Questions of a topic below which nothing is said of it."""
LINE = 0.6
"""A topic is strong or weak when the whole interval lies above or below this share of right answers."""
_Z = 1.6448536269514722  # 90 %: five of five and nine of ten are strong, four of five are not


class Finding(StrEnum):
    """What a person's answers say of a topic."""

    STRONG = "strong"
    WEAK = "weak"
    UNCLEAR = "unclear"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Interval:
    """Between these shares, 0 to 1, lies what the person would get right of many such questions."""

    low: float
    high: float


def interval(right: int, of: int) -> Interval | None:
    """Wilson's score interval at 90 % (E. B. Wilson 1927, without continuity correction); None of no questions."""
    if of <= 0:
        return None
    share, square = right / of, _Z * _Z
    middle = share + square / (2 * of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return Interval(max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))


def finding(right: int, of: int) -> Finding:
    """Strong, weak, or neither as yet; `of` counts the blank questions too."""
    found = interval(right, of)
    if found is None or of < FEW:
        return Finding.FEW
    if found.low > LINE:
        return Finding.STRONG
    return Finding.WEAK if found.high < LINE else Finding.UNCLEAR
