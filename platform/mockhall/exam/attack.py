"""The order of attack: in which order questions were first answered, and what that order looks like in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

MOST_ROUNDS = 3
"""More rounds through the paper than these are jumping about."""


class Shape(StrEnum):
    """What an order looks like."""

    NOTHING = "nothing"
    ONE = "one"
    FORWARD = "forward"
    BACKWARD = "backward"
    ROUNDS = "rounds"
    JUMPED = "jumped"


@dataclass(frozen=True, slots=True)
class Attack:
    """Questions in the order of their first answers; `back` is how many steps led to an earlier question."""

    order: tuple[int, ...]
    back: int
    shape: Shape

    @property
    def sentence(self) -> str:
        """The order in words, the first and the last question named."""
        if self.shape is Shape.NOTHING:
            return "Nothing was answered."
        if self.shape is Shape.ONE:
            return f"Only question {self.order[0]} was answered."
        steps = len(self.order) - 1
        how = {
            Shape.FORWARD: "You answered front to back",
            Shape.BACKWARD: "You answered back to front",
            Shape.ROUNDS: f"You went through in {self.back + 1} rounds",
            Shape.JUMPED: f"You jumped: {self.back} of {steps} steps led to an earlier question",
        }[self.shape]
        return f"{how}. First question {self.order[0]}, last question {self.order[-1]}."


def attack(first_answered: Mapping[int, timedelta | None]) -> Attack:
    """The order of attack; `first_answered` says of each question when, after the start, None for never.

    Answers given at the same instant count in the order of their numbers."""
    given = [(at, number) for number, at in first_answered.items() if at is not None]
    order = tuple(number for _, number in sorted(given))
    back = sum(after < before for before, after in pairwise(order))
    return Attack(order, back, _shape(len(order), back))


def _shape(answered: int, back: int) -> Shape:
    if answered < 2:
        return Shape.ONE if answered else Shape.NOTHING
    if back == 0:
        return Shape.FORWARD
    if back == answered - 1:
        return Shape.BACKWARD
    return Shape.ROUNDS if back < MOST_ROUNDS and answered >= 2 * (back + 1) else Shape.JUMPED
