"""What a scheme means."""

from dataclasses import replace
from fractions import Fraction

import pytest

from mockhall.exam.kinds import Kind
from mockhall.exam.meaning import break_even, choice_table, expected_guess, reach
from mockhall.exam.scheme import PRESETS, Partial, Scheme
from tests.exam.make import make_item


@pytest.mark.parametrize(
    ("preset", "options", "guess", "confidence"),
    [
        ("jee-main", 4, "1/4", "1/5"), ("placement", 4, "1/4", "0"), ("gate-1", 4, "0", "1/4"),
        ("ssc", 4, "1/8", "1/5"),
        ("cuet", 4, "1/2", "1/6"),
    ],
)  # fmt: skip
def test_a_guess_and_the_confidence_from_which_answering_pays(
    preset: str, options: int, guess: str, confidence: str
) -> None:
    assert expected_guess(PRESETS[preset], options) == Fraction(guess)
    assert break_even(PRESETS[preset]) == Fraction(confidence)


def test_a_floor_makes_guessing_cheaper() -> None:
    scheme = Scheme(Fraction(4), Fraction(-2), floor=Fraction(-1))
    assert break_even(scheme) == Fraction(1, 5)


def test_the_table_gives_marks_for_each_number_of_right_and_wrong_choices() -> None:
    table = {(row.right, row.wrong): row.marks for row in choice_table(PRESETS["jee-advanced"], 3, 1)}
    assert table == {(0, 0): 0, (0, 1): -2, (1, 0): 1, (1, 1): -2, (2, 0): 2, (2, 1): -2, (3, 0): 4, (3, 1): -2}


def test_the_reach_of_a_paper_is_its_lowest_and_highest_total() -> None:
    assert reach([make_item(1), make_item(2, full=2, wrong=0)]) == (Fraction(-1), Fraction(6))
    assert reach([]) == (Fraction(0), Fraction(0))


@pytest.mark.parametrize(("kind", "low"), [(Kind.SINGLE, -1), (Kind.MULTIPLE, 0)])
def test_per_option_marks_never_fall_below_nought(kind: Kind, low: int) -> None:
    item = replace(make_item(kind=kind), scheme=Scheme(Fraction(4), Fraction(-1), Partial.PER_OPTION))
    assert reach([item])[0] == low
