"""The values of a paper the rules work on: a candidate's answer, a question as it is marked; keys are in `key`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from mockhall.exam.key import Key
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.scheme import Scheme

__all__ = ["Answer", "Difficulty", "Item", "Key", "Kind"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a candidate answered: option ids (in order for order questions), the text as typed, or parts.

    `parts` are the pairs of a match (left id, right id) and the gaps of a cloze (gap, text or option id), sorted.
    """

    choice: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, choice: list[str], text: str = "", parts: Mapping[str, str] | None = None) -> Self:
        """The answer as it is stored in a row."""
        return cls(tuple(choice), text, tuple(sorted((parts or {}).items())))

    @property
    def blank(self) -> bool:
        return not self.choice and not self.text.strip() and not any(value.strip() for _, value in self.parts)


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
