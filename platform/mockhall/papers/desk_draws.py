"""What the bank has for the draws of a test: how many questions fit each, and whether all can be had at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, select

from mockhall.bank.models import Topic
from mockhall.bank.pool import pool
from mockhall.exam import draws
from mockhall.exam.draws import Candidate, Draw
from mockhall.exam.errors import RuleError


@dataclass(frozen=True)
class Supply:
    """For each draw, by its section's position, how many questions fit it; and why not all can be drawn, if so."""

    fitting: Mapping[int, Sequence[int]] = field(default_factory=dict)
    held: Mapping[int, Sequence[int]] = field(default_factory=dict)  # that fit it too, and are in the test already
    trouble: str = ""

    def of(self, position: int, several: Sequence[Draw]) -> list[tuple[Draw, int]]:
        """The draws of a section with how many questions fit each."""
        return list(zip(several, self.fitting.get(position, []), strict=True))


def is_topic(db: Session, title: str) -> bool:
    """Is there a topic or subject of this name, whatever its case?"""
    return title.casefold() in {each.casefold() for each in db.exec(select(Topic.title))}


def supply(db: Session, wanted: Mapping[int, Sequence[Draw]], taken: set[int]) -> Supply:
    """`wanted` are draws by section, `taken` the questions the test holds already. No query without draws."""
    flat = [draw for _, several in sorted(wanted.items()) for draw in several]
    if not flat:
        return Supply()
    every = pool(db)
    held = _counted(wanted, [each for each in every if each.question in taken])
    fitting = _counted(wanted, [each for each in every if each.question not in taken])
    try:
        draws.drawn(flat, every, taken, "desk")
    except RuleError as error:
        return Supply(fitting, held, error.text)
    return Supply(fitting, held)


def _counted(wanted: Mapping[int, Sequence[Draw]], several: Sequence[Candidate]) -> dict[int, list[int]]:
    """For each draw how many of these fit it."""
    return {
        position: [sum(draws.fits(draw, each) for each in several) for draw in every]
        for position, every in wanted.items()
    }
