"""A pause moves the deadline by as long as it lasted, at every boundary."""

from datetime import timedelta

import pytest

from mockhall.exam.errors import RuleError
from mockhall.exam.pause import paused_deadline, refuse_unless_practice, resumed_deadline
from tests.exam.make import HOUR, NINE, TICK

TEN = NINE + HOUR


def test_the_deadline_moves_by_as_long_as_the_clock_stood() -> None:
    assert resumed_deadline(TEN, NINE, NINE + timedelta(minutes=7), None) == TEN + timedelta(minutes=7)
    assert resumed_deadline(TEN, NINE, NINE + TICK, None) == TEN + TICK


def test_a_server_clock_that_jumped_back_takes_no_time_away() -> None:
    assert resumed_deadline(TEN, NINE, NINE - HOUR, None) == TEN


def test_the_closing_of_the_test_holds_all_the_same() -> None:
    assert paused_deadline(TEN) == TEN
    assert resumed_deadline(TEN, NINE, NINE + HOUR, TEN + TICK) == TEN + TICK
    assert resumed_deadline(TEN, NINE, NINE + HOUR, NINE) == TEN, "never earlier than it was"


def test_without_a_deadline_there_is_none_afterwards() -> None:
    assert paused_deadline(None) is None
    assert resumed_deadline(None, NINE, TEN, None) is None


@pytest.mark.parametrize(("practice", "timers"), [(False, False), (False, True), (True, True)])
def test_only_practice_without_timers_of_its_own_may_be_paused(practice: bool, timers: bool) -> None:
    with pytest.raises(RuleError):
        refuse_unless_practice(practice, timers)


def test_practice_may_be_paused() -> None:
    refuse_unless_practice(practice=True, has_timers=False)
