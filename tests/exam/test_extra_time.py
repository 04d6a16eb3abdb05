"""Where deadlines move when time is given, at every boundary; never earlier."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.extra_time import parse_minutes, with_factor, with_minutes

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("text", "minutes"), [("1", 1), (" 5 ", 5), ("600", 600)])
def test_whole_minutes_are_read(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes * MINUTE


@pytest.mark.parametrize("text", ["", "0", "-5", "601", "2.5", "five", "٥", "9" * 500])
def test_what_is_no_number_of_minutes_is_refused_beside_its_field(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_minutes(text)
    assert refused.value.field == "minutes"


def test_minutes_move_a_deadline_by_as_much() -> None:
    assert with_minutes(NINE, 5 * MINUTE) == NINE + 5 * MINUTE
    assert with_minutes(None, 5 * MINUTE) is None


def test_a_hard_close_is_not_passed_and_takes_nothing_away() -> None:
    assert with_minutes(NINE, 5 * MINUTE, NINE + 3 * MINUTE) == NINE + 3 * MINUTE
    assert with_minutes(NINE, 3 * MINUTE, NINE + 3 * MINUTE) == NINE + 3 * MINUTE
    assert with_minutes(NINE, 5 * MINUTE, NINE - MINUTE) == NINE


def test_a_factor_stretches_from_the_start_and_keeps_minutes_given_by_hand() -> None:
    moved = with_factor(NINE + HOUR, NINE, HOUR, Fraction(4, 3), None, False, 5 * MINUTE)
    assert moved == NINE + 85 * MINUTE


def test_a_factor_moves_the_close_unless_it_is_hard() -> None:
    closes = NINE + 45 * MINUTE  # who starts at nine with an hour is cut to 45 minutes
    assert with_factor(closes, NINE, HOUR, Fraction(3, 2), closes, False, 0 * MINUTE) == NINE + 75 * MINUTE
    assert with_factor(closes, NINE, HOUR, Fraction(3, 2), closes, True, 0 * MINUTE) == closes
    assert with_factor(closes, NINE, HOUR, Fraction(3, 2), closes, True, 9 * MINUTE) == closes


def test_a_smaller_factor_takes_nothing_back_and_a_larger_one_again_gives_nothing_twice() -> None:
    long = with_factor(NINE + HOUR, NINE, HOUR, Fraction(2), None, False, timedelta(0))
    assert long == NINE + 2 * HOUR
    assert with_factor(long, NINE, HOUR, Fraction(1), None, False, timedelta(0)) == long
    assert with_factor(long, NINE, HOUR, Fraction(2), None, False, timedelta(0)) == long


def test_without_a_clock_there_is_nothing_to_stretch() -> None:
    assert with_factor(None, NINE, None, Fraction(2), None, False, timedelta(0)) is None


@given(
    st.integers(0, 300), st.integers(1, 300), st.sampled_from([Fraction(1), Fraction(4, 3), Fraction(2)]),
    st.integers(0, 600), st.booleans(), st.none() | st.integers(1, 400),
)  # fmt: skip
def test_no_deadline_ever_moves_earlier(
    at: int, minutes: int, factor: Fraction, extra: int, hard: bool, closes: int | None
) -> None:
    before = NINE + at * MINUTE
    closes_at = None if closes is None else NINE + closes * MINUTE
    after = with_factor(before, NINE, minutes * MINUTE, factor, closes_at, hard, extra * MINUTE)
    given_more = with_minutes(before, extra * MINUTE, closes_at)
    assert after is not None
    assert given_more is not None
    assert after >= before
    assert given_more >= before
