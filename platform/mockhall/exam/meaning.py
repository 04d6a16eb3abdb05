"""What a marking scheme means, for the form that edits it: marks by choices, guessing, when to answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest, mark
from mockhall.exam.paper import Answer, Item, Key
from mockhall.exam.scheme import Scheme


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """The marks for choosing so many right and so many wrong options."""

    right: int
    wrong: int
    marks: Fraction


def choice_table(scheme: Scheme, right_options: int, wrong_options: int) -> list[ChoiceRow]:
    """Marks of a question with several right options for each number of right and wrong choices, none first."""
    rights = [f"right {index}" for index in range(right_options)]
    wrongs = [f"wrong {index}" for index in range(wrong_options)]
    key = Key(options=frozenset(rights))
    return [
        ChoiceRow(right, wrong, mark(Kind.MULTIPLE, key, Answer((*rights[:right], *wrongs[:wrong])), scheme).marks)
        for right in range(right_options + 1)
        for wrong in range(wrong_options + 1)
    ]


def expected_guess(scheme: Scheme, options: int) -> Fraction:
    """The average marks of a random guess at one of n options: (a - (n-1)b)/n, wrong costing b."""
    cost = -lowest(scheme, Kind.SINGLE)
    return (scheme.full - (options - 1) * cost) / options


def break_even(scheme: Scheme) -> Fraction:
    """The confidence above which answering a single-choice question pays: b/(a+b)."""
    cost = -lowest(scheme, Kind.SINGLE)
    return cost / (scheme.full + cost)


def reach(items: Iterable[Item]) -> tuple[Fraction, Fraction]:
    """The lowest and the highest total these questions can give, their own floors applied."""
    rows = list(items)
    low = sum((lowest(item.scheme, item.kind) for item in rows), Fraction(0))
    return low, sum((item.scheme.full for item in rows), Fraction(0))
