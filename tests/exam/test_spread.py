"""Quantiles, type 7."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.spread import Quartiles, quantile, quartiles


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7], ("7", "7", "7")), ([1, 2], ("5/4", "3/2", "7/4")), ([4, 1, 3, 2], ("7/4", "5/2", "13/4")),
        ([1, 2, 3, 4, 5], ("2", "3", "4")), ([10, 10, 10], ("10", "10", "10")),
    ],
)  # fmt: skip
def test_quartiles_interpolate_between_neighbours(values: list[int], expected: tuple[str, str, str]) -> None:
    assert quartiles(values) == Quartiles(*map(Fraction, expected))


def test_no_values_have_no_quantile() -> None:
    assert quantile([], Fraction(1, 2)) is None
    assert quartiles([]) is None


@given(st.lists(st.integers(-1000, 1000).map(Fraction), min_size=2))
def test_quartiles_are_those_of_the_standard_librarys_inclusive_method(values: list[Fraction]) -> None:
    assert quartiles(values) == Quartiles(*statistics.quantiles(values, n=4, method="inclusive"))


@given(st.lists(st.integers(), min_size=1))
def test_the_ends_are_the_smallest_and_the_largest(values: list[int]) -> None:
    assert quantile(values, Fraction(0)) == min(values)
    assert quantile(values, Fraction(1)) == max(values)
