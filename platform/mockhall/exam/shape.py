"""What an answer to a question can hold at all, from its options as they are stored: no key is looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from mockhall.exam.kinds import Kind


class GapKind(StrEnum):
    """How a gap of a cloze is filled; written as in the stored options."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze; `choices` are option ids, in the stored order, empty unless it is filled by choosing."""

    name: str
    kind: GapKind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """The ids and names an answer may use. `options` are those of single, multiple, true/false and order questions."""

    kind: Kind
    options: frozenset[str] = frozenset()
    lefts: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    gaps: Mapping[str, Gap] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, options: Sequence[Mapping[str, Any]]) -> Self:
        """The shape of a question with these stored options (bank.models)."""
        if kind is Kind.MATCH:
            return cls(kind, lefts=_side(options, "left"), rights=_side(options, "right"))
        if kind is Kind.CLOZE:
            return cls(kind, gaps={gap.name: gap for gap in gaps_of(options)})
        return cls(kind, options=frozenset(option["id"] for option in options))


def _side(options: Iterable[Mapping[str, Any]], side: str) -> frozenset[str]:
    return frozenset(option["id"] for option in options if option.get("side") == side)


def gaps_of(options: Iterable[Mapping[str, Any]]) -> tuple[Gap, ...]:
    """The gaps of a cloze in the order of its text."""
    return tuple(
        Gap(str(each["gap"]), GapKind(each["type"]), tuple(choice["id"] for choice in each.get("choices", ())))
        for each in options
    )
