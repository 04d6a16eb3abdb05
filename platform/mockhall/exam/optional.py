"""Optional questions, "attempt any 50 of 60": which of them count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.errors import RuleError


class Choose(StrEnum):
    """Which of the answered questions count: the best k, or the first k answered."""

    BEST = "best"
    FIRST = "first"

    def sentence(self, k: int, of: int) -> str:
        """What the page says before the start."""
        if self is Choose.BEST:
            return f"Answer any {k} of {of} questions. If you answer more, your best {k} count."
        return f"Answer any {k} of {of} questions. If you answer more, the first {k} you answered count."


@dataclass(frozen=True, slots=True)
class Choosable:
    """A question of the group. `kept_at`: when the answer that is kept was first saved; None when it is blank."""

    number: int
    marks: Fraction
    kept_at: datetime | None


def counted(rule: Choose, k: int, questions: Iterable[Choosable]) -> frozenset[int]:
    """The numbers of the k questions that count, all of them when there are no more than k.

    An answered question comes before any blank, so wrong answers can't be swapped for blanks; equals count in the
    paper's order. Raises RuleError beside `k` below 1.
    """
    if k < 1:
        raise RuleError("k", "At least one question counts.")
    rows = sorted(questions, key=lambda each: each.number)
    answered = _best(rows) if rule is Choose.BEST else _first(rows)
    blanks = [each for each in rows if each.kept_at is None]
    return frozenset(each.number for each in [*answered, *blanks][:k])


def _best(rows: list[Choosable]) -> list[Choosable]:
    return sorted((each for each in rows if each.kept_at is not None), key=lambda each: -each.marks)


def _first(rows: list[Choosable]) -> list[Choosable]:
    kept = [(each.kept_at, each.number, each) for each in rows if each.kept_at is not None]
    return [each for _, _, each in sorted(kept, key=lambda row: row[:2])]


def best_sum(full: Iterable[Fraction], k: int | None) -> Fraction:
    """The most a section can give: the full marks of its k dearest questions, of all without a k."""
    return sum(sorted(full, reverse=True)[:k], Fraction(0))
