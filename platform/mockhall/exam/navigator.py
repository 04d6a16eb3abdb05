"""The navigator's five states, their counts, and which question comes next."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum


class CellState(StrEnum):
    """How one question stands; never stored, always worked out from three stored booleans."""

    NOT_VISITED = "new"
    NOT_ANSWERED = "skipped"
    ANSWERED = "answered"
    MARKED = "marked"
    ANSWERED_AND_MARKED = "both"

    @property
    def words(self) -> str:
        """The state as the page says it."""
        return _WORDS[self]


_WORDS = {
    CellState.NOT_VISITED: "not visited",
    CellState.NOT_ANSWERED: "not answered",
    CellState.ANSWERED: "answered",
    CellState.MARKED: "marked for review",
    CellState.ANSWERED_AND_MARKED: "answered and marked for review",
}

BLANK = frozenset({CellState.NOT_VISITED, CellState.NOT_ANSWERED, CellState.MARKED})
"""Nothing answered, seen or not."""
FLAGGED = frozenset({CellState.MARKED, CellState.ANSWERED_AND_MARKED})
"""Marked for review, answered or not."""


def state(visited: bool, answered: bool, marked: bool) -> CellState:
    """The state of a question; being answered or marked implies it was visited."""
    if marked:
        return CellState.ANSWERED_AND_MARKED if answered else CellState.MARKED
    if answered:
        return CellState.ANSWERED
    return CellState.NOT_ANSWERED if visited else CellState.NOT_VISITED


def counts(states: Iterable[CellState]) -> dict[CellState, int]:
    """How many questions stand in each state, all five named, in the legend's order."""
    found = Counter(states)
    return {each: found[each] for each in CellState}


def after(number: int, total: int) -> int | None:
    """The question Save & next goes to, numbers from 1 through all sections; None after the last: the summary."""
    return number + 1 if number < total else None


def before(number: int) -> int | None:
    """The question Back goes to; None before the first."""
    return number - 1 if number > 1 else None


def next_in(states: Mapping[int, CellState], wanted: CellState | AbstractSet[CellState], here: int) -> int | None:
    """The next question in a wanted state after `here`, going round, `here` itself last; None when there is none."""
    states_wanted = {wanted} if isinstance(wanted, CellState) else wanted
    found = sorted(number for number, each in states.items() if each in states_wanted)
    return next((number for number in found if number > here), found[0] if found else None)
