"""What the candidates before did with the questions of a test: how long they took, and what they chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sqlmodel import Session

from mockhall.exam.behaviour import Pace
from mockhall.exam.ranking import ENOUGH
from mockhall.exam.reveal import Item
from mockhall.exam.spread import Quartiles
from mockhall.results import statistics
from mockhall.results.analysed import QuestionStatistics
from mockhall.results.groups import Seen


@dataclass(frozen=True)
class Others:
    """The first attempts of all at one question: how many, their pace, and how many chose each option."""

    people: int = 0
    pace: Pace | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """With fewer people a share says more of chance than of the question."""
        return self.people >= ENOUGH

    @property
    def median(self) -> Fraction | None:
        """How long half of them took at most, in milliseconds; None with too few."""
        return self.pace.times.median if self.pace is not None and self.pace.people >= ENOUGH else None

    def share(self, option: str) -> int | None:
        """How many of a hundred chose the option; None with too few people."""
        if not self.is_enough or not self.chosen:
            return None
        return (200 * self.chosen.get(option, 0) + self.people) // (2 * self.people)


NOBODY = Others()


def others(db: Session, paper_version_id: int, seen: Seen) -> dict[int, Others]:
    """By question version, as last counted; nothing while nobody has counted. Times follow marks, choices the key."""
    found = statistics.latest(db, paper_version_id)
    return {version: _others(each, seen) for version, each in found.questions.items()} if found else {}


def _others(each: QuestionStatistics, seen: Seen) -> Others:
    found = each.seconds if Item.MARKS in seen else None
    times = Quartiles(*(1000 * value for value in (found.lower, found.median, found.upper))) if found else None
    pace = Pace(each.timed, times) if times else None
    return Others(each.people, pace, {row.option: row.chosen for row in each.options if Item.RIGHT_ANSWER in seen})
