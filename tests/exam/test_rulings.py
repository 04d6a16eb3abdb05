"""Key rulings."""

from fractions import Fraction

import pytest

from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer
from mockhall.exam.rulings import Action, Ruled, Ruling, actions_for, judged, ruled, shown_key, under
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
    assert judged(under(ruling, make_item()), chosen("b")) == RIGHT
    assert judged(under(ruling, make_item()), chosen("a")) == WRONG
    assert judged(under(Ruling(Action.UPHOLD), make_item()), chosen("a")) == RIGHT
    assert judged(under(None, make_item()), chosen("a")) == RIGHT


def test_a_review_shows_every_choice_that_a_ruling_takes() -> None:
    assert shown_key(MORE, options_key("a")).options == {"a", "b"}
    assert shown_key(Ruling(Action.CHANGE_KEY, key=options_key("c")), options_key("a")).options == {"c"}
    assert shown_key(Ruling(Action.DROPPED), options_key("a")) == shown_key(None, options_key("a")) == options_key("a")


@pytest.mark.parametrize("kind", Kind)
def test_further_choices_are_accepted_only_where_one_is_chosen(kind: Kind) -> None:
    assert (Action.MORE_THAN_ONE_RIGHT in actions_for(kind)) is (kind in (Kind.SINGLE, Kind.TRUE_FALSE))


@pytest.mark.parametrize("ruling", [MORE, Ruling(Action.DROPPED), Ruling(Action.CHANGE_KEY, key=options_key("bc"))])
def test_a_ruling_is_read_as_it_was_written(ruling: Ruling) -> None:
    assert Ruling.from_json(ruling.to_json()) == ruling


@pytest.mark.parametrize("action", [Action.ALL_RIGHT, Action.DROPPED, Action.UPHOLD])
def test_every_other_question_still_counts(action: Action) -> None:
    assert ruled(Ruling(action), chosen("a"), RIGHT, FOUR).counts


def test_a_ruling_that_lacks_its_options_or_key_is_refused() -> None:
    with pytest.raises(RuleError, match="right"):
        Ruling(Action.MORE_THAN_ONE_RIGHT)
    with pytest.raises(RuleError, match="key"):
        Ruling(Action.CHANGE_KEY)
