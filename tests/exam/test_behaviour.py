"""Slow and lucky answers: the rules of exam-semantics, section 6."""

from fractions import Fraction

import pytest

from mockhall.exam.behaviour import Pace, is_lucky, is_slow, own_limit
from mockhall.exam.marking import Outcome
from mockhall.exam.spread import Quartiles

TIMES = Quartiles(Fraction(20_000), Fraction(30_000), Fraction(45_000))


def test_of_thirty_people_the_upper_quartile_is_the_limit() -> None:
    pace = Pace(30, TIMES)
    assert is_slow(45_001, pace, own_limit([90_000]))
    assert not is_slow(45_000, pace, own_limit([1]))


def test_of_fewer_people_twice_the_own_median_is_the_limit() -> None:
    own = own_limit([10_000, 20_000, 60_000])
    assert own == 40_000
    for pace in (Pace(29, TIMES), None):
        assert is_slow(40_001, pace, own)
        assert not is_slow(40_000, pace, own)


def test_questions_without_a_time_are_not_slow_and_count_in_no_median() -> None:
    assert own_limit([0, 0, 10_000]) == 20_000
    assert own_limit([0, 0]) is None
    assert not is_slow(0, None, own_limit([0]))
    assert not is_slow(5_000, None, None)


@pytest.mark.parametrize(
    ("outcome", "certainty", "marked", "lucky"),
    [
        (Outcome.RIGHT, None, True, True),
        (Outcome.RIGHT, None, False, False),
        (Outcome.RIGHT, 1, False, True),
        (Outcome.RIGHT, 0, False, True),  # nothing said counts as not sure
        (Outcome.RIGHT, 2, True, False),  # where the test asks, what was said holds
        (Outcome.RIGHT, 3, False, False),
        (Outcome.PARTLY, 1, True, False),
        (Outcome.WRONG, 1, True, False),
        (Outcome.BLANK, None, True, False),
        (None, None, True, False),
    ],
)
def test_a_lucky_answer_is_right_although_its_candidate_was_unsure(
    outcome: Outcome | None, certainty: int | None, marked: bool, lucky: bool
) -> None:
    assert is_lucky(outcome, certainty, marked) is lucky
