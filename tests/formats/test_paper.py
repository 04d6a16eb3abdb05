"""What paper.yaml says, before the questions are looked at."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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


def opened_and_closed(text: str) -> tuple[object, object, list[tuple[int, str]]]:
    """Opening, closing, and what was said about a paper with these lines on top."""
    report = Report("paper.yaml")
    plan = read_plan(text + PAPER, report)
    found = plan.paper if plan else None
    problems = [(problem.line, problem.text) for problem in report.problems]
    return (found.opens_at, found.closes_at, problems) if found else (None, None, problems)


def test_opening_and_closing_are_instants_in_utc_or_left_out() -> None:
    nine, noon = datetime(2027, 1, 15, 3, 30, tzinfo=UTC), datetime(2027, 1, 15, 12, tzinfo=UTC)
    lines = "opens: 2027-01-15T09:00+05:30\ncloses: 2027-01-15 12:00Z\n"
    assert opened_and_closed(lines) == (nine, noon, [])
    assert opened_and_closed("") == (None, None, [])


@pytest.mark.parametrize("time", ["2027-01-15T09:00", "2027-01-15", "2027-01-15 09:00:00"])
def test_a_time_without_a_zone_is_refused_with_its_line(time: str) -> None:
    *_, problems = opened_and_closed(f"opens: {time}\n")
    assert problems == [(1, f"`opens:` has no time zone. Add it, as in `2027-01-15T09:00+05:30`; `{time}` lacks one.")]


@pytest.mark.parametrize(
    "time", ["soon", "2027-02-30T09:00Z", "0001-01-01T00:00+05:30", "9999-12-31T23:00-05:30", "[1]"]
)
def test_what_is_no_time_is_refused_with_its_line(time: str) -> None:
    *_, problems = opened_and_closed(f"closes: {time}\n")
    assert [line for line, _ in problems] == [1]
    assert "is a date with time and zone" in problems[0][1]


@pytest.mark.parametrize("closes", ["2027-01-15T09:00Z", "2027-01-15T14:30+05:30", "2027-01-15T08:59Z"])
def test_a_close_not_after_the_opening_is_refused(closes: str) -> None:
    *_, problems = opened_and_closed(f"opens: 2027-01-15T09:00Z\ncloses: {closes}\n")
    assert problems == [(2, "`closes:` is not after `opens:`. Mend one of them.")]


@pytest.mark.parametrize("closes", ["", "closes:\n", "closes: ''\n"])
def test_a_reveal_that_waits_for_the_close_needs_one(closes: str) -> None:
    report = Report("paper.yaml")
    contest = PAPER.replace("reveal: mock", "reveal: contest")
    read_plan(contest + closes, report)
    assert [(problem.line, problem.text) for problem in report.problems] == [
        (7, "`reveal: contest` shows something only after the close. Add `closes:`, or choose another.")
    ]
    fine = Report("paper.yaml")
    read_plan(contest + "closes: 2027-01-15T12:00Z\n", fine)
    assert fine.problems == []
