"""How a candidate went about a question: slowly, or right although unsure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.marking import Outcome
from mockhall.exam.ranking import ENOUGH
from mockhall.exam.spread import Quartiles, quantile

UNSURE = 1
"""The certainty that says "Not sure"; an answer that says nothing counts as this."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a question took the people before, in milliseconds."""

    people: int
    times: Quartiles


def own_limit(times: Iterable[int]) -> Fraction | None:
    """Twice the candidate's own median over the questions with a time; None without any."""
    median = quantile([time for time in times if time > 0], Fraction(1, 2))
    return None if median is None else 2 * median


def is_slow(time: int, pace: Pace | None, own: Fraction | None) -> bool:
    """Above the upper quartile of 30 people or more; with fewer, above the candidate's `own_limit`. In milliseconds."""
    limit = pace.times.upper if pace is not None and pace.people >= ENOUGH else own
    return limit is not None and time > limit


def is_lucky(outcome: Outcome | None, certainty: int | None, marked: bool) -> bool:
    """Right although unsure: said so where the test asks (`certainty`, 0 when nothing was said), else still marked for
    review. `certainty` is None where the test doesn't ask."""
    if outcome is not Outcome.RIGHT:
        return False
    return marked if certainty is None else certainty <= UNSURE
