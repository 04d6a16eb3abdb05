"""Certainty-based marking."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.certainty import (
    CertainAnswer,
    best_certainty,
    blank,
    certain_marks,
    check_certainty,
    summary,
)
from mockhall.exam.errors import AnswerError

HALF = Fraction(1, 2)


@pytest.mark.parametrize(("certainty", "right", "wrong"), [(1, 1, 0), (2, 2, -2), (3, 3, -6), (None, 1, 0)])
def test_the_table_is_moodles_and_no_choice_counts_as_one(certainty: int | None, right: int, wrong: int) -> None:
    assert certain_marks(Fraction(1), certainty) == right
    assert certain_marks(HALF, certainty) == Fraction(right, 2)
    assert certain_marks(Fraction(0), certainty) == certain_marks(Fraction(-1, 2), certainty) == wrong


def test_the_summary_of_the_ten_items_vector() -> None:
    pairs: list[tuple[int | Fraction, int]] = [
        (1, 3),
        (1, 3),
        (1, 2),
        (0, 3),
        (0, 1),
        (1, 1),
        (0, 2),
        (1, 3),
        (HALF, 2),
    ]
    found = summary([*(CertainAnswer(Fraction(share), certainty) for share, certainty in pairs), blank(Fraction(1))])
    assert found is not None
    assert (found.average, found.accuracy, found.expected, found.bonus) == tuple(
        map(Fraction, ("0.5", "0.55", "0.55", "-0.005"))
    )


def test_weights_count() -> None:
    found = summary([CertainAnswer(Fraction(1), 3, Fraction(3)), CertainAnswer(Fraction(0), 1, Fraction(1))])
    assert found is not None
    assert (found.accuracy, found.average) == (Fraction(3, 4), Fraction(9, 4))
    assert found.expected == 1


def test_what_is_expected_of_a_perfect_paper_is_three_a_question() -> None:
    found = summary([CertainAnswer(Fraction(1), 2)])
    assert found is not None
    assert (found.average, found.expected, found.bonus) == (Fraction(2), Fraction(3), Fraction(-1, 10))


def test_nothing_to_sum_up_is_no_crash() -> None:
    assert summary([]) is None


@pytest.mark.parametrize(
    ("chance", "certainty"),
    [("0", 1), ("0.66", 1), ("2/3", 2), ("0.7", 2), ("0.8", 2), ("0.81", 3), ("1", 3)],
)
def test_the_best_certainty_turns_at_two_thirds_and_four_fifths(chance: str, certainty: int) -> None:
    assert best_certainty(Fraction(chance)) == certainty


@given(st.fractions(0, 1))
def test_no_certainty_earns_more_on_average_than_the_best(chance: Fraction) -> None:
    def expected(certainty: int) -> Fraction:
        wrong = certain_marks(Fraction(0), certainty)
        return chance * certain_marks(Fraction(1), certainty) + (1 - chance) * wrong

    assert expected(best_certainty(chance)) == max(expected(certainty) for certainty in (1, 2, 3))


@pytest.mark.parametrize("sent", [0, 4, -1])
def test_another_certainty_is_refused(sent: int) -> None:
    with pytest.raises(AnswerError) as refused:
        check_certainty(sent)
    assert refused.value.field == "certainty"


@pytest.mark.parametrize("sent", [None, 1, 2, 3])
def test_a_certainty_from_one_to_three_or_none_is_kept(sent: int | None) -> None:
    assert check_certainty(sent) == sent
