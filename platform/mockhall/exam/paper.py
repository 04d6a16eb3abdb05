"""The values the rules work on: an answer, a question as it is marked, what was ruled about it; keys are in `key`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from mockhall.exam.errors import RuleError
from mockhall.exam.key import Key
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.scheme import Scheme

__all__ = ["Action", "Answer", "Difficulty", "Item", "Key", "Kind", "Ruling"]


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


class Action(StrEnum):
    """What was decided about a question."""

    MORE_THAN_ONE_RIGHT = "more_than_one_right"
    ALL_RIGHT = "all_right"
    DROPPED = "dropped"
    LEAVE_OUT = "leave_out"
    CHANGE_KEY = "change_key"
    UPHOLD = "uphold"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision: `right` names the right options of "more than one right", `key` the new key of "change the key"."""

    action: Action
    right: frozenset[str] = frozenset()
    key: Key | None = None

    def __post_init__(self) -> None:
        if self.action is Action.MORE_THAN_ONE_RIGHT and not self.right:
            raise RuleError("right", "Say which options are right.")
        if self.action is Action.CHANGE_KEY and self.key is None:
            raise RuleError("key", "Give the new key.")

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Read the stored form."""
        key = Key.from_json(written["key"]) if written.get("key") else None
        return cls(Action(written["action"]), frozenset(written.get("right", ())), key)

    def to_json(self) -> dict[str, Any]:
        """The stored form; `from_json` gives the ruling back."""
        key = {"key": self.key.to_json()} if self.key is not None else {}
        return {"action": str(self.action), "right": sorted(self.right), **key}


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it stands in a paper: numbers from 1, its section, and the scheme that holds for it.

    Once something was ruled about it `key` is the key that holds by that."""

    number: int
    section: int
    kind: Kind
    topic: str
    difficulty: Difficulty
    key: Key
    scheme: Scheme
    ruling: Ruling | None = None
