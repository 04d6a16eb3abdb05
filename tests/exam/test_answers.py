"""Answers as candidates type and choose them."""

import time
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.answers import check_answer, normal_text, parse_number
from mockhall.exam.errors import AnswerError
from mockhall.exam.exact import fixed
from mockhall.exam.paper import Answer, Kind
from tests.exam.make import IDS, shape


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12.5", Fraction(25, 2)), ("12,5", Fraction(25, 2)), (" 12.5 ", Fraction(25, 2)), ("१२.५", Fraction(25, 2)),
        ("१२,५", Fraction(25, 2)), ("-3", Fraction(-3)), ("\u22123", Fraction(-3)), ("+3", Fraction(3)),
        ("1e3", Fraction(1000)), ("1E+3", Fraction(1000)), ("2.5e\u22123", Fraction(1, 400)), ("1,5e3", Fraction(1500)),
        (",5", Fraction(1, 2)), (".5", Fraction(1, 2)), ("0,125", Fraction(1, 8)),
        ("1234,567", Fraction(1234567, 1000)),
        ("1,2345", Fraction(12345, 10000)), ("1,23", Fraction(123, 100)), ("\u00a07\u2009", Fraction(7)),
        ("1e308", Fraction(10**308)),
    ],
)  # fmt: skip
def test_a_typed_number_is_understood(typed: str, value: Fraction) -> None:
    assert parse_number(typed) == value


@pytest.mark.parametrize("typed", ["1,234", "-12,345", "999,999", "१,२३४", "\u22121,234", "1,234e2"])
def test_a_comma_that_could_be_either_is_refused_with_both_readings(typed: str) -> None:
    with pytest.raises(AnswerError, match="two ways") as refused:
        parse_number(typed)
    assert refused.value.field == "text"


def test_the_refusal_says_the_value_as_understood() -> None:
    with pytest.raises(AnswerError, match=r"Write 1234 or 1\.234\."):
        parse_number("१,२३४")
    with pytest.raises(AnswerError, match=r"We understand 1234\.5\."):
        parse_number("1,234.5")
    with pytest.raises(AnswerError, match="We understand 100000"):
        parse_number("1,00,000")


def test_a_point_before_a_comma_is_not_misread_as_a_small_number() -> None:
    with pytest.raises(AnswerError) as refused:
        parse_number("1.234,5")
    assert "1.2345" not in refused.value.text


@pytest.mark.parametrize(
    "typed",
    ["", "x", "12 5", "1/2", "1..2", "--1", "1e", "1e5.5", "e5", "nan", "inf", "0x10", "1_000", "٣", "５", "१२x",
     "1e309", "1,2,3x", "5%", "1\x00"],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(AnswerError):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["1e999999", "1e-999999999", "9" * 1_000_000, "1e" + "9" * 1_000_000])
def test_an_enormous_number_is_refused_at_once(typed: str) -> None:
    before = time.thread_time()
    with pytest.raises(AnswerError):
        parse_number(typed)
    assert time.thread_time() - before < 0.5  # read as a number it takes hours


def test_a_number_of_65_characters_is_told_so() -> None:
    assert parse_number("0" * 63 + "7") == 7
    with pytest.raises(AnswerError, match="at most 64"):
        parse_number("0" * 64 + "7")


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_refused_and_never_a_crash(typed: str) -> None:
    with suppress(AnswerError):
        assert isinstance(parse_number(typed), Fraction)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_devanagari_digits_and_a_real_minus_mean_the_same_number(units: int, places: int) -> None:
    ascii_ = fixed(Fraction(units, 10**places), places)
    hindi = ascii_.translate(str.maketrans("0123456789-", "०१२३४५६७८९\u2212"))
    assert parse_number(hindi) == parse_number(ascii_) == Fraction(units, 10**places)


@pytest.mark.parametrize(
    ("left", "right"),
    [("  Asyncio   GATHER\n", "asyncio gather"), ("e\u0301", "\u00e9"), ("STRASSE", "straße"), ("İ", "i\u0307")],
)
def test_texts_that_differ_only_in_form_are_equal(left: str, right: str) -> None:
    assert normal_text(left, case=False) == normal_text(right, case=False)


def test_case_counts_where_it_matters_and_spaces_still_do_not() -> None:
    assert normal_text(" True ", case=True) == "True"
    assert normal_text("true", case=True) != normal_text("True", case=True)


@given(st.text(max_size=50), st.booleans())
def test_normalising_twice_changes_nothing(text: str, case: bool) -> None:
    once = normal_text(text, case)
    assert normal_text(once, case) == once


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("given_", [Answer(), Answer(text="   "), Answer(choice=("",))])
def test_an_answer_of_only_spaces_is_blank(kind: Kind, given_: Answer) -> None:
    assert check_answer(shape(kind), given_) == Answer()


def test_choices_are_kept_sorted_so_that_equal_answers_are_equal() -> None:
    assert check_answer(shape(Kind.MULTIPLE), Answer(("c", "a"))) == Answer(("a", "c"))
    assert check_answer(shape(Kind.SINGLE), Answer(("b",), text=" ")) == Answer(("b",))


def test_a_number_is_kept_as_typed_without_the_spaces_around() -> None:
    assert check_answer(shape(Kind.NUMERIC), Answer(text=" १२,५ ")) == Answer(text="१२,५")


def test_a_text_keeps_the_candidates_own_wording() -> None:
    wording = "  It  Raises\r\n\tTypeError "
    assert check_answer(shape(Kind.TEXT), Answer(text=wording)).text == wording


@pytest.mark.parametrize(
    ("kind", "answer", "field"),
    [
        (Kind.SINGLE, Answer(("x",)), "choice"),
        (Kind.SINGLE, Answer(("a", "b")), "choice"),
        (Kind.SINGLE, Answer(("a", "a")), "choice"),
        (Kind.MULTIPLE, Answer(("a", "a")), "choice"),
        (Kind.MULTIPLE, Answer(("a", "x")), "choice"),
        (Kind.SINGLE, Answer(text="a"), "text"),
        (Kind.NUMERIC, Answer(text="twelve"), "text"),
        (Kind.NUMERIC, Answer(("a",)), "choice"),
        (Kind.TEXT, Answer(("a",), text="b"), "choice"),
        (Kind.TEXT, Answer(text="a\x00b"), "text"),
        (Kind.TEXT, Answer(text="a\x1bb"), "text"),
        (Kind.TEXT, Answer(text="a\x85b"), "text"),
        (Kind.TEXT, Answer(text="\x1c"), "text"),
        (Kind.TEXT, Answer(text="\ud800"), "text"),
        (Kind.NUMERIC, Answer(text="1\x00"), "text"),
        (Kind.SINGLE, Answer(("a",), text="\x00"), "text"),
    ],
)
def test_nonsense_is_refused_beside_its_field(kind: Kind, answer: Answer, field: str) -> None:
    with pytest.raises(AnswerError) as refused:
        check_answer(shape(kind), answer)
    assert refused.value.field == field


def test_a_text_may_have_two_thousand_characters_and_no_more() -> None:
    assert check_answer(shape(Kind.TEXT), Answer(text="क" * 2_000)).text == "क" * 2_000
    with pytest.raises(AnswerError, match="2,001"):
        check_answer(shape(Kind.TEXT), Answer(text="क" * 2_001))


@given(st.sampled_from(Kind), st.lists(st.sampled_from([*IDS, "x", ""]), max_size=4), st.text(max_size=20))
def test_an_answer_once_kept_is_kept_again_unchanged(kind: Kind, choice: list[str], text: str) -> None:
    try:
        kept = check_answer(shape(kind), Answer(tuple(choice), text))
    except AnswerError:
        return
    assert check_answer(shape(kind), kept) == kept
