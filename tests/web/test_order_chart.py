"""The order of attack as a picture: any number of questions, inside its frame, words for those who don't see it."""

import re
from xml.etree import ElementTree as ET

import pytest

from mockhall.web.charts import Outcome, TimeRow, time_chart
from mockhall.web.order_chart import Answered, order_chart


@pytest.mark.parametrize("count", [1, 2, 45, 200])
def test_an_order_of_any_length_stays_in_its_frame(count: int) -> None:
    svg = order_chart([Answered(number) for number in range(count, 0, -1)], count)
    ET.fromstring(svg)
    assert all(0 <= float(x) <= 100 for x in re.findall(r'(?:cx|x1|x2)="([-\d.]+)%"', svg))
    assert all(0 <= float(y) <= 164 for y in re.findall(r'(?:cy|y1|y2)="([-\d.]+)"', svg))
    assert svg.count("<circle") == count
    assert f"Order of {count} first answers, from question {count} to 1" in svg


def test_how_a_question_ended_is_drawn_only_where_it_is_known() -> None:
    assert 'class="ink"' in order_chart([Answered(1), Answered(2)], 2)
    shown = order_chart([Answered(2, Outcome.WRONG), Answered(1, Outcome.PARTLY)], 2)
    assert '<title>Place 1: question 2</title><circle class="wrong"' in shown
    assert 'class="part"' in shown


def test_partly_right_looks_unlike_right_and_others_quartiles_are_said() -> None:
    svg = time_chart([TimeRow(1, 41, Outcome.PARTLY, 48, (30, 90)), TimeRow(2, 20, Outcome.RIGHT)])
    assert "Question 1: 0:41, median 0:48, half of people 0:30 to 1:30, partly right</title>" in svg
    assert '<rect class="part"' in svg
    assert svg.count('class="spread"') == 1
