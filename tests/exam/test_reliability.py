"""The figures of a whole paper: Moodle's vector to four decimals, and nothing undefined crashes."""

from collections.abc import Sequence
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.reliability import PaperFigures, paper_figures
from tests.exam.figures import SIX_PEOPLE


def test_the_totals_of_the_vector() -> None:
    assert [sum(row) for row in SIX_PEOPLE] == [16, 15, 11, 5, 1, 1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mean", 8.1667), ("median", 8), ("sd", 6.7651), ("skewness", 0.0529), ("kurtosis", -2.4447),
        ("consistency", 43.5178), ("error_ratio", 75.1546), ("standard_error", 5.0843), ("alpha", 0.4352),
    ],
)  # fmt: skip
def test_the_figures_of_the_vector(name: str, expected: float) -> None:
    assert round(getattr(paper_figures(SIX_PEOPLE), name), 4) == expected


def test_the_median_of_an_odd_number_is_the_middle_one() -> None:
    assert paper_figures([[1], [9], [2]]).median == 2


def test_nobody_gives_no_figures() -> None:
    assert paper_figures([]) == PaperFigures(0, None, None, None, None, None, None, None, None)


def test_an_undefined_consistency_has_no_alpha() -> None:
    assert paper_figures([[4, 1]]).alpha is None


def defined(marks: Sequence[Sequence[float]]) -> set[str]:
    found = paper_figures(marks)
    names = ("mean", "median", "sd", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error")
    return {name for name in names if getattr(found, name) is not None}


@pytest.mark.parametrize(
    ("marks", "names"),
    [
        ([[4, 1]], {"mean", "median"}),
        ([[4, 1], [0, 0]], {"mean", "median", "sd", "consistency", "error_ratio", "standard_error"}),
        ([[4], [0], [1]], {"mean", "median", "sd", "skewness"}),
        ([[4], [0], [1], [2]], {"mean", "median", "sd", "skewness", "kurtosis"}),
        ([[1, 2], [2, 1], [3, 0], [0, 3]], {"mean", "median", "sd"}),
    ],
)
def test_a_figure_is_defined_from_as_many_people_as_it_needs(marks: list[list[float]], names: set[str]) -> None:
    assert defined(marks) == names


def test_questions_that_agree_wholly_are_perfectly_consistent() -> None:
    found = paper_figures([[1, 1], [2, 2], [4, 4]])
    assert found.consistency == pytest.approx(100)
    assert found.error_ratio == pytest.approx(0, abs=1e-5)


thirds = st.integers(-3, 12).map(lambda units: units / 3)
papers = st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(thirds, min_size=wide, max_size=wide), max_size=8))


@given(papers)
def test_every_figure_is_undefined_or_a_number(marks: Sequence[Sequence[float]]) -> None:
    found = paper_figures(marks)
    assert all(isfinite(getattr(found, name)) for name in defined(marks))
    assert found.consistency is None or found.consistency <= 100.000001
