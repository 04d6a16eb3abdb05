"""Item analysis: Moodle's vector to four decimals, and nothing undefined crashes."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.analysis import ItemFigures, covariance, item_figures
from tests.exam.figures import SIX_PEOPLE


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (1, (79.1667, 51.0310, 24.6321, 37.5000, 18.0784)),
        (2, (41.6667, 64.5497, 23.1699, 23.2877, 21.4261)),
        (3, (20.8333, 62.0819, 21.3469, 23.1156, 20.5201)),
        (4, (20.8333, 62.0819, 78.8025, 100.0000, 26.3571)),
        (5, (41.6667, 64.5497, -15.1292, -18.0556, 13.6182)),
    ],
)
def test_the_figures_of_the_vector(question: int, expected: tuple[float, ...]) -> None:
    found = item_figures(SIX_PEOPLE, [4] * 5)[question - 1]
    figures = (found.facility, found.sd, found.discrimination, found.efficiency, found.effective_weight)
    assert tuple(round(each or 0, 4) for each in figures) == expected
    assert not found.negative_covariance


def test_efficiency_under_15_is_flagged() -> None:
    assert [each.weak_efficiency for each in item_figures(SIX_PEOPLE, [4] * 5)] == [False, False, False, False, True]


@pytest.mark.parametrize(("efficiency", "weak"), [(14.9, True), (15, False), (None, False)])
def test_an_efficiency_of_15_is_not_flagged(efficiency: float | None, weak: bool) -> None:
    assert replace(NOTHING, efficiency=efficiency).weak_efficiency is weak


def test_rounding_dust_is_no_spread() -> None:
    # A third more or less of float noise in a constant column must neither flag it nor divide by it.
    constant, other = item_figures([[0.1 + 0.2, 1], [0.3, 2], [0.1 + 0.2, 4]], [4, 4])
    assert (constant.discrimination, constant.negative_covariance) == (None, False)
    assert other.effective_weight == pytest.approx(100)


def test_a_negative_covariance_is_flagged_and_weighs_nothing() -> None:
    first, second = item_figures([[0, 9], [1, 6], [2, 3], [3, 0]], [3, 9])
    assert first.negative_covariance
    assert first.effective_weight is None
    assert second.effective_weight == 100


NOTHING = ItemFigures(None, None, None, None, None, negative_covariance=False)


def test_nobody_gives_no_figures() -> None:
    assert item_figures([], [4, 4]) == [NOTHING, NOTHING]


def test_one_person_gives_a_facility_and_nothing_that_spreads() -> None:
    assert item_figures([[4, 1]], [4, 4])[1] == ItemFigures(
        25, None, None, None, None, negative_covariance=False, people=1
    )


def test_a_question_everybody_gets_right_has_no_discrimination() -> None:
    easy = item_figures([[4, 4], [4, 0], [4, 4]], [4, 4])[0]
    assert (easy.facility, easy.sd, easy.discrimination, easy.efficiency) == (100, 0, None, None)
    assert easy.effective_weight == 0


def test_a_paper_of_one_question_has_no_rest_to_compare_with() -> None:
    only = item_figures([[4], [0], [1]], [4])[0]
    assert (only.discrimination, only.effective_weight) == (None, 100)


def test_a_question_without_marks_has_no_facility() -> None:
    assert item_figures([[0, 1], [0, 2]], [0, 4])[0].facility is None


def test_covariance_needs_two_values() -> None:
    assert covariance([1], [1]) is None
    assert covariance([1, 3], [2, 6]) == 4


thirds = st.integers(-3, 12).map(lambda units: units / 3)
papers = st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(thirds, min_size=wide, max_size=wide), max_size=8))


@given(papers)
def test_every_figure_is_undefined_or_within_its_bounds(marks: Sequence[Sequence[float]]) -> None:
    for each in item_figures(marks, [4.0] * (len(marks[0]) if marks else 0)):
        figures = (each.facility, each.sd, each.discrimination, each.efficiency, each.effective_weight)
        assert all(figure is None or isfinite(figure) for figure in figures)
        assert each.discrimination is None or -100.000001 <= each.discrimination <= 100.000001
        assert each.efficiency is None or each.efficiency <= 100.000001


@given(papers.filter(lambda marks: len(marks) > 1))
def test_effective_weights_are_shares_of_a_hundred(marks: Sequence[Sequence[float]]) -> None:
    found = [each.effective_weight for each in item_figures(marks, [4.0] * len(marks[0]))]
    weights = [each for each in found if each is not None]
    assert not weights or sum(weights) == pytest.approx(100)
