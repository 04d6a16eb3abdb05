"""Optional questions: which of them count."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.optional import Choosable, Choose, counted
from tests.exam.make import NINE


def question(number: int, marks: int, minute: int | None) -> Choosable:
    return Choosable(number, Fraction(marks), None if minute is None else NINE + timedelta(minutes=minute))


FIVE = [question(1, -1, 1), question(2, 5, 9), question(3, 5, 4), question(4, 0, None), question(5, 0, 2)]


@pytest.mark.parametrize(
    ("rule", "k", "numbers"),
    [
        (Choose.BEST, 1, {2}), (Choose.BEST, 2, {2, 3}), (Choose.BEST, 3, {2, 3, 5}), (Choose.BEST, 4, {1, 2, 3, 5}),
        (Choose.FIRST, 1, {1}), (Choose.FIRST, 2, {1, 5}), (Choose.FIRST, 3, {1, 3, 5}),
        (Choose.FIRST, 4, {1, 2, 3, 5}),
        (Choose.BEST, 5, {1, 2, 3, 4, 5}), (Choose.FIRST, 9, {1, 2, 3, 4, 5}),
    ],
)  # fmt: skip
def test_the_best_or_the_first_k_count(rule: Choose, k: int, numbers: set[int]) -> None:
    assert counted(rule, k, reversed(FIVE)) == numbers


def test_a_wrong_answer_is_not_swapped_for_a_blank() -> None:
    assert counted(Choose.BEST, 1, [question(1, 0, None), question(2, -1, 1)]) == {2}


def test_answers_kept_at_the_same_instant_count_in_the_papers_order() -> None:
    assert counted(Choose.FIRST, 1, [question(2, 5, 1), question(1, -1, 1)]) == {1}


def test_at_least_one_question_counts() -> None:
    with pytest.raises(RuleError, match="k: "):
        counted(Choose.BEST, 0, FIVE)


@pytest.mark.parametrize(
    ("rule", "words"), [(Choose.BEST, "your best 50 count"), (Choose.FIRST, "the first 50 you answered")]
)
def test_the_rule_can_be_said_before_the_start(rule: Choose, words: str) -> None:
    sentence = rule.sentence(50, 60)
    assert sentence.startswith("Answer any 50 of 60 questions.")
    assert words in sentence


questions = st.lists(
    st.builds(question, st.integers(1, 99), st.integers(-1, 5), st.none() | st.integers(0, 60)),
    max_size=12,
    unique_by=lambda each: each.number,
)


@given(questions, st.integers(1, 12), st.sampled_from(Choose))
def test_exactly_k_count_and_no_blank_before_an_answer(rows: list[Choosable], k: int, rule: Choose) -> None:
    chosen = counted(rule, k, rows)
    assert len(chosen) == min(k, len(rows))
    left_out_answered = any(each.kept_at is not None for each in rows if each.number not in chosen)
    assert not (left_out_answered and any(each.kept_at is None for each in rows if each.number in chosen))


@given(questions, st.integers(1, 12))
def test_the_best_k_are_never_worse_than_the_first(rows: list[Choosable], k: int) -> None:
    def total(rule: Choose) -> Fraction:
        chosen = counted(rule, k, rows)
        return sum((each.marks for each in rows if each.number in chosen), Fraction(0))

    answered = [each for each in rows if each.kept_at is not None]
    if len(answered) >= k:
        assert total(Choose.BEST) >= total(Choose.FIRST)
