"""How long a question is likely to take, and when a test has more work than time."""

from datetime import timedelta

import pytest

from mockhall.exam.kinds import Kind
from mockhall.exam.pace import is_too_much, usual_seconds, work


@pytest.mark.parametrize(
    ("kind", "difficulty", "seconds"),
    [
        (Kind.SINGLE, "Easy", 45), (Kind.SINGLE, "Medium", 60), (Kind.SINGLE, "Advanced", 90), (Kind.SINGLE, "", 60),
        (Kind.TRUE_FALSE, "Easy", 30), (Kind.CLOZE, "Advanced", 105), (Kind.MULTIPLE, "Easy", 60),
    ],
)  # fmt: skip
def test_the_rule_of_thumb_goes_by_type_and_difficulty(kind: Kind, difficulty: str, seconds: int) -> None:
    assert usual_seconds(kind, difficulty) == seconds


def test_of_optional_questions_so_many_of_middling_length_count() -> None:
    assert (work([60, 120]), work([60, 120], 1), work([60, 120], 9), work([])) == (180, 90, 180, 0)


def test_a_tenth_more_work_than_time_is_no_matter() -> None:
    hour = timedelta(hours=1)
    assert (is_too_much(3960, hour), is_too_much(3961, hour)) == (False, True)
