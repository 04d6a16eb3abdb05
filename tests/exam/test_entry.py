"""What a start asks: names, roll numbers, the access code, and the wait between attempts."""

from datetime import UTC, datetime, timedelta

import pytest

from mockhall.exam.entry import Ask, code_fits, faults, may_start_from

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("ask", [Ask.NO, Ask.OPTIONAL])
def test_what_is_not_required_may_be_left_out(ask: Ask) -> None:
    assert faults(ask, ask, "", "") == {}


def test_what_is_required_is_asked_for_beside_its_field() -> None:
    assert set(faults(Ask.REQUIRED, Ask.REQUIRED, "", "")) == {"name", "roll"}
    assert faults(Ask.REQUIRED, Ask.REQUIRED, "Asha", "21CS014") == {}


@pytest.mark.parametrize(("length", "fits"), [(40, True), (41, False)])
def test_a_roll_number_has_forty_characters_at_most(length: int, fits: bool) -> None:
    assert (faults(Ask.OPTIONAL, Ask.OPTIONAL, "", "7" * length) == {}) is fits


@pytest.mark.parametrize("typed", ["Lab 7 B", "lab7b", " LAB7B "])
def test_case_and_blanks_of_a_code_do_not_matter(typed: str) -> None:
    assert code_fits("LAB7b", typed)


@pytest.mark.parametrize("typed", ["", "lab7", "lab7bb", "LAB8B", "é" * 1000])
def test_another_code_does_not_fit(typed: str) -> None:
    assert not code_fits("LAB7b", typed)


def test_a_wait_counts_from_the_last_finish() -> None:
    assert may_start_from(NINE, timedelta(minutes=30)) == NINE + timedelta(minutes=30)
    assert may_start_from(None, timedelta(minutes=30)) is None
    assert may_start_from(NINE, None) is None
