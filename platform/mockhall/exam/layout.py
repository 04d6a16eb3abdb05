"""The order of sections and questions in one attempt; questions that share a passage move together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mockhall.exam import shuffle


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be placed: its version's id, and the passage it shares with others, if any."""

    version: int
    passage: str = ""


class Place(NamedTuple):
    """Where a question stands in an attempt, numbers from 1 through all sections."""

    number: int
    section: int
    version: int


def section_order(positions: Sequence[int], shuffled: bool, seed: str) -> tuple[int, ...]:
    """The sections' positions in this attempt's order."""
    if not shuffled:
        return tuple(positions)
    named = [str(each) for each in positions]
    return tuple(int(each) for each in shuffle.order(named, frozenset(), f"{seed}:sections"))


def places(
    sections: Sequence[tuple[int, Sequence[Asked]]], *, shuffle_sections: bool, shuffle_questions: bool, seed: str
) -> list[Place]:
    """Every question of an attempt in its order. The same seed, the same order, on every machine."""
    asked = dict(sections)
    found: list[Place] = []
    for section in section_order(list(asked), shuffle_sections, seed):
        questions = _mixed(asked[section], f"{seed}:{section}") if shuffle_questions else asked[section]
        found += [Place(len(found) + at, section, each.version) for at, each in enumerate(questions, 1)]
    return found


def _mixed(questions: Sequence[Asked], seed: str) -> list[Asked]:
    """Shuffled by blocks: a passage's questions are one block, in their own order, wherever they stood."""
    blocks: dict[str, list[Asked]] = {}
    for each in questions:
        name = f"passage {each.passage}" if each.passage else str(each.version)
        blocks.setdefault(name, []).append(each)
    return [each for name in shuffle.order(list(blocks), frozenset(), seed) for each in blocks[name]]
