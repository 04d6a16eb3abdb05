"""Key rulings: what a decision about a question does to one answer's marks (NTA's text)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.errors import RuleError
from mockhall.exam.marking import Mark, Outcome, mark
from mockhall.exam.paper import Answer, Item, Key


class Action(StrEnum):
    """What was decided about the question."""

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


@dataclass(frozen=True, slots=True)
class Ruled:
    """An answer's marks after a ruling, and what the question now counts in the total; `counts` False: left out."""

    mark: Mark
    max: Fraction
    counts: bool = True


def ruled(ruling: Ruling, answer: Answer, mark: Mark, max: Fraction) -> Ruled:  # noqa: A002  (the paper's word)
    """What the ruling makes of an answer that had earned `mark` of `max` under the key it was marked with.

    "Change the key" expects `mark` to be under the new key already; `reruled` marks it. A blank keeps its outcome,
    also with full marks: nobody answered there, and accuracy counts answers.
    """
    if ruling.action is Action.LEAVE_OUT:
        return Ruled(Mark(Fraction(0), mark.outcome), Fraction(0), counts=False)
    if not _earns_full(ruling, answer):
        return Ruled(mark, max)
    return Ruled(Mark(max, Outcome.BLANK if answer.blank else Outcome.RIGHT), max)


def _earns_full(ruling: Ruling, answer: Answer) -> bool:
    match ruling.action:
        case Action.MORE_THAN_ONE_RIGHT:
            return not ruling.right.isdisjoint(answer.choice)
        case Action.ALL_RIGHT:
            return not answer.blank
        case Action.DROPPED:
            return True
        case _:
            return False


def reruled(ruling: Ruling, item: Item, answer: Answer) -> Ruled:
    """The ruling on an answer marked afresh: under the new key where there is one, else under the item's."""
    key = item.key if ruling.key is None else ruling.key
    return ruled(ruling, answer, mark(item.kind, key, answer, item.scheme), item.scheme.full)
