"""Answer changes: how often a changed answer gained or lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of one answer kept into another, by whether each was right."""

    right_to_wrong: int = 0
    wrong_to_right: int = 0
    wrong_to_wrong: int = 0


def changes(histories: Iterable[Iterable[tuple[str, bool]]]) -> Changes:
    """Count over questions; a history is the answers one after the other (any text equal for equal answers, right?).

    Leave blanks out of a history: an answer cleared and given anew is one change. The same answer again is none.
    """
    turns = [
        (before[1], after[1]) for history in histories for before, after in pairwise(history) if before[0] != after[0]
    ]
    return Changes(
        right_to_wrong=turns.count((True, False)),
        wrong_to_right=turns.count((False, True)),
        wrong_to_wrong=turns.count((False, False)),
    )
