"""What the bank has for the draws of a test: how many questions fit each, and whether all can be had at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, select

from mockhall.bank.models import Topic
from mockhall.bank.pool import pool
from mockhall.exam import draws
from mockhall.exam.draws import Draw
from mockhall.exam.errors import RuleError


@dataclass(frozen=True)
class Supply:
    """For each draw, by its section's position, how many questions fit it; and why not all can be drawn, if so."""

    fitting: Mapping[int, Sequence[int]] = field(default_factory=dict)
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
    free = [each for each in pool(db) if each.question not in taken]
    fitting = {
        position: [sum(draws.fits(draw, each) for each in free) for draw in several]
        for position, several in wanted.items()
    }
    try:
        draws.drawn(flat, free, taken, "desk")
    except RuleError as error:
        return Supply(fitting, error.text)
    return Supply(fitting)
