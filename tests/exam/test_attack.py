"""The order of attack, and what it is called."""

from datetime import timedelta

import pytest

from mockhall.exam.attack import Shape, attack


def order_of(*numbers: int) -> dict[int, timedelta | None]:
    """These questions answered a minute apart; question 30 never."""
    return {number: timedelta(minutes=place) for place, number in enumerate(numbers)} | {30: None}


@pytest.mark.parametrize(
    ("order", "shape", "sentence"),
    [
        ((), Shape.NOTHING, "Nothing was answered."),
        ((4,), Shape.ONE, "Only question 4 was answered."),
        ((1, 2, 5, 9), Shape.FORWARD, "You answered front to back. First question 1, last question 9."),
        ((9, 4, 2), Shape.BACKWARD, "You answered back to front. First question 9, last question 2."),
        ((1, 3, 5, 2, 4), Shape.ROUNDS, "You went through in 2 rounds. First question 1, last question 4."),
        ((3, 6, 9, 2, 5, 8, 1, 4), Shape.ROUNDS, "You went through in 3 rounds. First question 3, last question 4."),
        ((5, 1, 4, 2, 3), Shape.JUMPED,
         "You jumped: 2 of 4 steps led to an earlier question. First question 5, last question 3."),
        ((1, 2, 9, 8, 3, 4, 7, 6, 5), Shape.JUMPED,
         "You jumped: 4 of 8 steps led to an earlier question. First question 1, last question 5."),
    ],
)  # fmt: skip
def test_the_order_has_a_shape_and_a_sentence(order: tuple[int, ...], shape: Shape, sentence: str) -> None:
    found = attack(order_of(*order))
    assert (found.order, found.shape, found.sentence) == (order, shape, sentence)


def test_answers_of_one_instant_count_in_the_order_of_their_numbers() -> None:
    assert attack(dict.fromkeys((3, 1, 2), timedelta(seconds=1))).order == (1, 2, 3)
