"""Key rulings."""

from fractions import Fraction

import pytest

from mockhall.exam.errors import RuleError
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer
from mockhall.exam.rulings import Action, Ruled, Ruling, reruled, ruled
from tests.exam.make import BLANK, RIGHT, WRONG, chosen, make_item, options_key

FOUR = Fraction(4)
MORE = Ruling(Action.MORE_THAN_ONE_RIGHT, right=frozenset("ab"))
FULL_BUT_BLANK = Mark(FOUR, Outcome.BLANK)


@pytest.mark.parametrize(
    ("ruling", "right", "wrong", "blank"),
    [
        (Ruling(Action.ALL_RIGHT), RIGHT, RIGHT, BLANK),
        (Ruling(Action.DROPPED), RIGHT, RIGHT, FULL_BUT_BLANK),
        (Ruling(Action.UPHOLD), RIGHT, WRONG, BLANK),
        (Ruling(Action.CHANGE_KEY, key=options_key("b")), RIGHT, WRONG, BLANK),
    ],
)
def test_a_ruling_gives_each_answer_its_marks(ruling: Ruling, right: Mark, wrong: Mark, blank: Mark) -> None:
    assert ruled(ruling, chosen("a"), RIGHT, FOUR) == Ruled(right, FOUR)
    assert ruled(ruling, chosen("c"), WRONG, FOUR) == Ruled(wrong, FOUR)
    assert ruled(ruling, Answer(), BLANK, FOUR) == Ruled(blank, FOUR)


@pytest.mark.parametrize(
    ("choice", "given", "after"),
    [("a", RIGHT, RIGHT), ("b", WRONG, RIGHT), ("c", WRONG, WRONG), ("", BLANK, BLANK), ("bc", WRONG, RIGHT)],
)
def test_more_than_one_right_gives_full_marks_to_whoever_chose_any(choice: str, given: Mark, after: Mark) -> None:
    assert ruled(MORE, chosen(choice), given, FOUR).mark == after


@pytest.mark.parametrize(("answer", "given"), [(chosen("a"), RIGHT), (chosen("b"), WRONG), (Answer(), BLANK)])
def test_a_question_left_out_counts_neither_way(answer: Answer, given: Mark) -> None:
    after = ruled(Ruling(Action.LEAVE_OUT), answer, given, FOUR)
    assert (after.mark.marks, after.max, after.counts) == (Fraction(0), Fraction(0), False)


def test_a_changed_key_marks_the_answers_afresh() -> None:
    ruling = Ruling(Action.CHANGE_KEY, key=options_key("b"))
    assert reruled(ruling, make_item(), chosen("b")).mark == RIGHT
    assert reruled(ruling, make_item(), chosen("a")).mark == WRONG
    assert reruled(Ruling(Action.UPHOLD), make_item(), chosen("a")).mark == RIGHT


@pytest.mark.parametrize("action", [Action.ALL_RIGHT, Action.DROPPED, Action.UPHOLD])
def test_every_other_question_still_counts(action: Action) -> None:
    assert ruled(Ruling(action), chosen("a"), RIGHT, FOUR).counts


def test_a_ruling_that_lacks_its_options_or_key_is_refused() -> None:
    with pytest.raises(RuleError, match="right"):
        Ruling(Action.MORE_THAN_ONE_RIGHT)
    with pytest.raises(RuleError, match="key"):
        Ruling(Action.CHANGE_KEY)
