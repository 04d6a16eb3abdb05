"""What paper.yaml says, before the questions are looked at."""

from __future__ import annotations

from mockhall.formats.paper import read_plan
from mockhall.formats.problems import Report
from tests.formats.texts import PAPER


def test_a_plan_holds_sections_in_their_order_with_their_files() -> None:
    report = Report("paper.yaml")
    plan = read_plan(PAPER, report)
    assert report.problems == []
    assert plan is not None
    assert plan.paper is not None
    assert [name.text for name in plan.names] == ["01-one", "02-two", "03-three"]
    assert [section.override for section in plan.sections] == [None, {"full": "2", "wrong": "0"}]


def test_time_and_number_of_attempts_may_be_left_out() -> None:
    plan = read_plan(PAPER.replace("minutes: 40\n", "").replace("attempts: 3\n", ""), Report("paper.yaml"))
    assert plan is not None
    assert plan.paper is not None
    assert (plan.paper.minutes, plan.paper.attempts) == (None, None)


def test_all_faults_of_a_paper_are_reported_at_once() -> None:
    report = Report("paper.yaml")
    broken = PAPER.replace("40", "0").replace("Medium", "M").replace("mock", "m").replace("title: Second", "title: ''")
    plan = read_plan(broken, report)
    assert plan is not None
    assert plan.paper is None
    assert [problem.line for problem in report.problems] == [17, 4, 7, 5]
