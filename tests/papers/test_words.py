"""How rules read: reveal, marks, extra time."""

from fractions import Fraction

import pytest

from mockhall.exam.kinds import Kind
from mockhall.exam.reveal import PRESETS, Item, Matrix
from mockhall.exam.scheme import Partial, Scheme
from mockhall.papers import words
from mockhall.papers.queries import MarkingLine

ALL = frozenset({Item.MARKS, Item.RIGHT_ANSWER, Item.GENERAL_FEEDBACK})
NONE: frozenset[Item] = frozenset()
SCORE_LATER = "Your score opens two minutes after you hand in; the right answers and the explanations"


def matrix(immediately: bool, later: bool, closed: bool) -> Matrix:
    return Matrix(NONE, *(ALL if seen else NONE for seen in (immediately, later, closed)))


@pytest.mark.parametrize(
    ("preset", "closes", "sentence"),
    [
        ("practice", False, "After each answer you see at once whether it is right, and why."),
        ("mock", False, "Your score, the right answers and the explanations open as soon as you hand in."),
        ("mock", True, "Your score, the right answers and the explanations open as soon as you hand in."),
        (
            "contest",
            True,
            f"{SCORE_LATER} open when the test has closed.",
        ),
        (
            "contest",
            False,  # without an end there is no "after the close": nothing is promised that never comes
            f"{SCORE_LATER} are not shown.",
        ),
    ],
)
def test_each_preset_is_said_in_one_sentence(preset: str, closes: bool, sentence: str) -> None:
    assert words.opens(PRESETS[preset], closes) == sentence


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ((True, True, True), "open as soon as you hand in."),
        ((False, True, True), "open two minutes after you hand in."),
        ((False, False, True), "open when the test has closed."),
        ((True, False, False), "open for the first two minutes after you hand in."),
        ((True, True, False), "open as soon as you hand in, until the test closes."),
        ((False, True, False), "open two minutes after you hand in, until the test closes."),
        ((True, False, True), "open for the first two minutes after you hand in, and again when the test has closed."),
        ((False, False, False), "are not shown."),
    ],
)
def test_every_row_of_the_matrix_is_said_as_it_is(cell: tuple[bool, bool, bool], when: str) -> None:
    assert words.opens(matrix(*cell), closes=True) == f"Your score, the right answers and the explanations {when}"


def test_a_score_that_is_never_shown_is_one_thing() -> None:
    shown = frozenset({Item.RIGHT_ANSWER, Item.GENERAL_FEEDBACK})
    said = words.opens(Matrix(NONE, shown, shown, shown), closes=False)
    assert said == "Your score is not shown; the right answers and the explanations open as soon as you hand in."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "+3"),
        (Fraction(-2, 3), "−2/3"),
        (Fraction(-1, 2), "−0.5"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "+1/3"),
    ],
)
def test_marks_are_said_exactly_with_a_real_minus(value: Fraction, text: str) -> None:
    assert words.marks(value) == text


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (Fraction(5, 4), "25 % extra"),
        (Fraction(4, 3), "20 min extra an hour"),
        (Fraction(3, 2), "50 % extra"),
        (Fraction(2), "100 % extra"),
        (Fraction(8, 7), "14.3 % extra"),
    ],
)
def test_extra_time_is_said_in_whole_numbers_where_there_are_some(factor: Fraction, text: str) -> None:
    assert words.extra(factor) == text


def test_partial_marks_are_said_only_where_several_choices_may_be_right() -> None:
    scheme = Scheme(Fraction(4), Fraction(-2), Partial.SUBSET_TABLE)
    several, one = (MarkingLine(kind, scheme, 1, ["First"]) for kind in (Kind.MULTIPLE, Kind.SINGLE))
    assert words.partial(several) == "+1 for each right choice if none is wrong"
    assert words.partial(one) == ""


def test_every_kind_and_every_partial_rule_has_words() -> None:
    assert set(words.KINDS) == set(Kind)
    assert set(words.PARTIAL) == set(Partial)


@pytest.mark.parametrize(
    ("kind", "rule", "words_"),
    [
        (Kind.MATCH, Partial.RATIO, "Part of it for each right pair; none right is wrong"),
        (Kind.MATCH, Partial.NONE, "For all of it right"),
        (Kind.CLOZE, Partial.SUBSET_TABLE, "+1 for each right blank if none is wrong"),
        (Kind.ORDER, Partial.SUBSET_TABLE, "For all of it right"),
        (Kind.ORDER, Partial.PER_OPTION, "Part of it for each item that follows the right one; none right is wrong"),
        (Kind.TRUE_FALSE, Partial.RATIO, ""),
    ],
)
def test_an_answer_in_parts_says_what_its_parts_earn(kind: Kind, rule: Partial, words_: str) -> None:
    line = MarkingLine(kind, Scheme(Fraction(4), Fraction(-1), rule), 1, ["All"])
    assert words.partial(line) == words_
    assert words.KINDS[kind]
