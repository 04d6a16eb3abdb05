"""Questions in parts as one attempt shows them: sides of a match, items of an order, gaps of a cloze."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockhall.exam.shape import GapKind, gaps_of
from mockhall.exam.shuffle import letters, placed_choices

# What a list to choose from can't show: formulas, pictures, code of several lines.
_RICH = re.compile(r"\$|!\[|\n")


@dataclass(frozen=True)
class Side:
    """An item of a match or an order. `letter` is only for the eye."""

    id: str
    text: str
    letter: str

    @property
    def is_rich(self) -> bool:
        """Must it be shown beside the list, which then names it by its letter?"""
        return bool(_RICH.search(self.text))


@dataclass(frozen=True)
class ShownGap:
    """A gap of a cloze: how it is filled, what there is to choose, and what it holds."""

    name: str
    kind: GapKind
    choices: Sequence[tuple[str, str]]
    value: str


def sides(options: Sequence[Mapping[str, Any]], order: Sequence[str], side: str) -> list[Side]:
    """The left or the right side of a match, in this attempt's order."""
    texts = {option["id"]: option["text"] for option in options if option.get("side") == side}
    return _lettered(texts, [each for each in order if each in texts])


def items(options: Sequence[Mapping[str, Any]], order: Sequence[str], choice: Sequence[str]) -> list[Side]:
    """The items of an order: those that have a place first, the others as this attempt shows them."""
    texts = {option["id"]: option["text"] for option in options}
    return _lettered_as(order, texts, [each for each in dict.fromkeys((*choice, *order)) if each in texts])


def _lettered(texts: Mapping[str, str], order: Sequence[str]) -> list[Side]:
    return _lettered_as(order, texts, order)


def _lettered_as(order: Sequence[str], texts: Mapping[str, str], shown: Sequence[str]) -> list[Side]:
    named = letters(order)
    return [Side(each, texts[each], named[each]) for each in shown]


def gaps(options: Sequence[Mapping[str, Any]], order: Sequence[str], parts: Mapping[str, str]) -> dict[str, ShownGap]:
    """The gaps of a cloze by their number as a text, choices in this attempt's order."""
    texts = {str(each["gap"]): {choice["id"]: choice["text"] for choice in each.get("choices", ())} for each in options}
    return {
        gap.name: ShownGap(
            gap.name, gap.kind,
            [(each, texts[gap.name][each]) for each in placed_choices(gap.name, gap.choices, order)],
            parts.get(gap.name, ""),
        )
        for gap in gaps_of(options)
    }  # fmt: skip
