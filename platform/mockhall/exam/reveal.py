"""What a candidate may see and when: four times by eight items, after Moodle's review options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from mockhall.exam.errors import RuleError

IMMEDIATELY = timedelta(minutes=2)
"""How long after handing in "immediately" lasts."""


class Item(StrEnum):
    """What can be shown of an attempt."""

    ATTEMPT = "attempt"
    CORRECTNESS = "correctness"
    MAX_MARKS = "max_marks"
    MARKS = "marks"
    SPECIFIC_FEEDBACK = "specific_feedback"
    GENERAL_FEEDBACK = "general_feedback"
    RIGHT_ANSWER = "right_answer"
    OVERALL_FEEDBACK = "overall_feedback"


class Moment(StrEnum):
    """When it is looked at: before handing in, up to 2 minutes after, later while open, after the close."""

    DURING = "during"
    IMMEDIATELY = "immediately"
    LATER = "later"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The items shown at each moment."""

    during: frozenset[Item]
    immediately: frozenset[Item]
    later: frozenset[Item]
    closed: frozenset[Item]

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> Self:
        """Read `{"during": ["attempt", ...], ...}`; a moment left out shows nothing. Raises RuleError beside it."""
        for name in written:
            if name not in list(Moment):
                raise RuleError(name, f"The times are: {', '.join(Moment)}.")
        return cls(**{str(each): _items(written.get(each, []), each) for each in Moment})

    def to_json(self) -> dict[str, list[str]]:
        """The stored form, items in their own order."""
        return {str(each): [str(item) for item in Item if item in visible(self, each)] for each in Moment}


def _items(written: object, field: str) -> frozenset[Item]:
    if isinstance(written, list | tuple | set | frozenset) and all(name in list(Item) for name in written):
        return frozenset(Item(name) for name in written)
    raise RuleError(field, f"A list of: {', '.join(Item)}.")


_ALL = frozenset(Item)
_OWN = frozenset({Item.ATTEMPT, Item.MAX_MARKS})
_OWN_AND_MARKS = _OWN | {Item.MARKS, Item.OVERALL_FEEDBACK}

PRESETS: dict[str, Matrix] = {
    # Each question at once after the student's own answer (`visible_for`); the whole test's feedback has no "during".
    "practice": Matrix(_ALL - {Item.OVERALL_FEEDBACK}, _ALL, _ALL, _ALL),
    "mock": Matrix(_OWN, _ALL, _ALL, _ALL),
    # Right or wrong would give the key away while others still sit: it waits for the close with the key.
    "contest": Matrix(_OWN, _OWN, _OWN_AND_MARKS, _ALL),
}


def moment(now: datetime, submitted_at: datetime | None, closes_at: datetime | None) -> Moment:
    """The moment `now` is, both starts counted in.

    `closes_at` is the last instant at which anybody can still answer, extra time and grace included, or None.
    """
    if submitted_at is None:
        return Moment.DURING
    if closes_at is not None and now >= closes_at:
        return Moment.CLOSED
    return Moment.IMMEDIATELY if now < submitted_at + IMMEDIATELY else Moment.LATER


def visible(matrix: Matrix, moment: Moment) -> frozenset[Item]:
    """What may be seen of the attempt at this moment; for one question while it runs, see `visible_for`."""
    match moment:
        case Moment.DURING:
            return matrix.during
        case Moment.IMMEDIATELY:
            return matrix.immediately
        case Moment.LATER:
            return matrix.later
        case Moment.CLOSED:
            return matrix.closed


def visible_for(matrix: Matrix, moment: Moment, own_answer: bool) -> frozenset[Item]:
    """What may be seen of one question: while the attempt runs, the key only after the student's own answer to it."""
    seen = visible(matrix, moment)
    return seen if own_answer or moment is not Moment.DURING else seen & _OWN


def opens_at(
    matrix: Matrix, item: Item, now: datetime, submitted_at: datetime | None, closes_at: datetime | None
) -> datetime | None:
    """The instant from `now` on at which the item is visible (`now` when it is already); None when unknown or never."""
    for at in _turns(now, submitted_at, closes_at):
        if item in visible(matrix, moment(at, submitted_at, closes_at)):
            return at
    return None


def _turns(now: datetime, submitted_at: datetime | None, closes_at: datetime | None) -> Iterable[datetime]:
    later = None if submitted_at is None else submitted_at + IMMEDIATELY
    return [now, *sorted(at for at in (later, closes_at) if at is not None and at > now)]


def needs_close(matrix: Matrix) -> bool:
    """Whether something is shown only after the close, so that the paper must have a closing time."""
    return not matrix.closed <= matrix.immediately | matrix.later
