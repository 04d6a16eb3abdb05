"""What an answer earns under a scheme, and marks to and from text."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.answers import normal_text, parse_number
from mockhall.exam.errors import AnswerError, RuleError
from mockhall.exam.exact import fixed, parse_exact, plain
from mockhall.exam.paper import Answer, Key, Kind
from mockhall.exam.scheme import LARGEST_MARKS, PRESETS, Partial, Scheme, scheme_of

__all__ = [
    "PRESETS", "Mark", "Outcome", "Partial", "Scheme", "format_marks", "fraction", "highest", "is_right", "lowest",
    "mark", "mark_fraction", "outcome_of", "parse_marks", "scheme_of", "screen_marks",
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
    earned = _multiple(key.options, frozenset(answer.choice), scheme) if kind is Kind.MULTIPLE else None
    if earned is None:
        earned = scheme.full if is_right(kind, key, answer) else scheme.wrong_for(kind)
    return _marked(earned, scheme)


def mark_fraction(share: Fraction, scheme: Scheme, kind: Kind = Kind.MULTIPLE) -> Mark:
    """The marks of an answer right by a share (pairs, gaps, adjacent pairs): a share of 0 or below is wrong."""
    return _marked(scheme.full * min(share, Fraction(1)) if share > 0 else scheme.wrong_for(kind), scheme)


def outcome_of(marks: Fraction, scheme: Scheme) -> Outcome:
    """The outcome of an answer that isn't blank."""
    if marks >= scheme.full:
        return Outcome.RIGHT
    return Outcome.PARTLY if marks > 0 else Outcome.WRONG


def is_right(kind: Kind, key: Key, answer: Answer) -> bool:
    """Whether the whole answer is right, whatever the scheme."""
    if kind.has_options:
        return bool(key.options) and _chose_all(kind, key.options, answer.choice)
    if kind is Kind.NUMERIC:
        return _number_right(key, answer.text)
    given = normal_text(answer.text, key.case)
    return any(given == normal_text(accepted, key.case) for accepted in key.answers)


def fraction(kind: Kind, key: Key, answer: Answer) -> Fraction:
    """How far the answer is right, from -1 or less to 1; several right options count (right - wrong)/|K|."""
    if kind is Kind.MULTIPLE and key.options:
        return _share(key.options, frozenset(answer.choice))
    return Fraction(is_right(kind, key, answer))


def _chose_all(kind: Kind, right: frozenset[str], choice: tuple[str, ...]) -> bool:
    # A single question may have got a second right option by a correction: either of them is right.
    return len(choice) == 1 and choice[0] in right if kind is Kind.SINGLE else frozenset(choice) == right


def _number_right(key: Key, text: str) -> bool:
    try:
        given = parse_number(text)
    except AnswerError:
        return False
    if key.value is None:
        return key.low is not None and key.high is not None and key.low <= given <= key.high
    reach = max(key.tolerance or Fraction(0), (key.relative or Fraction(0)) * abs(key.value))
    return abs(given - key.value) <= reach


def _share(right: frozenset[str], chosen: frozenset[str]) -> Fraction:
    return Fraction(len(chosen & right) - len(chosen - right), len(right))


def _multiple(right: frozenset[str], chosen: frozenset[str], scheme: Scheme) -> Fraction | None:
    """What a choice of several earns under the scheme's partial rule; None leaves it to full or wrong."""
    if scheme.partial is Partial.SUBSET_TABLE and chosen < right:
        return min(Fraction(len(chosen)), scheme.full)
    if scheme.partial is Partial.PER_OPTION and right:
        return scheme.full * max(Fraction(0), _share(right, chosen))
    if scheme.partial is Partial.RATIO and right and _share(right, chosen) > 0:
        return scheme.full * _share(right, chosen)
    return None


def _marked(earned: Fraction, scheme: Scheme) -> Mark:
    marks = earned if scheme.floor is None else max(earned, scheme.floor)
    return Mark(marks, outcome_of(marks, scheme))


def lowest(scheme: Scheme, kind: Kind | None = None) -> Fraction:
    """The lowest marks a question of this kind (None: of any kind) can give under the scheme."""
    if kind is None:
        return min(lowest(scheme, each) for each in Kind)
    never_below_nought = kind is Kind.MULTIPLE and scheme.partial is Partial.PER_OPTION
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
