"""Marks: the vectors of exam-semantics 1, partial rules, floors, and marks as text."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.marking import (
    PRESETS,
    Mark,
    Outcome,
    Partial,
    Scheme,
    format_marks,
    fraction,
    lowest,
    mark,
    parse_marks,
    screen_marks,
)
from mockhall.exam.paper import Answer, Key, Kind
from tests.exam.make import chosen, options_key

PLUS_FOUR = Scheme(Fraction(4), Fraction(-1))
JEE = PRESETS["jee-advanced"]


@pytest.mark.parametrize(
    ("key", "table"),
    [
        ("A", {"A": 4, "B": -2, "C": -2, "D": -2, "AB": -2, "ABCD": -2, "": 0}),
        ("AB", {"A": 1, "B": 1, "AB": 4, "AC": -2, "C": -2, "ABC": -2, "": 0}),
        ("ABD", {"A": 1, "B": 1, "D": 1, "AB": 2, "AD": 2, "BD": 2, "ABD": 4, "C": -2, "ABCD": -2, "": 0}),
        ("ABCD", {"A": 1, "C": 1, "AB": 2, "CD": 2, "ABC": 3, "BCD": 3, "ABCD": 4, "": 0}),
    ],
)
def test_jee_advanced_gives_the_published_marks(key: str, table: dict[str, int]) -> None:
    got = {choice: mark(Kind.MULTIPLE, options_key(key), chosen(choice), JEE).marks for choice in table}
    assert got == table


@given(st.sets(st.sampled_from("ABCD"), min_size=1), st.sets(st.sampled_from("ABCD")))
def test_jee_advanced_follows_its_four_rules_for_every_key_and_choice(key: set[str], choice: set[str]) -> None:
    rule = 0 if not choice else -2 if not choice <= key else 4 if choice == key else len(choice)
    assert mark(Kind.MULTIPLE, options_key("".join(key)), chosen("".join(choice)), JEE).marks == rule


def test_three_wrong_answers_at_a_third_sum_to_exactly_minus_one() -> None:
    marks = [mark(Kind.SINGLE, options_key("a"), chosen("b"), PRESETS["gate-1"]).marks for _ in range(3)]
    assert sum(marks) == -1


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("a", Mark(Fraction(4), Outcome.RIGHT)),
        ("b", Mark(Fraction(-1), Outcome.WRONG)),
        ("", Mark(Fraction(0), Outcome.BLANK)),
    ],
)
def test_a_single_choice_is_right_wrong_or_blank(choice: str, expected: Mark) -> None:
    assert mark(Kind.SINGLE, options_key("a"), chosen(choice), PLUS_FOUR) == expected


def test_either_of_two_right_options_is_right_in_a_single_choice() -> None:
    for choice in "ab":
        assert mark(Kind.SINGLE, options_key("ab"), chosen(choice), PLUS_FOUR).outcome is Outcome.RIGHT


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("partial", list(Partial))
def test_a_blank_earns_nought_under_every_scheme(kind: Kind, partial: Partial) -> None:
    scheme = Scheme(Fraction(4), Fraction(-1), partial)
    key = Key(options=frozenset("a"), value=Fraction(0), answers=("a",))
    assert mark(kind, key, Answer(text=" "), scheme) == Mark(Fraction(0), Outcome.BLANK)


@pytest.mark.parametrize(
    ("choice", "none", "per_option", "ratio"),
    [
        ("AB", 4, 4, 4), ("A", -1, 2, 2), ("C", -1, 0, -1), ("AC", -1, 0, -1), ("ABC", -1, 2, 2), ("ABCD", -1, 0, -1),
        ("CD", -1, 0, -1), ("", 0, 0, 0),
    ],
)  # fmt: skip
def test_partial_marks_of_two_right_options(choice: str, none: int, per_option: int, ratio: int) -> None:
    for partial, marks in ((Partial.NONE, none), (Partial.PER_OPTION, per_option), (Partial.RATIO, ratio)):
        scheme = Scheme(Fraction(4), Fraction(-1), partial)
        assert mark(Kind.MULTIPLE, options_key("AB"), chosen(choice), scheme).marks == marks, partial


@pytest.mark.parametrize("partial", list(Partial))
def test_a_single_choice_knows_no_partial_marks(partial: Partial) -> None:
    scheme = Scheme(Fraction(4), Fraction(-1), partial)
    assert mark(Kind.SINGLE, options_key("a"), chosen("b"), scheme).marks == -1


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [("AB", Outcome.RIGHT), ("A", Outcome.PARTLY), ("AC", Outcome.WRONG), ("C", Outcome.WRONG), ("", Outcome.BLANK)],
)
def test_the_outcome_follows_the_marks(choice: str, outcome: Outcome) -> None:
    scheme = Scheme(Fraction(4), Fraction(0), Partial.PER_OPTION)
    assert mark(Kind.MULTIPLE, options_key("AB"), chosen(choice), scheme).outcome is outcome


def test_anything_above_nought_is_partly_right() -> None:
    scheme = Scheme(Fraction(1, 100), Fraction(0), Partial.PER_OPTION)
    assert mark(Kind.MULTIPLE, options_key("AB"), chosen("A"), scheme).outcome is Outcome.PARTLY


@pytest.mark.parametrize(("kind", "low"), [(Kind.MULTIPLE, 0), (Kind.SINGLE, -1), (None, -1)])
def test_per_option_marks_of_several_right_options_never_fall_below_nought(kind: Kind | None, low: int) -> None:
    assert lowest(Scheme(Fraction(4), Fraction(-1), Partial.PER_OPTION), kind) == low


@pytest.mark.parametrize(
    ("full", "earned"),
    [
        ("4", {"A": 1, "ABC": 3, "ABCD": 4}), ("2", {"A": 1, "AB": 2, "ABC": 2, "ABCD": 2, "AE": -1}),
        ("1", {"A": 1, "ABCD": 1}), ("1/2", {"A": "1/2", "ABCD": "1/2", "E": -1}), ("10", {"ABC": 3, "ABCD": 10}),
    ],
)  # fmt: skip
def test_a_part_never_earns_more_than_the_whole(full: str, earned: dict[str, int | str]) -> None:
    """With fewer marks than right options the table ends early; as much as the whole counts as right."""
    scheme = Scheme(Fraction(full), Fraction(-1), Partial.SUBSET_TABLE)
    for choice, marks in earned.items():
        found = mark(Kind.MULTIPLE, options_key("ABCD"), chosen(choice), scheme)
        assert found.marks == Fraction(marks), choice
        assert (found.outcome is Outcome.RIGHT) == (found.marks == Fraction(full)), choice


def test_a_match_of_few_marks_earns_no_more_than_they_are() -> None:
    key, scheme = (
        Key(pairs=(("a", "1"), ("b", "2"), ("c", "3"))),
        Scheme(Fraction(2), Fraction(-1), Partial.SUBSET_TABLE),
    )
    said: list[tuple[dict[str, str], int]] = [({"a": "1"}, 1), ({"a": "1", "b": "2"}, 2), ({"a": "1", "b": "3"}, -1)]
    assert [mark(Kind.MATCH, key, Answer.of([], "", parts), scheme).marks for parts, _ in said] == [m for _, m in said]


def test_the_questions_floor_lifts_a_wrong_answer_and_it_stays_wrong() -> None:
    scheme = Scheme(Fraction(4), Fraction(-2), floor=Fraction(-1))
    assert mark(Kind.SINGLE, options_key("a"), chosen("b"), scheme) == Mark(Fraction(-1), Outcome.WRONG)


def test_an_empty_key_makes_every_answer_wrong_and_crashes_nothing() -> None:
    for partial in Partial:
        scheme = Scheme(Fraction(4), Fraction(-1), partial)
        for kind in Kind:
            assert mark(kind, Key(), Answer(("a",), "1"), scheme).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("key", "text", "right"),
    [
        (Key(value=Fraction(25, 2)), "12.5", True), (Key(value=Fraction(25, 2)), "१२,५०", True),
        (Key(value=Fraction(25, 2)), "12.51", False),
        (Key(value=Fraction(10), tolerance=Fraction("0.01")), "10.01", True),
        (Key(value=Fraction(10), tolerance=Fraction("0.01")), "9.99", True),
        (Key(value=Fraction(10), tolerance=Fraction("0.01")), "10.010001", False),
        (Key(value=Fraction(-200), relative=Fraction("0.05")), "-210", True),
        (Key(value=Fraction(-200), relative=Fraction("0.05")), "-190", True),
        (Key(value=Fraction(-200), relative=Fraction("0.05")), "-210.1", False),
        (Key(value=Fraction(10), tolerance=Fraction(1), relative=Fraction("0.05")), "11", True),
        (Key(low=Fraction(3), high=Fraction(4)), "3", True), (Key(low=Fraction(3), high=Fraction(4)), "4.0", True),
        (Key(low=Fraction(3), high=Fraction(4)), "4.0001", False),
        (Key(low=Fraction(3), high=Fraction(4)), "2.999", False),
        (Key(value=Fraction(0)), "twelve", False), (Key(value=Fraction(1, 3)), "0.3333", False),
    ],
)  # fmt: skip
def test_tolerances_and_ranges_include_their_ends(key: Key, text: str, right: bool) -> None:
    outcome = mark(Kind.NUMERIC, key, Answer(text=text), PLUS_FOUR).outcome
    assert outcome is (Outcome.RIGHT if right else Outcome.WRONG)


@pytest.mark.parametrize(
    ("text", "case", "right"),
    [
        ("asyncio.gather", False, True), (" ASYNCIO.Gather ", False, True), ("gather", False, True),
        ("gather()", False, False), ("Gather", True, False), ("gather", True, True),
    ],
)  # fmt: skip
def test_a_text_is_compared_in_its_normal_form(text: str, case: bool, right: bool) -> None:
    key = Key(answers=("asyncio.gather", "gather"), case=case)
    assert (mark(Kind.TEXT, key, Answer(text=text), PLUS_FOUR).outcome is Outcome.RIGHT) is right


def test_the_fraction_of_an_answer_counts_wrong_choices_against_right_ones() -> None:
    assert fraction(Kind.MULTIPLE, options_key("ABD"), chosen("ABC")) == Fraction(1, 3)
    assert fraction(Kind.MULTIPLE, options_key("A"), chosen("BC")) == -2
    assert fraction(Kind.SINGLE, options_key("a"), chosen("a")) == 1
    assert fraction(Kind.MULTIPLE, Key(), chosen("a")) == 0


schemes = st.builds(
    Scheme,
    full=st.fractions(Fraction(1, 8), 8, max_denominator=8),
    wrong=st.fractions(-4, 0, max_denominator=6),
    partial=st.sampled_from(Partial),
    floor=st.none() | st.fractions(-4, 0, max_denominator=6),
    no_negative=st.frozensets(st.sampled_from(Kind)),
)


@given(st.sampled_from([Kind.SINGLE, Kind.MULTIPLE]), schemes, st.sets(st.sampled_from("ABCD"), min_size=1))
def test_no_answer_earns_outside_lowest_and_full(kind: Kind, scheme: Scheme, key: set[str]) -> None:
    answers = ["".join(group) for size in range(5) for group in combinations("ABCD", size)]
    marks = [mark(kind, options_key("".join(key)), chosen(answer), scheme).marks for answer in answers]
    assert max(marks) == scheme.full
    assert lowest(scheme) <= lowest(scheme, kind) <= min(marks)


@given(schemes)
def test_the_lowest_marks_are_reached(scheme: Scheme) -> None:
    worst = min(mark(kind, options_key("a"), Answer(("b",), "z"), scheme).marks for kind in Kind)
    assert worst == lowest(scheme)


@pytest.mark.parametrize(
    ("marks", "text"), [("7/2", "3.5"), ("-1/3", "-1/3"), ("4", "4"), ("-1/2", "-0.5"), ("0", "0")]
)
def test_replies_write_a_plain_decimal_when_exact_else_a_fraction(marks: str, text: str) -> None:
    assert format_marks(Fraction(marks)) == text


@pytest.mark.parametrize(
    ("marks", "text"),
    [
        ("-1/3", "\u22120.33"), ("7/2", "3.5"), ("4", "4"), ("100", "100"), ("-2", "\u22122"), ("0", "0"),
        ("1/8", "0.12"), ("3/8", "0.38"), ("-1/1000", "0"), ("2/3", "0.67"),
    ],
)  # fmt: skip
def test_pages_show_two_decimals_at_most_and_a_real_minus(marks: str, text: str) -> None:
    assert screen_marks(Fraction(marks)) == text


@given(st.fractions(-10_000, 10_000, max_denominator=1000))
def test_marks_written_are_read_back(marks: Fraction) -> None:
    assert parse_marks(format_marks(marks)) == marks


@pytest.mark.parametrize("text", ["", "four", "1,5", "10001", "-10001", "1e9"])
def test_marks_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_marks(text, "full")
    assert refused.value.field == "full"
