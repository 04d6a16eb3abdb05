"""Ratings of practice answers."""

from datetime import timedelta

import pytest

from mockhall.exam.practice import Rating, rating

LOWER, UPPER = timedelta(seconds=20), timedelta(seconds=60)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("right", "hinted", "sure", "time", "expected"),
    [
        (False, False, True, LOWER - TICK, Rating.AGAIN),
        (True, True, True, LOWER - TICK, Rating.HARD),
        (True, False, False, LOWER - TICK, Rating.HARD),
        (True, False, True, UPPER + TICK, Rating.HARD),
        (True, False, True, UPPER, Rating.GOOD),
        (True, False, True, LOWER, Rating.GOOD),
        (True, False, True, LOWER - TICK, Rating.EASY),
        (True, False, None, LOWER - TICK, Rating.GOOD),
    ],
)
def test_an_answer_is_rated_by_how_it_came(
    right: bool, hinted: bool, sure: bool | None, time: timedelta, expected: Rating
) -> None:
    assert rating(right, time, hinted=hinted, sure=sure, lower=LOWER, upper=UPPER) is expected


def test_the_ratings_have_the_schedulers_numbers() -> None:
    assert list(Rating) == [1, 2, 3, 4]


def test_without_a_persons_own_times_speed_says_nothing() -> None:
    assert rating(True, timedelta(0), sure=True) is Rating.GOOD
    assert rating(True, timedelta(days=1), sure=True) is Rating.GOOD
