"""What a person's attempts of a test make in the gradebook, without the database: all in per cent of the marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.attempts.models import AttemptState
from mockhall.exam.exact import fixed


class Which(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"
    AVERAGE = "average"


@dataclass(frozen=True)
class Try:
    """One attempt; `percent` is None until it is scored, or where there was nothing to score."""

    place: int  # in the order of starting, over all tests
    code: str
    state: AttemptState
    percent: Fraction | None


@dataclass(frozen=True)
class Grade:
    """What stands in a cell: the attempt it leads to, what counts in per cent, and of how many."""

    attempt: Try
    percent: Fraction | None
    scored: int


def grade(tries: Sequence[Try], which: Which) -> Grade | None:
    """The grade of one person in one test from all attempts in the order of starting; None without any.

    Of equal best ones the first is shown; an average leads to the last scored attempt."""
    if not tries:
        return None
    scored = [(each.percent, each) for each in tries if each.percent is not None]
    if not scored:
        return Grade(tries[-1], None, 0)
    percent, shown = scored[0] if which is Which.FIRST else scored[-1]
    if which is Which.BEST:
        percent, shown = max(scored, key=lambda pair: pair[0])
    if which is Which.AVERAGE:
        percent = mean([each for each, _ in scored])
    return Grade(shown, percent, len(scored))


def percent_of(score: Fraction | None, most: Fraction | None) -> Fraction | None:
    """A score in per cent of the marks there were."""
    return 100 * score / most if score is not None and most else None


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of at least one value."""
    return sum(values, Fraction(0)) / len(values)


def screen_percent(value: Fraction) -> str:
    """`61.2%`, with a real minus sign."""
    return f"{fixed(value, 1)}%".replace("-", "−")


def trend_words(values: Sequence[Fraction]) -> str:
    """How somebody gets on from test to test, in words: `up 12.5 points in 3 tests`. Empty for a single one."""
    if len(values) < 2:
        return ""
    by, in_all = _rise(values), f"in {len(values)} tests"
    if not by:
        return f"level {in_all}"
    return f"{'up' if by > 0 else 'down'} {fixed(abs(by), 1)} {'point' if abs(by) == 1 else 'points'} {in_all}"


def rise_text(values: Sequence[Fraction]) -> str:
    """The same as a number: `+12.5`. Empty for a single one."""
    if len(values) < 2:
        return ""
    by = _rise(values)
    return f"{'+' if by > 0 else ''}{fixed(by, 1)}".replace("-", "−")


def _rise(values: Sequence[Fraction]) -> Fraction:
    return Fraction(fixed(values[-1] - values[0], 1))
