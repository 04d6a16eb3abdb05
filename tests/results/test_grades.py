"""Which of several attempts counts, averages and trends: worked by hand."""

from fractions import Fraction

import pytest

from mockhall.attempts.models import AttemptState
from mockhall.results.grades import Try, Which, grade, percent_of, rise_text, screen_percent, trend_words


def tries(*percents: int | str | None) -> list[Try]:
    """Attempts one after the other, named a, b, c; None is one that isn't scored."""
    return [
        Try(
            place, "abcdef"[place], AttemptState.IN_PROGRESS if each is None else AttemptState.SCORED,
            None if each is None else Fraction(each),
        )
        for place, each in enumerate(percents)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("which", "percents", "code", "percent", "scored"),
    [
        (Which.FIRST, (40, 70, 55), "a", 40, 3),
        (Which.LAST, (40, 70, 55), "c", 55, 3),
        (Which.BEST, (40, 70, 55), "b", 70, 3),
        (Which.AVERAGE, (40, 70, 55), "c", 55, 3),
        (Which.AVERAGE, (0, 0, 100), "c", Fraction(100, 3), 3),
        (Which.BEST, (70, 70), "a", 70, 2),
        (Which.BEST, (-25, -50), "a", -25, 2),
        (Which.FIRST, (None, 30), "b", 30, 1),
        (Which.LAST, (30, None), "a", 30, 1),
        (Which.AVERAGE, (30, None, 60), "c", 45, 2),
    ],
)
def test_one_of_several_attempts_counts(
    which: Which, percents: tuple[int | None, ...], code: str, percent: Fraction, scored: int
) -> None:
    found = grade(tries(*percents), which)
    assert found is not None
    assert (found.attempt.code, found.percent, found.scored) == (code, percent, scored)


def test_without_a_score_the_newest_attempt_stands_there_and_without_an_attempt_nothing() -> None:
    found = grade(tries(None, None), Which.BEST)
    assert found is not None
    assert (found.attempt.code, found.percent, found.scored) == ("b", None, 0)
    assert grade([], Which.BEST) is None


def test_a_score_is_a_share_of_the_marks_and_none_where_there_were_none() -> None:
    assert percent_of(Fraction(11, 3), Fraction(16)) == Fraction(275, 12)
    assert percent_of(Fraction(0), Fraction(0)) is None
    assert percent_of(None, None) is None


@pytest.mark.parametrize(("value", "text"), [("275/12", "22.9%"), ("-1/3", "−0.3%"), ("100", "100.0%"), ("0", "0.0%")])
def test_a_percentage_has_one_decimal_and_a_real_minus(value: str, text: str) -> None:
    assert screen_percent(Fraction(value)) == text


@pytest.mark.parametrize(
    ("values", "words", "rise"),
    [
        ((), "", ""),
        ((40,), "", ""),
        ((40, 70, 55), "up 15.0 points in 3 tests", "+15.0"),
        ((55, 40), "down 15.0 points in 2 tests", "−15.0"),
        ((40, 41), "up 1.0 point in 2 tests", "+1.0"),
        ((40, 90, 40), "level in 3 tests", "0.0"),
    ],
)
def test_a_trend_goes_from_the_first_test_to_the_last(values: tuple[int, ...], words: str, rise: str) -> None:
    exact = [Fraction(each) for each in values]
    assert (trend_words(exact), rise_text(exact)) == (words, rise)
