"""Key rulings: what a decision about a question does to one answer's marks (NTA's text)."""

from dataclasses import dataclass, replace
from fractions import Fraction

from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Mark, Outcome, mark
from mockhall.exam.paper import Action, Answer, Item, Key, Ruling

__all__ = ["Action", "Ruled", "Ruling", "actions_for", "judged", "ruled", "shown_key", "under"]


@dataclass(frozen=True, slots=True)
class Ruled:
    """An answer's marks after a ruling, and what the question now counts in the total; `counts` False: left out."""

    mark: Mark
    max: Fraction
    counts: bool = True


def ruled(ruling: Ruling, answer: Answer, mark: Mark, max: Fraction) -> Ruled:  # noqa: A002  (the paper's word)
    """What the ruling makes of an answer that had earned `mark` of `max` under the key it was marked with.

    "Change the key" expects `mark` to be under the new key already, as `judged` does. A blank keeps its outcome,
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


def under(ruling: Ruling | None, item: Item) -> Item:
    """The question with what was ruled about it; "uphold" and None are the question as it was set."""
    if ruling is None or ruling.action is Action.UPHOLD:
        return item
    return replace(item, ruling=ruling, key=item.key if ruling.key is None else ruling.key)


def judged(item: Item, answer: Answer) -> Mark:
    """What an answer earns by the scheme, the key, and what was ruled about the question."""
    found = mark(item.kind, item.key, answer, item.scheme)
    return found if item.ruling is None else ruled(item.ruling, answer, found, item.scheme.full).mark


def shown_key(ruling: Ruling | None, key: Key) -> Key:
    """The key as a review shows it: all options that "more than one right" takes are right ones."""
    if ruling is None:
        return key
    if ruling.action is Action.MORE_THAN_ONE_RIGHT:
        return replace(key, options=(ruling.key or key).options | ruling.right)
    return key if ruling.key is None else ruling.key


def actions_for(kind: Kind) -> list[Action]:
    """What can be ruled about a question of this kind: "more than one right" where one option is chosen.

    Elsewhere a key says by itself that more is right: a set of options, further numbers or texts."""
    return [each for each in Action if each is not Action.MORE_THAN_ONE_RIGHT or kind.has_one_choice]
