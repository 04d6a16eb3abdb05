"""Which matrices make sense, and what they say in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.reveal import PRESETS, Item, Matrix, Moment
from mockhall.exam.reveal_words import faults, in_words

OWN = [Item.ATTEMPT, Item.MAX_MARKS]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_makes_sense_in_a_test_that_closes(preset: str) -> None:
    assert faults(PRESETS[preset], closes=True) == {}


@pytest.mark.parametrize("preset", ["practice", "mock"])
def test_what_does_not_wait_for_the_close_needs_none(preset: str) -> None:
    assert faults(PRESETS[preset], closes=False) == {}


def test_what_waits_for_the_close_needs_a_closing_time() -> None:
    found = faults(PRESETS["contest"], closes=False)
    assert list(found) == [(Moment.CLOSED, Item.CORRECTNESS)]
    assert "needs a closing time" in found[Moment.CLOSED, Item.CORRECTNESS]


def test_an_explanation_needs_the_right_answer_at_the_same_time() -> None:
    seen = [*OWN, Item.GENERAL_FEEDBACK]
    matrix = Matrix.from_json({"later": seen, "closed": [*seen, Item.RIGHT_ANSWER], "during": []})
    assert list(faults(matrix, closes=True)) == [(Moment.LATER, Item.GENERAL_FEEDBACK)]


def test_what_opens_early_stays_open() -> None:
    matrix = Matrix.from_json({"immediately": [*OWN, Item.MARKS], "later": OWN, "closed": OWN})
    found = faults(matrix, closes=True)
    assert list(found) == [(Moment.LATER, Item.MARKS)]
    assert "stays open" in found[Moment.LATER, Item.MARKS]


def test_what_stands_beside_the_own_answers_needs_them() -> None:
    matrix = Matrix.from_json({"closed": [Item.CORRECTNESS]})
    assert list(faults(matrix, closes=True)) == [(Moment.CLOSED, Item.CORRECTNESS)]


def test_the_presets_in_words() -> None:
    assert in_words(PRESETS["mock"], closes=False) == (
        "While working: their own answers and what each question is worth. On handing in: everything."
    )
    assert in_words(PRESETS["contest"], closes=True) == (
        "While working: their own answers and what each question is worth. "
        "Two minutes later: also the score and rank and the feedback on the whole test. After the close: everything."
    )


def test_nothing_and_what_is_taken_back_are_said_too() -> None:
    assert in_words(Matrix.from_json({}), closes=True) == "While working: nothing."
    back = Matrix.from_json({"immediately": [Item.MARKS], "later": []})
    assert in_words(back, closes=False).endswith("Two minutes later: no longer the score and rank.")


@given(st.lists(st.sets(st.sampled_from(Item)), min_size=4, max_size=4), st.booleans())
def test_every_matrix_can_be_said_and_judged(rows: list[set[Item]], closes: bool) -> None:
    matrix = Matrix.from_json(dict(zip(Moment, map(list, rows), strict=True)))
    assert in_words(matrix, closes=closes).startswith("While working: ")
    for (when, item), said in faults(matrix, closes=closes).items():
        assert when in list(Moment)
        assert item in list(Item)
        assert said.endswith(".")
