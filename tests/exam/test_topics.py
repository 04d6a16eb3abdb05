"""Strong and weak topics: Wilson's interval by hand, and where the line is."""

import pytest

from mockhall.exam.topics import FEW, LINE, Finding, finding, interval


def test_the_interval_of_seven_of_ten_is_that_worked_by_hand() -> None:
    """z = 1.644854, z^2 = 2.705543: (0.7 + 0.1352772 -+ 1.644854 sqrt(0.021 + 0.0067639)) / 1.2705543."""
    found = interval(7, 10)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.4417, 0.8731)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(5, 5, 0.6489, 1.0), (0, 5, 0.0, 0.3511), (0, 1, 0.0, 0.7301)]
)
def test_the_interval_stays_within_all_and_nothing(right: int, of: int, low: float, high: float) -> None:
    found = interval(right, of)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_no_questions_there_is_no_interval() -> None:
    assert interval(0, 0) is None
    assert finding(0, 0) is Finding.FEW


@pytest.mark.parametrize(
    ("right", "of", "expected"),
    [
        (4, 4, Finding.FEW), (0, 4, Finding.FEW), (5, 5, Finding.STRONG), (4, 5, Finding.UNCLEAR),
        (9, 10, Finding.STRONG), (8, 10, Finding.UNCLEAR), (1, 5, Finding.WEAK), (2, 5, Finding.UNCLEAR),
        (3, 10, Finding.WEAK), (4, 10, Finding.UNCLEAR), (35, 50, Finding.UNCLEAR), (36, 50, Finding.STRONG),
    ],
)  # fmt: skip
def test_a_topic_is_strong_or_weak_when_the_whole_interval_lies_beyond_the_line(
    right: int, of: int, expected: Finding
) -> None:
    assert finding(right, of) is expected


def test_more_right_answers_never_make_a_topic_weaker() -> None:
    ladder = [Finding.WEAK, Finding.UNCLEAR, Finding.STRONG]
    for of in range(FEW, 40):
        steps = [ladder.index(finding(right, of)) for right in range(of + 1)]
        assert steps == sorted(steps)
        assert (steps[0], steps[-1]) == (0, 2), f"the line of {LINE} can't be reached with {of}"
