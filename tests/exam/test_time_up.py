"""What is due at the deadline, at every boundary."""

from datetime import timedelta

import pytest

from mockhall.exam.time_up import Due, TimeUp, due
from tests.exam.make import HOUR, NINE, TICK

GRACE = timedelta(seconds=5)
WINDOW = timedelta(minutes=10)


@pytest.mark.parametrize("policy", list(TimeUp))
@pytest.mark.parametrize("after", [-HOUR, timedelta(0), TICK, GRACE])
def test_nothing_closes_before_the_grace_is_over(policy: TimeUp, after: timedelta) -> None:
    assert due(NINE + after, NINE, GRACE, policy, WINDOW) is Due.NOTHING


@pytest.mark.parametrize(
    ("policy", "after", "expected"),
    [
        (TimeUp.SUBMIT, GRACE + TICK, Due.SUBMIT), (TimeUp.ABANDON, GRACE + TICK, Due.ABANDON),
        (TimeUp.WINDOW, GRACE + TICK, Due.OVERDUE), (TimeUp.WINDOW, WINDOW, Due.OVERDUE),
        (TimeUp.WINDOW, WINDOW + TICK, Due.ABANDON), (TimeUp.SUBMIT, 1000 * HOUR, Due.SUBMIT),
    ],
)  # fmt: skip
def test_after_the_grace_the_papers_policy_applies(policy: TimeUp, after: timedelta, expected: Due) -> None:
    assert due(NINE + after, NINE, GRACE, policy, WINDOW) is expected


def test_without_a_window_an_attempt_nobody_handed_in_is_abandoned_at_once() -> None:
    assert due(NINE + TICK, NINE, timedelta(0), TimeUp.WINDOW) is Due.ABANDON


@pytest.mark.parametrize("policy", list(TimeUp))
def test_an_attempt_without_a_deadline_is_never_due(policy: TimeUp) -> None:
    assert due(NINE + 1000 * HOUR, None, GRACE, policy) is Due.NOTHING
