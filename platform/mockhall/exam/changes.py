"""Answer changes: which answers a candidate settled on, and how often changing them gained or lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, zip_longest

from mockhall.exam.paper import Answer
from mockhall.exam.trail import Kept

STOOD = timedelta(seconds=10)
"""What was changed sooner was a slip of the finger, or still being typed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of one answer kept into another, by whether each was right."""

    right_to_wrong: int = 0
    wrong_to_right: int = 0
    wrong_to_wrong: int = 0

    @property
    def sentence(self) -> str:
        """What changing answers did, in words."""
        gains, losses, others = self.wrong_to_right, self.right_to_wrong, self.wrong_to_wrong
        if not gains + losses + others:
            return "No change made a right answer wrong or a wrong one right."
        told = [
            f"{gains} from wrong to right" if gains else "",
            f"{losses} from right to wrong" if losses else "",
            f"{others} from one wrong answer to another" if others else "",
        ]
        *first, last = [each for each in told if each]
        number = gains + losses + others
        what = f"{number} change" + ("" if number == 1 else "s")
        return f"{what}: {', '.join(first)}{' and ' if first else ''}{last}. {self._balance}"

    @property
    def _balance(self) -> str:
        net = self.wrong_to_right - self.right_to_wrong
        if net == 0:
            return "In all they neither gained nor lost you a right answer."
        answers = f"{abs(net)} right answer" + ("" if abs(net) == 1 else "s")
        return f"In all they {'gained' if net > 0 else 'cost'} you {answers}."


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


def settled(kept: Sequence[Kept]) -> list[Kept]:
    """The answers that stood for a while and were not just being filled in; the last one always did."""
    return [
        each
        for each, after in zip_longest(kept, kept[1:])
        if after is None or (after.at - each.at >= STOOD and not _goes_on(each.answer, after.answer))
    ]


def _goes_on(before: Answer | None, after: Answer | None) -> bool:
    """Is this the same answer with more of it: another option ticked, another gap filled, more words typed?"""
    if before is None or after is None or before.blank:
        return False
    ticked = before.choice == after.choice or set(before.choice) < set(after.choice)
    return ticked and after.text.startswith(before.text) and set(before.parts) <= set(after.parts)
