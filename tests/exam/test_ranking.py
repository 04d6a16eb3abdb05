"""Percentile and rank."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.ranking import (
    Standing,
    TieKey,
    enough,
    format_percentile,
    percentile,
    percentile_outside,
    rank,
    ranks,
)
from tests.exam.make import TICK


def test_the_percentiles_of_the_vector() -> None:
    scores = [Fraction(each) for each in (98, 120, 120, -5, 60)]
    assert [percentile(each, scores) for each in scores] == [60, 100, 100, 20, 40]


def test_the_published_percentile_prints_with_seven_decimals() -> None:
    scores = [Fraction(0)] * 37_244 + [Fraction(1)] * (41_326 - 37_244)
    found = percentile(Fraction(0), scores)
    assert found is not None
    assert format_percentile(found) == "90.1224411"
    assert format_percentile(found, 1) == "90.1"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("100", 7, "100.0000000"), ("100", 1, "100.0"), ("99.97", 1, "99.9"),
        ("99.9999", 3, "99.999"), ("99.9", 1, "99.9"), ("0.05", 1, "0.0"),
        ("20", 7, "20.0000000"),
    ],
)  # fmt: skip
def test_only_a_true_hundred_reads_hundred(value: str, places: int, text: str) -> None:
    assert format_percentile(Fraction(value), places) == text


def test_nobody_has_no_percentile() -> None:
    assert percentile(Fraction(1), []) is None


def test_a_later_attempt_is_placed_among_the_others_first_ones() -> None:
    others = [Fraction(each) for each in (10, 20, 30)]
    assert percentile_outside(Fraction(20), others) == 75
    assert percentile_outside(Fraction(5), others) == 25
    assert percentile_outside(Fraction(5), []) == 100


@given(st.lists(st.fractions(max_denominator=3), min_size=1))
def test_the_highest_score_is_at_exactly_100_and_nobody_at_0(scores: list[Fraction]) -> None:
    assert percentile(max(scores), scores) == 100
    assert all((percentile(each, scores) or 0) > 0 for each in scores)


def standing(score: int, wrong: int = 0, time: timedelta = timedelta(0)) -> Standing:
    return Standing(Fraction(score), wrong, time)


def test_equal_people_share_a_rank_and_the_next_is_left_out() -> None:
    assert ranks([standing(5), standing(9), standing(9)]) == [3, 1, 1]


def test_fewer_wrong_then_less_time_decide_between_equals() -> None:
    all_ = [standing(9, 2), standing(9, 1, 2 * TICK), standing(9, 1, TICK), standing(9, 1, TICK), standing(10, 7)]
    assert ranks(all_) == [5, 4, 2, 2, 1]
    assert ranks(all_, [TieKey.SCORE, TieKey.FEWER_WRONG]) == [5, 2, 2, 2, 1]
    assert ranks(all_, [TieKey.SCORE]) == [2, 2, 2, 2, 1]


def test_wrong_answers_and_time_may_be_left_out() -> None:
    assert Standing(Fraction(1)) == Standing(Fraction(1), 0, timedelta(0))


def test_one_microsecond_decides() -> None:
    assert ranks([standing(9, 0, 3 * TICK), standing(9, 0, 2 * TICK)]) == [2, 1]


def test_a_rank_outside_the_list_counts_only_the_strictly_better() -> None:
    assert rank(standing(8), [standing(9), standing(8), standing(7)]) == 2
    assert rank(standing(8), []) == 1


standings = st.builds(standing, st.integers(-2, 2), st.integers(0, 2), st.timedeltas(timedelta(0), 2 * TICK))


@given(st.lists(standings), st.permutations(list(TieKey)))
def test_ranking_all_is_ranking_each(all_: list[Standing], keys: list[TieKey]) -> None:
    assert ranks(all_, keys) == [rank(each, all_, keys) for each in all_]


def test_thirty_people_are_enough() -> None:
    assert (enough(29), enough(30)) == (False, True)
