"""What an answer earns under a scheme, and marks to and from text."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.comparing import fraction, is_right, part_results
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import fixed, parse_exact, plain
from mockhall.exam.paper import Answer, Key, Kind
from mockhall.exam.scheme import LARGEST_MARKS, PRESETS, Partial, Scheme, scheme_of

__all__ = [
    "PRESETS", "Mark", "Outcome", "Partial", "Scheme", "format_marks", "fraction", "highest", "is_right", "lowest",
    "mark", "outcome_of", "parse_marks", "scheme_of", "screen_marks",
]  # fmt: skip


class Outcome(StrEnum):
    """right: full marks. partly: above 0, below full. wrong: answered, 0 or below. blank: not answered."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer earned."""

    marks: Fraction
    outcome: Outcome


def mark(kind: Kind, key: Key, answer: Answer, scheme: Scheme) -> Mark:
    """The marks of one answer, the question's floor applied; a blank answer earns 0.

    An answer that could never have been kept (text for a number) is wrong, not an error.
    """
    if answer.blank:
        return Mark(Fraction(0), Outcome.BLANK)
    earned = _parts_earned(kind, key, answer, scheme) if kind.can_be_partly_right else None
    if earned is None:
        earned = scheme.full if is_right(kind, key, answer) else scheme.wrong_for(kind)
    return _marked(earned, scheme)


def outcome_of(marks: Fraction, scheme: Scheme) -> Outcome:
    """The outcome of an answer that isn't blank."""
    if marks >= scheme.full:
        return Outcome.RIGHT
    return Outcome.PARTLY if marks > 0 else Outcome.WRONG


def _parts_earned(kind: Kind, key: Key, answer: Answer, scheme: Scheme) -> Fraction | None:
    """What an answer in parts earns under the scheme's partial rule; None leaves it to full or wrong."""
    match scheme.partial:
        case Partial.SUBSET_TABLE:
            return _subset(kind, key, answer, scheme)
        case Partial.PER_OPTION:
            return scheme.full * max(Fraction(0), _right_less_wrong(kind, key, answer))
        case Partial.RATIO:
            share = fraction(kind, key, answer)
            return scheme.full * share if share > 0 else None
        case _:
            return None


def _subset(kind: Kind, key: Key, answer: Answer, scheme: Scheme) -> Fraction | None:
    """One mark for each right option, pair or gap, as long as none is wrong. An order has no parts to leave out."""
    if kind is Kind.MULTIPLE:
        chosen = frozenset(answer.choice)
        return min(Fraction(len(chosen)), scheme.full) if chosen < key.options else None
    results = part_results(kind, key, answer)
    right = sum(result is True for result in results.values())
    is_part = 0 < right < len(results) and False not in results.values()
    return min(Fraction(right), scheme.full) if is_part else None


def _right_less_wrong(kind: Kind, key: Key, answer: Answer) -> Fraction:
    """The right parts less the wrong ones, as a share; parts left out count for nothing."""
    results = list(part_results(kind, key, answer).values())
    if not results:
        return fraction(kind, key, answer)
    return Fraction(results.count(True) - results.count(False), len(results))


def _marked(earned: Fraction, scheme: Scheme) -> Mark:
    marks = earned if scheme.floor is None else max(earned, scheme.floor)
    return Mark(marks, outcome_of(marks, scheme))


def lowest(scheme: Scheme, kind: Kind | None = None) -> Fraction:
    """The lowest marks a question of this kind (None: of any kind) can give under the scheme."""
    if kind is None:
        return min(lowest(scheme, each) for each in Kind)
    never_below_nought = kind.can_be_partly_right and scheme.partial is Partial.PER_OPTION
    wrong = Fraction(0) if never_below_nought else scheme.wrong_for(kind)
    return wrong if scheme.floor is None else max(wrong, scheme.floor)


def highest(scheme: Scheme) -> Fraction:
    """The highest marks a question can give."""
    return scheme.full


def parse_marks(text: str, field: str = "marks") -> Fraction:
    """Marks as written in a form or a file: `4`, `3.5`, `-1/3`. Raises RuleError beside `field`."""
    marks = parse_exact(text, field)
    if abs(marks) > LARGEST_MARKS:
        raise RuleError(field, f"Marks are at most {LARGEST_MARKS}.")
    return marks


def format_marks(marks: Fraction) -> str:
    """Marks as replies and exports write them: `3.5`, or `-1/3` where no decimal is exact (contract.md)."""
    return plain(marks)


def screen_marks(marks: Fraction) -> str:
    """Marks as pages show them: a real minus sign, at most two decimals, rounded half to even."""
    shown = fixed(marks, 2).rstrip("0").rstrip(".")
    return shown.replace("-", "\u2212")
