"""Which reveal matrices make sense, cell by cell, and what one says in words."""

from collections.abc import Iterable
from itertools import pairwise

from mockhall.exam.reveal import Item, Matrix, Moment, needs_close, visible

Cell = tuple[Moment, Item]

SENSELESS = frozenset({(Moment.DURING, Item.OVERALL_FEEDBACK)})
"""Cells that can't be ticked: there is nothing to say of the whole test while it is worked on."""
OF_THE_REVIEW = frozenset({Item.CORRECTNESS, Item.SPECIFIC_FEEDBACK, Item.GENERAL_FEEDBACK, Item.RIGHT_ANSWER})
"""What stands beside the own answers, and nowhere else."""
NAMES = {
    Item.ATTEMPT: "their own answers",
    Item.CORRECTNESS: "which of them are right",
    Item.MAX_MARKS: "what each question is worth",
    Item.MARKS: "the score and rank",
    Item.SPECIFIC_FEEDBACK: "why their choices are right or wrong",
    Item.GENERAL_FEEDBACK: "the explanations",
    Item.RIGHT_ANSWER: "the right answers",
    Item.OVERALL_FEEDBACK: "the feedback on the whole test",
}
WHEN = {
    Moment.DURING: "While working",
    Moment.IMMEDIATELY: "On handing in",
    Moment.LATER: "Two minutes later",
    Moment.CLOSED: "After the close",
}
ORDER = list(Item)


def faults(matrix: Matrix, *, closes: bool) -> dict[Cell, str]:
    """What can't be meant, by the cell it is said beside; `closes` where the test has a closing time."""
    found: dict[Cell, str] = {}
    for when in Moment:
        found |= _alone(when, visible(matrix, when))
    for before, after in pairwise(Moment):
        for item in _sorted(visible(matrix, before) - visible(matrix, after)):
            found.setdefault((after, item), "It opens before, and what is open stays open. Tick it here too.")
    if not closes and needs_close(matrix):
        late = _sorted(matrix.closed - (matrix.immediately | matrix.later))
        found.setdefault((Moment.CLOSED, late[0]), "“After closing” needs a closing time.")
    return found


def _alone(when: Moment, seen: frozenset[Item]) -> dict[Cell, str]:
    """What is shown at this moment without that which it needs."""
    found = {}
    if Item.GENERAL_FEEDBACK in seen and Item.RIGHT_ANSWER not in seen:
        found[when, Item.GENERAL_FEEDBACK] = "An explanation tells the right answer. Tick “Right answers” here too."
    if Item.ATTEMPT not in seen:
        for item in _sorted(seen & OF_THE_REVIEW):
            found.setdefault((when, item), "It stands beside the own answers. Tick “Own answers” here too.")
    return found


def in_words(matrix: Matrix, *, closes: bool) -> str:
    """What opens when, a sentence for each moment at which something changes; without a close nothing waits for it."""
    said, before = [], frozenset[Item]()
    for when in Moment:
        seen = visible(matrix, when)
        if when is Moment.CLOSED and not closes:
            break
        if when is Moment.DURING or seen != before:
            said.append(f"{WHEN[when]}: {_change(before, seen)}.")
        before = seen
    return " ".join(said)


def _change(before: frozenset[Item], seen: frozenset[Item]) -> str:
    if seen == frozenset(Item):
        return "everything"
    gone = f"no longer {_listed(before - seen)}" if before - seen else ""
    more = f"{'also ' if before else ''}{_listed(seen - before)}" if seen - before else ""
    return "; ".join(filter(None, (more, gone))) or "nothing"


def _listed(items: Iterable[Item]) -> str:
    """`a, b and c`, in the order of the table."""
    *first, last = [NAMES[item] for item in _sorted(items)]
    return f"{', '.join(first)} and {last}" if first else last


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=ORDER.index)
