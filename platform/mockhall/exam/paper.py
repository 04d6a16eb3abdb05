"""The values of a paper the rules work on: a question's key, a candidate's answer, a question as it is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self, TypeVar

from mockhall.exam.errors import RuleError
from mockhall.exam.exact import parse_exact, plain
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.scheme import Scheme

__all__ = ["Answer", "Difficulty", "Item", "Key", "Kind"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate answered: option ids, or the text as typed."""

    choice: tuple[str, ...] = ()
    text: str = ""

    @property
    def blank(self) -> bool:
        return not self.choice and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: option ids, a number with its tolerances or a range (all inclusive), or texts."""

    options: frozenset[str] = frozenset()
    value: Fraction | None = None
    tolerance: Fraction | None = None
    relative: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    answers: tuple[str, ...] = ()
    case: bool = False

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> Self:
        """Read one of the three stored forms; numbers are exact decimal or fraction strings.

        Raises RuleError beside the field that is missing, empty or contradicts another.
        """
        if "options" in written:
            return cls(options=frozenset(_texts(written, "options")))
        if "answers" in written:
            return cls(answers=_texts(written, "answers"), case=bool(written.get("case", False)))
        if "value" in written:
            value, tolerance, relative = (_number(written, name) for name in ("value", "tolerance", "relative"))
            return _within(cls(value=value, tolerance=tolerance, relative=relative))
        if "low" in written and "high" in written:
            return _ordered(cls(low=_number(written, "low"), high=_number(written, "high")))
        raise RuleError("key", "A key has options, answers, a value, or low and high.")

    def to_json(self) -> dict[str, object]:
        """The stored form; `from_json` gives the key back."""
        if self.options:
            return {"options": sorted(self.options)}
        if self.answers:
            return {"answers": list(self.answers), "case": self.case}
        numbers = {name: getattr(self, name) for name in ("value", "tolerance", "relative", "low", "high")}
        return {name: plain(number) for name, number in numbers.items() if number is not None}


_K = TypeVar("_K", bound=Key)


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it stands in a paper: numbers from 1, its section, and the scheme that holds for it."""

    number: int
    section: int
    kind: Kind
    topic: str
    difficulty: Difficulty
    key: Key
    scheme: Scheme


def _texts(written: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = written[name]
    if not isinstance(found, list | tuple) or not all(isinstance(text, str) and text.strip() for text in found):
        raise RuleError(name, "A list of texts, none of them empty.")
    if not found:
        raise RuleError(name, "A key needs at least one right answer.")
    return tuple(found)


def _number(written: Mapping[str, object], name: str) -> Fraction | None:
    found = written.get(name)
    return None if found is None else parse_exact(found, name)


def _within(key: _K) -> _K:
    if key.value is None:
        raise RuleError("value", "Write the right number.")
    for name, size in (("tolerance", key.tolerance), ("relative", key.relative)):
        if size is not None and size < 0:
            raise RuleError(name, "A tolerance is 0 or more.")
    return key


def _ordered(key: _K) -> _K:
    if key.low is None or key.high is None:
        raise RuleError("low", "A range needs both ends.")
    if key.low > key.high:
        raise RuleError("low", "The range's low end is above its high end.")
    return key
