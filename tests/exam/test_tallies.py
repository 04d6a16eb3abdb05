"""Counts give the same as a row a person."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam import tallies
from mockhall.exam.spread import counted_quartiles, quartiles

halves = st.integers(-4, 8).map(lambda units: units / 2)


@given(st.lists(st.tuples(halves, halves), max_size=20))
def test_the_best_pairing_is_both_sorted(pairs: list[tuple[float, float]]) -> None:
    firsts, seconds = sorted(x for x, _ in pairs), sorted(y for _, y in pairs)
    assert tallies.best(tallies.tally(pairs)) == tallies.tally(zip(firsts, seconds, strict=True))


def test_own_marks_are_taken_from_the_total_and_others_keep_their_count() -> None:
    assert tallies.rest({(4, 10): 3, (0, 6): 2}) == {(4, 6): 3, (0, 6): 2}
    assert tallies.people({(4, 10): 3, (0, 6): 2}) == 5


@given(st.lists(st.integers(0, 9), max_size=30))
def test_quartiles_of_counts_are_those_of_the_values(values: list[int]) -> None:
    assert counted_quartiles({value: values.count(value) for value in values}) == quartiles(values)


def test_two_values_have_quartiles_between_them() -> None:
    found = counted_quartiles({10: 1, 20: 1})
    assert found is not None
    assert (found.lower, found.median, found.upper) == (Fraction(25, 2), Fraction(15), Fraction(35, 2))
