"""Pictures: real data of any size, words for those who don't see them, nothing the policy forbids."""

import re
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment

from mockhall.web import charts, pictures
from mockhall.web.charts import Distribution, Outcome, TimeRow
from mockhall.web.pictures import Ring

OUTCOMES = list(Outcome)


def parsed(svg: str) -> ET.Element:
    """A picture has to be well-formed on its own."""
    return ET.fromstring(svg)


def rows(count: int, median: int | None = 60) -> list[TimeRow]:
    return [TimeRow(n, 7 * n % 200, OUTCOMES[n % 4], median) for n in range(1, count + 1)]


def xs(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'\b(?:x|x1|x2|cx)="([-\d.]+)%"', svg)]


def test_an_icon_points_into_the_sprite() -> None:
    environment = Environment(autoescape=True)
    environment.globals.update(static=lambda path: f"/static/abc/{path}", icon=pictures.icon)
    html = environment.from_string("{{ icon('check') }}{{ icon('x', 'Close <it>') }}").render()
    assert '<use href="/static/abc/icons.svg#i-check"/>' in html
    assert 'aria-hidden="true"' in html
    assert 'role="img" aria-label="Close &lt;it&gt;"' in html


def test_a_bar_lays_its_parts_side_by_side() -> None:
    svg = parsed(pictures.bar([(40, "c-good"), (25.5, "c-blank")], "split tall", "8 right, 5 blank"))
    assert [(r.get("x"), r.get("width")) for r in svg] == [("0.0%", "40.0%"), ("40.0%", "25.5%")]
    assert svg.get("aria-label") == "8 right, 5 blank"


def test_wrong_is_hatched_in_a_split_bar_and_the_pattern_exists() -> None:
    assert 'fill="url(#hatch)"' in pictures.bar([(10, "c-bad")], "split")
    assert 'class="c-bad"' in pictures.bar([(10, "c-bad")])
    assert parsed(pictures.hatch()).find("pattern[@id='hatch']") is not None


@pytest.mark.parametrize(
    ("value", "start", "width"), [(0.41, "20.0%", "41.0%"), (-0.1, "10.0%", "10.0%"), (2, "20.0%", "80.0%")]
)
def test_a_gauge_starts_at_zero_and_stays_inside(value: float, start: str, width: str) -> None:
    first = parsed(pictures.zero(value))[0]
    assert (first.get("x"), first.get("width")) == (start, width)


def test_a_ring_says_its_numbers() -> None:
    svg = pictures.score_ring(Ring(Fraction(133, 2), 100, Fraction(143, 2), 5))
    assert 'aria-label="Score 66.5 of 100: 71.5 marks gained, 5 lost"' in svg
    assert svg.count("<circle") == 3
    parsed(svg)


@pytest.mark.parametrize(
    "ring", [Ring(-4, 30, 0, 4), Ring(0, 0, 0), Ring(30, 30, 30), Ring(29, 30, 40, 11), Ring(45, 30, 45)]
)
def test_a_ring_never_draws_past_its_end(ring: Ring) -> None:
    dashes = [float(d) for d in re.findall(r'stroke-dasharray="([-\d.]+) 100"', pictures.score_ring(ring))]
    assert all(0 <= dash <= 100 for dash in dashes)
    assert sum(dashes) <= 100


def test_a_negative_score_has_a_real_minus() -> None:
    assert "<b>−4</b>" in pictures.score_ring(Ring(-4, 30, 0, 4))


@pytest.mark.parametrize("count", [1, 2, 30, 45, 46, 90, 100, 200])
def test_a_time_chart_takes_any_number_of_questions(count: int) -> None:
    svg = charts.time_chart(rows(count))
    assert len(parsed(svg).findall(".//title")) == count
    assert all(0 <= x <= 100 for x in xs(svg))
    assert "style=" not in svg


def test_a_time_chart_says_the_slowest_and_each_value() -> None:
    svg = charts.time_chart([TimeRow(1, 41, Outcome.RIGHT, 48), TimeRow(2, 162, Outcome.WRONG, 141)])
    assert "Slowest: question 2, 2:42." in svg
    assert "<title>Question 2: 2:42, median 2:21, wrong</title>" in svg


def test_a_time_chart_without_medians_does_not_speak_of_them() -> None:
    svg = charts.time_chart(rows(3, median=None))
    assert "median" not in svg


@pytest.mark.parametrize("seconds", [0, 1, 59, 600, 5_000, 20_000, 500_000])
def test_the_time_axis_holds_few_lines_and_the_longest_bar(seconds: int) -> None:
    svg = charts.time_chart([TimeRow(1, seconds, Outcome.BLANK)])
    assert 1 <= svg.count('class="grid"') <= 4
    assert all(float(height) >= 0 for height in re.findall(r' height="([-\d.]+)"', svg))
    assert all(float(y) >= 13.9 for y in re.findall(r'<rect[^>]* y="([-\d.]+)"', svg))


@pytest.mark.parametrize("counts", [[0], [1], [3, 9, 21, 44, 71, 92, 83, 54, 27, 8], [0] * 10, [10_000] * 20])
@pytest.mark.parametrize(("low", "high"), [(0, 100), (-25, 75), (0, 1), (5, 5)])
def test_a_distribution_takes_any_bands(counts: list[int], low: int, high: int) -> None:
    svg = charts.distribution_chart(Distribution(counts, low, high, median=low, you=high))
    assert len(parsed(svg).findall(".//title")) == len(counts)
    assert all(-2 <= x <= 102 for x in xs(svg))


def test_a_distribution_says_where_you_stand() -> None:
    svg = charts.distribution_chart(Distribution([1, 2, 3], -1, 2, median=Fraction(1, 2), you=-1))
    assert "Score distribution of 6 attempts, median 0.5. Your score is −1." in svg
    assert "<title>−1 to 0: 1 attempt</title>" in svg


def test_words_in_pictures_are_escaped() -> None:
    assert "<b>" not in pictures.bar([(1, '"><b>')], '"><b>', '"><b>')
