"""The clock, at every boundary."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.clock import (
    DEFAULT_GRACE,
    TIME_FACTORS,
    Phase,
    closes_for,
    deadline_at,
    extended,
    finished_at,
    may_leave,
    parse_time_factor,
    phase,
    remaining,
    section_deadline,
    stretched,
)
from mockhall.exam.errors import RuleError
from tests.exam.make import HOUR, NINE, TICK

GRACE = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)
ONE = Fraction(1)


@pytest.mark.parametrize(("factor", "minutes"), [("1", 60), ("5/4", 75), ("4/3", 80), ("3/2", 90), ("2", 120)])
def test_the_deadline_is_the_start_and_the_persons_own_time(factor: str, minutes: int) -> None:
    assert deadline_at(NINE, HOUR, Fraction(factor)) == NINE + minutes * MINUTE


def test_a_part_of_a_microsecond_is_given_not_taken() -> None:
    assert stretched(TICK, Fraction(4, 3)) == 2 * TICK
    assert stretched(3 * TICK, Fraction(4, 3)) == 4 * TICK


@pytest.mark.parametrize(
    ("closes_in", "ends_in"),
    [(HOUR - TICK, HOUR - TICK), (HOUR, HOUR), (HOUR + TICK, HOUR), (timedelta(0), timedelta(0))],
)
def test_the_papers_close_cuts_the_time(closes_in: timedelta, ends_in: timedelta) -> None:
    assert deadline_at(NINE, HOUR, ONE, NINE + closes_in) == NINE + ends_in


def test_the_close_moves_by_the_extra_time_unless_it_is_hard() -> None:
    half_past, factor = NINE + 30 * MINUTE, Fraction(3, 2)
    assert closes_for(half_past, HOUR, factor) == NINE + HOUR
    assert deadline_at(NINE, HOUR, factor, half_past) == NINE + HOUR
    assert deadline_at(NINE, HOUR, factor, half_past, hard_close=True) == half_past


def test_untimed_practice_has_no_deadline() -> None:
    assert deadline_at(NINE, None, Fraction(2)) is None


def test_an_untimed_paper_that_closes_ends_there() -> None:
    assert deadline_at(NINE, None, Fraction(2), NINE + HOUR) == NINE + HOUR


def test_a_naive_instant_and_a_factor_below_one_are_mistakes_of_ours() -> None:
    naive = datetime(2025, 3, 1, 9)  # noqa: DTZ001  (the mistake itself)
    for start, closes in ((naive, None), (NINE, naive)):
        with pytest.raises(ValueError, match="time zone"):
            deadline_at(start, HOUR, ONE, closes)
    with pytest.raises(ValueError, match="below 1"):
        deadline_at(NINE, HOUR, Fraction(99, 100))


@pytest.mark.parametrize(
    ("after_deadline", "expected"),
    [
        (-HOUR, Phase.RUNNING), (-TICK, Phase.RUNNING), (timedelta(0), Phase.RUNNING), (TICK, Phase.GRACE),
        (GRACE - TICK, Phase.GRACE), (GRACE, Phase.GRACE), (GRACE + TICK, Phase.OVER), (HOUR, Phase.OVER),
    ],
)  # fmt: skip
def test_both_ends_of_a_phase_count(after_deadline: timedelta, expected: Phase) -> None:
    assert phase(NINE + after_deadline, NINE, GRACE) is expected


def test_the_printed_grace_is_five_seconds() -> None:
    assert DEFAULT_GRACE == GRACE


def test_without_grace_the_deadline_itself_still_counts() -> None:
    assert phase(NINE, NINE, timedelta(0)) is Phase.RUNNING
    assert phase(NINE + TICK, NINE, timedelta(0)) is Phase.OVER


def test_without_a_deadline_time_is_always_running() -> None:
    assert phase(NINE + 10_000 * HOUR, None, GRACE) is Phase.RUNNING


@pytest.mark.parametrize(
    ("now", "finish"), [(-TICK, -TICK), (timedelta(0),) * 2, (TICK, timedelta(0)), (HOUR, timedelta(0))]
)
def test_the_recorded_finish_is_never_after_the_deadline(now: timedelta, finish: timedelta) -> None:
    assert finished_at(NINE + now, NINE) == NINE + finish


def test_without_a_deadline_the_finish_is_now() -> None:
    assert finished_at(NINE + HOUR, None) == NINE + HOUR


@pytest.mark.parametrize(("now", "left"), [(-HOUR, HOUR), (-TICK, TICK), (timedelta(0),) * 2, (TICK, timedelta(0))])
def test_what_is_left_is_never_below_nought(now: timedelta, left: timedelta) -> None:
    assert remaining(NINE + now, NINE) == left
    assert remaining(NINE + now, None) is None


def test_a_deadline_moves_later_or_stays() -> None:
    assert extended(NINE, HOUR) == NINE + HOUR
    assert extended(NINE, timedelta(0)) == NINE
    assert extended(None, HOUR) is None
    with pytest.raises(RuleError, match="minutes"):
        extended(NINE, -TICK)


@pytest.mark.parametrize(("ends_in", "expected"), [(None, 30), (20, 20), (30, 30), (40, 30)])
def test_a_section_ends_with_its_own_time_or_with_the_attempt(ends_in: int | None, expected: int) -> None:
    deadline = None if ends_in is None else NINE + ends_in * MINUTE
    assert section_deadline(NINE, 20 * MINUTE, Fraction(3, 2), deadline) == NINE + expected * MINUTE


def test_a_section_without_a_maximum_ends_with_the_attempt() -> None:
    assert section_deadline(NINE, None, ONE, NINE + HOUR) == NINE + HOUR
    assert section_deadline(NINE, None, ONE, None) is None


def test_a_section_may_be_left_when_its_stretched_minimum_is_over() -> None:
    assert not may_leave(NINE + 15 * MINUTE - TICK, NINE, 10 * MINUTE, Fraction(3, 2))
    assert may_leave(NINE + 15 * MINUTE, NINE, 10 * MINUTE, Fraction(3, 2))


@pytest.mark.parametrize(
    ("text", "factor"), [("1", "1"), ("5/4", "5/4"), ("4/3", "4/3"), ("1.5", "3/2"), (" 2 ", "2"), ("4", "4")]
)
def test_a_time_factor_is_a_fraction_or_a_decimal(text: str, factor: str) -> None:
    assert parse_time_factor(text) == Fraction(factor)


@pytest.mark.parametrize("text", ["", "0", "-2", "0.99", "4.01", "1e308", "double", "5/0", "nan"])
def test_a_time_factor_outside_one_to_four_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_time_factor(text)
    assert refused.value.field == "time_factor"


def test_four_thirds_is_twenty_minutes_an_hour() -> None:
    assert list(map(str, TIME_FACTORS)) == ["1", "5/4", "4/3", "3/2", "2"]
    assert stretched(HOUR, Fraction(4, 3)) - HOUR == 20 * MINUTE


@given(
    st.timedeltas(timedelta(0), 10 * HOUR), st.sampled_from(TIME_FACTORS), st.none() | st.timedeltas(-HOUR, 20 * HOUR),
    st.booleans(),
)  # fmt: skip
def test_more_time_never_brings_the_deadline_nearer(
    duration: timedelta, factor: Fraction, closes_in: timedelta | None, hard: bool
) -> None:
    closes_at = None if closes_in is None else NINE + closes_in
    plain, more = deadline_at(NINE, duration, ONE, closes_at), deadline_at(NINE, duration, factor, closes_at, hard)
    assert plain is not None
    assert more is not None
    assert more >= plain
