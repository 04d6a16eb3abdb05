"""The chips of a review: what is so of a question, which of it may be told, and how chips combine; no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mockhall.exam.marking import Outcome
from mockhall.exam.reveal import Item


class Chip(StrEnum):
    """What can be so of a question in a review; written as in the address."""

    WRONG = "wrong"
    PARTLY = "partly"
    BLANK = "blank"
    RIGHT = "right"
    SLOW = "slow"
    MARKED = "marked"
    CHANGED = "changed"
    LUCKY = "lucky"
    BOOKMARKED = "bookmarked"
    NOTED = "noted"


Chips = frozenset[Chip]
OUTCOMES: Chips = frozenset({Chip.WRONG, Chip.PARTLY, Chip.BLANK, Chip.RIGHT})
_JUDGED: Chips = frozenset({Chip.WRONG, Chip.PARTLY, Chip.RIGHT, Chip.LUCKY})
MEANINGS = {
    Chip.SLOW: "It took you longer than three quarters of the others; while there are fewer than 30 of them, more "
    "than twice what you usually took.",
    Chip.CHANGED: "You gave one answer, then another.",
    Chip.LUCKY: "Right, though you said you were not sure; where the test didn’t ask, though you had left it marked "
    "for review.",
}
"""What the words of some chips mean, for the page."""


@dataclass(frozen=True)
class Offer:
    """A chip of the page: how many questions it leads to, and whether it is on."""

    chip: Chip
    count: int
    is_on: bool


def of_outcome(outcome: Outcome | None, *, blank: bool) -> Chips:
    """How it ended, as far as that may be told. Whoever leaves a question blank knows it."""
    if blank:
        return frozenset({Chip.BLANK})
    return frozenset() if outcome is None else frozenset({Chip(outcome.value)})


def tellable(seen: Collection[Item]) -> Chips:
    """The chips that tell nothing that may not be seen."""
    return frozenset(Chip) - (frozenset() if Item.CORRECTNESS in seen else _JUDGED)


def fits(has: Chips, chosen: Chips) -> bool:
    """Is the question shown? It ended in one of the chosen ways, and all else that was chosen is so of it."""
    ways = chosen & OUTCOMES
    return (not ways or not ways.isdisjoint(has)) and chosen - OUTCOMES <= has


def toggled(chosen: Chips, chip: Chip) -> Chips:
    """What is chosen once the chip is pressed."""
    return chosen ^ {chip}


def offers(questions: Sequence[Chips], chosen: Chips, may: Chips) -> list[Offer]:
    """The chips that are so of any question, or on, with how many questions each leads to beside the others."""
    there = frozenset[Chip]().union(*questions) | chosen
    return [Offer(chip, _count(questions, chosen, chip), chip in chosen) for chip in Chip if chip in there & may]


def _count(questions: Sequence[Chips], chosen: Chips, chip: Chip) -> int:
    others = chosen - OUTCOMES if chip in OUTCOMES else chosen
    return sum(fits(has, others | {chip}) for has in questions)


def in_words(chosen: Chips) -> str:
    """`Wrong or blank, and slow, and marked`: what a choice means."""
    ways = " or ".join(chip.value for chip in Chip if chip in chosen & OUTCOMES)
    rest = [chip.value for chip in Chip if chip in chosen - OUTCOMES]
    said = ", and ".join([*([ways] if ways else []), *rest])
    return said[:1].upper() + said[1:]


def read(written: Iterable[str]) -> Chips:
    """The chips an address names; what is none is left out, for a link may be old."""
    known = set(Chip)
    return frozenset(Chip(each) for each in written if each in known)
