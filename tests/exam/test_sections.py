"""Sections in order: entering, leaving, running out, one after another without anybody looking."""

from datetime import timedelta
from fractions import Fraction

import pytest

from mockhall.exam import sections
from mockhall.exam.sections import Limits, Part, Rules, Stage
from tests.make import START

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
USUAL = Limits()
G = USUAL.grace


def three(*rules: Rules, limits: Limits = USUAL) -> tuple[Part, ...]:
    """Sections 1 to 3 of which the first was just entered."""
    parts = [Part(position, rule) for position, rule in enumerate(rules, 1)]
    return (sections.entered(parts[0], START, limits), *parts[1:])


def stages(parts: tuple[Part, ...]) -> list[Stage]:
    return [each.stage for each in parts]


TIMED = Rules(minimum=5 * MINUTE, maximum=20 * MINUTE)


# ---------------------------------------------------------------- the rules of a paper


def test_a_paper_whose_sections_have_no_time_and_no_way_is_free() -> None:
    assert not sections.in_order([Rules(), Rules(question_time=30 * SECOND)])


@pytest.mark.parametrize("rule", [Rules(one_way=True), Rules(minimum=MINUTE), Rules(maximum=MINUTE)])
def test_one_section_with_a_time_of_its_own_or_one_way_puts_all_in_order(rule: Rules) -> None:
    assert sections.in_order([Rules(), rule])


def test_questions_come_one_by_one_where_there_is_no_way_back_or_each_has_its_time() -> None:
    assert Rules(one_way=True).one_by_one
    assert Rules(question_time=SECOND).one_by_one
    assert not TIMED.one_by_one


def test_the_time_of_all_is_the_papers_or_that_of_its_sections_if_less() -> None:
    hour = 60 * MINUTE
    assert sections.whole_time(hour, [TIMED, TIMED]) == 40 * MINUTE
    assert sections.whole_time(30 * MINUTE, [TIMED, TIMED]) == 30 * MINUTE
    assert sections.whole_time(hour, [TIMED, Rules()]) == hour
    assert sections.whole_time(None, [TIMED, TIMED]) == 40 * MINUTE
    assert sections.whole_time(None, [TIMED, Rules()]) is None
    assert sections.whole_time(None, []) is None


# ---------------------------------------------------------------- entering and leaving


def test_entering_starts_the_sections_own_clock_stretched_for_the_person() -> None:
    assert three(TIMED, limits=Limits(Fraction(3, 2)))[0].closes_at == START + 30 * MINUTE


def test_a_sections_clock_never_runs_past_the_attempts_deadline() -> None:
    assert three(TIMED, limits=Limits(deadline=START + 7 * MINUTE))[0].closes_at == START + 7 * MINUTE


def test_a_section_without_a_time_of_its_own_has_no_end() -> None:
    assert three(Rules(one_way=True), limits=Limits(deadline=START + MINUTE))[0].closes_at is None


def test_it_may_be_left_from_its_minimum_on_and_not_a_moment_before() -> None:
    part = three(TIMED)[0]
    assert sections.may_leave_at(part, Fraction(1)) == START + 5 * MINUTE
    assert sections.may_leave_at(part, Fraction(2)) == START + 10 * MINUTE
    assert sections.may_leave_at(three(Rules(maximum=MINUTE))[0], Fraction(1)) is None
    assert sections.may_leave_at(Part(1, TIMED), Fraction(1)) is None


def test_nobody_is_held_past_the_end_of_a_section() -> None:
    part = three(TIMED, limits=Limits(deadline=START + 3 * MINUTE))[0]
    assert sections.may_leave_at(part, Fraction(1)) == START + 3 * MINUTE


def test_leaving_closes_it_for_good_and_enters_the_next_at_that_instant() -> None:
    first, second, third = sections.left(three(TIMED, TIMED, TIMED), START + 6 * MINUTE, Limits())
    assert stages((first, second, third)) == [Stage.LEFT, Stage.OPEN, Stage.AHEAD]
    assert first.left_at == second.entered_at == START + 6 * MINUTE
    assert second.closes_at == START + 26 * MINUTE


def test_left_in_the_grace_the_next_began_when_the_time_was_over() -> None:
    parts = sections.left(three(TIMED, TIMED), START + 20 * MINUTE + 3 * SECOND, Limits())
    assert parts[0].left_at == parts[1].entered_at == START + 20 * MINUTE


def test_leaving_the_last_leaves_none_open() -> None:
    parts = sections.left(three(TIMED), START + 6 * MINUTE, Limits())
    assert stages(parts) == [Stage.LEFT]
    assert sections.current(parts) is None
    assert sections.left(parts, START + 9 * MINUTE, Limits()) == parts


# ---------------------------------------------------------------- time over, nobody looking


@pytest.mark.parametrize("late", [timedelta(0), SECOND, G])
def test_nothing_advances_by_the_end_or_in_the_grace(late: timedelta) -> None:
    parts = three(TIMED, TIMED)
    assert sections.advanced(parts, START + 20 * MINUTE + late, Limits()) == parts


def test_after_the_grace_the_next_runs_since_the_end_of_the_one_before() -> None:
    parts = sections.advanced(three(TIMED, TIMED, TIMED), START + 20 * MINUTE + G + SECOND, Limits())
    assert stages(parts) == [Stage.LEFT, Stage.OPEN, Stage.AHEAD]
    assert parts[1].entered_at == START + 20 * MINUTE
    assert parts[1].closes_at == START + 40 * MINUTE


def test_who_comes_back_after_an_hour_finds_each_section_over_in_its_turn() -> None:
    parts = sections.advanced(three(TIMED, TIMED, TIMED), START + 59 * MINUTE, Limits())
    assert [each.entered_at for each in parts] == [START, START + 20 * MINUTE, START + 40 * MINUTE]
    assert stages(parts) == [Stage.LEFT, Stage.LEFT, Stage.OPEN]
    assert sections.current(sections.advanced(parts, START + 61 * MINUTE, Limits())) is None


def test_advancing_stops_at_a_section_without_a_time_of_its_own() -> None:
    parts = sections.advanced(three(TIMED, Rules(), TIMED), START + 500 * MINUTE, Limits())
    assert stages(parts) == [Stage.LEFT, Stage.OPEN, Stage.AHEAD]


def test_advancing_twice_is_advancing_once() -> None:
    late = START + 45 * MINUTE
    once = sections.advanced(three(TIMED, TIMED, TIMED), late, Limits())
    assert sections.advanced(once, late, Limits()) == once


# ---------------------------------------------------------------- extra time


def test_extra_time_moves_an_open_sections_end_and_no_other() -> None:
    parts = three(TIMED, TIMED)
    assert sections.extended(parts[0], 5 * MINUTE, None).closes_at == START + 25 * MINUTE
    assert sections.extended(parts[1], 5 * MINUTE, None) == parts[1]
    gone = sections.left(parts, START + 6 * MINUTE, Limits())[0]
    assert sections.extended(gone, 5 * MINUTE, None) == gone


def test_extra_time_never_moves_an_end_earlier_or_past_the_deadline() -> None:
    part = three(TIMED)[0]
    assert sections.extended(part, -MINUTE, None) == part
    assert sections.extended(part, 5 * MINUTE, START + 22 * MINUTE).closes_at == START + 22 * MINUTE
    assert sections.extended(part, 5 * MINUTE, START + 10 * MINUTE) == part


# ---------------------------------------------------------------- questions with a time of their own


HALF = Rules(question_time=30 * SECOND)


def test_a_question_locks_its_own_time_after_it_was_opened() -> None:
    at = START + MINUTE
    assert sections.question_closes_at(at, HALF, Limits(), None) == at + 30 * SECOND
    assert sections.question_closes_at(at, HALF, Limits(Fraction(4, 3)), None) == at + 40 * SECOND


def test_a_questions_time_ends_with_its_section_and_with_the_attempt() -> None:
    assert sections.question_closes_at(START, HALF, Limits(), START + 9 * SECOND) == START + 9 * SECOND
    limits = Limits(deadline=START + 7 * SECOND)
    assert sections.question_closes_at(START, HALF, limits, START + 9 * SECOND) == START + 7 * SECOND


def test_a_question_without_a_time_of_its_own_ends_with_its_section() -> None:
    assert sections.question_closes_at(START, Rules(one_way=True), Limits(), None) is None
    assert sections.question_closes_at(START, Rules(one_way=True), Limits(), START + MINUTE) == START + MINUTE


def test_one_way_only_the_next_question_may_be_opened() -> None:
    way = Rules(one_way=True)
    assert sections.may_open(4, [], 4, 6, way)
    assert sections.may_open(6, [4, 5], 4, 6, way)
    assert not sections.may_open(6, [4], 4, 6, way)
    assert not sections.may_open(4, [4, 5], 4, 6, way)
    assert not sections.may_open(7, [4, 5, 6], 4, 6, way)


def test_with_question_times_alone_any_question_of_the_section_may_be_opened() -> None:
    assert sections.may_open(6, [4], 4, 6, HALF)
    assert sections.may_open(4, [4, 6], 4, 6, HALF)
    assert not sections.may_open(3, [4], 4, 6, HALF)
