"""Exact numbers to and from text."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.exact import decimal_value, fixed, parse_exact, plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (4, Fraction(4)), (-0.5, Fraction(-1, 2)), (0.1, Fraction(1, 10)), ("3.5", Fraction(7, 2)),
        ("-1/3", Fraction(-1, 3)), ("\u22121/3", Fraction(-1, 3)), (" +2 ", Fraction(2)), (".5", Fraction(1, 2)),
        ("5.", Fraction(5)), ("6.02e23", Fraction(602 * 10**21)), ("1e-308", Fraction(1, 10**308)),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly(written: object, value: Fraction) -> None:
    assert parse_exact(written, "marks") == value


@pytest.mark.parametrize(
    "written",
    ["", "x", "1,5", "1/0", "1/2/3", "1.5/2", "--1", "1e309", "1e-309", "1e999999", "nan", "inf", "٣", "1_000", ".",
     "e5", "9" * 65, True, None, [], float("nan"), float("inf")],
)  # fmt: skip
def test_anything_else_is_refused_beside_its_field(written: object) -> None:
    with pytest.raises(RuleError) as refused:
        parse_exact(written, "floor")
    assert refused.value.field == "floor"


def test_a_number_may_have_64_characters_and_no_more() -> None:
    assert parse_exact("1/" + "0" * 61 + "2", "x") == Fraction(1, 2)
    with pytest.raises(RuleError):
        parse_exact("1/" + "0" * 62 + "2", "x")
    assert decimal_value("9" * 64) == 10**64 - 1
    assert decimal_value("9" * 65) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 2), "3.5"), (Fraction(-1, 3), "-1/3"), (Fraction(4), "4"), (Fraction(0), "0"),
        (Fraction(-1, 8), "-0.125"), (Fraction(1, 6), "1/6"), (Fraction(1, 10**6), "0.000001"), (Fraction(50), "50"),
    ],
)  # fmt: skip
def test_a_value_prints_as_a_decimal_when_exact_else_as_a_fraction(value: Fraction, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 8), 2, "0.12"), (Fraction(3, 8), 2, "0.38"), (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(5, 2), 0, "2"), (Fraction(-7, 2), 0, "-4"), (Fraction(-1, 4), 1, "-0.2"),
    ],
)  # fmt: skip
def test_fixed_rounds_half_to_even_and_never_says_minus_nought(value: Fraction, places: int, text: str) -> None:
    assert fixed(value, places) == text


@given(st.fractions(max_denominator=10**6))
def test_what_is_printed_reads_back_as_the_same_value(value: Fraction) -> None:
    assert parse_exact(plain(value), "x") == value
