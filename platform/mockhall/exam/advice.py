"""What to do next after a result: one piece of advice, the first that its numbers call for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.changes import Changes
from mockhall.exam.topics import Finding

MUCH = Fraction(1, 10)
"""The share of the highest marks lost to negative ones from which guessing is what to leave off first."""
MANY_BLANK = Fraction(1, 4)
"""The share of questions left blank from which time is what to look to."""
MANY_SLOW = 3
"""Questions slower than three quarters of people, and not right, from which moving on is what to learn."""
MANY_SPOILT = 2
"""Right answers changed to wrong ones, more than the other way, from which changing is what to leave off."""


class Advice(StrEnum):
    """The pieces of advice, in the order in which they are looked for."""

    HARDER = "harder"
    GUESS_LESS = "guess_less"
    SECOND_ROUND = "second_round"
    MOVE_ON = "move_on"
    KEEP_ANSWERS = "keep_answers"
    TOPIC = "topic"
    REVIEW = "review"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the marks missing there."""

    title: str
    missing: Fraction
    finding: Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a result; what may not be seen is None or empty. `lost` is 0 or below.

    `slow`: questions not right that took longer than three quarters of people needed."""

    score: Fraction
    max: Fraction
    lost: Fraction
    count: int
    blank: int | None
    is_judged: bool
    topics: Sequence[Topic] = ()
    slow: Sequence[int] = ()
    changes: Changes | None = None


def advise(facts: Facts) -> tuple[Advice, Topic | None]:
    """The advice, with the topic it is about where it is about one."""
    if facts.score >= facts.max:
        return Advice.HARDER, None
    if -facts.lost >= MUCH * facts.max:
        return Advice.GUESS_LESS, None
    if facts.blank and facts.blank >= MANY_BLANK * facts.count:
        return Advice.SECOND_ROUND, None
    if len(facts.slow) >= MANY_SLOW:
        return Advice.MOVE_ON, None
    if facts.changes and _spoilt(facts.changes):
        return Advice.KEEP_ANSWERS, None
    topic = costliest(facts.topics)
    if topic:
        return Advice.TOPIC, topic
    return (Advice.REVIEW if facts.is_judged else Advice.LATER), None


def _spoilt(found: Changes) -> bool:
    return found.right_to_wrong >= MANY_SPOILT and found.right_to_wrong > found.wrong_to_right


def costliest(topics: Sequence[Topic]) -> Topic | None:
    """The topic in which most marks are missing, weak ones first; None where there are no two to choose from."""
    wanting = [each for each in topics if each.missing > 0]
    if len(topics) < 2 or not wanting:
        return None
    return max(wanting, key=lambda each: (each.finding is Finding.WEAK, each.missing))
