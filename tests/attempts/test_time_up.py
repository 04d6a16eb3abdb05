"""What becomes of an attempt at its deadline: handed in, a window to hand in, or not counted; the paper says which."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mockhall import startup
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results.models import ScoreRow
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site

DEADLINE = START + timedelta(minutes=30)


def attempt_of(site: Site, sitting: Sitting) -> Attempt:
    with site.reading() as db:
        found: Attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        return found


def sweep(site: Site) -> int:
    state = site.app.state
    return startup.sweep(state.settings, state.database, state.on_close, site.clock())


def scores(site: Site) -> int:
    with site.reading() as db:
        return len(db.exec(select(ScoreRow)).all())


@pytest.mark.parametrize(("late", "state"), [(0, "in_progress"), (5, "in_progress"), (5.001, "overdue")])
def test_in_a_window_answering_ends_with_the_grace(site: Site, late: float, state: str) -> None:
    a_paper(site, time_up="window", window_minutes=10)
    sitting = sit(site)
    site.clock.forward(minutes=30, seconds=late)
    assert sitting.save(1, choice="o1", seq=1).status_code == (200 if state == "in_progress" else 410)
    assert sitting.state()["state"] == state


@pytest.mark.parametrize(("minutes", "state"), [(10, AttemptState.SCORED), (10.01, AttemptState.ABANDONED)])
def test_handing_in_is_allowed_until_the_window_ends(site: Site, minutes: float, state: AttemptState) -> None:
    a_paper(site, time_up="window", window_minutes=10)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    site.clock.forward(minutes=30 + minutes)
    assert sitting.submit().json()["closed"] is True
    closed = attempt_of(site, sitting)
    assert (closed.state, closed.finished_at) == (state, DEADLINE)
    assert scores(site) == (state is AttemptState.SCORED)


def test_whoever_is_overdue_is_led_to_handing_in_and_nowhere_else(site: Site) -> None:
    a_paper(site, time_up="window", window_minutes=10)
    sitting = sit(site)
    site.clock.forward(minutes=31)
    for path in ("", "/questions/1", "/result", "/review"):
        reply = sitting.browser.get(f"/attempts/{sitting.code}{path}")
        assert reply.headers["location"] == f"/attempts/{sitting.code}/submission", path
    page = sitting.browser.get(f"/attempts/{sitting.code}/submission").text
    assert "Time is up" in page
    assert "Keep working" not in page
    assert sit(site, sitting.browser).code == sitting.code, "it is not finished, so no other begins"
    assert sitting.browser.get(f"/attempts/{sitting.code}/result", headers=JSON).json()["reason"] == "hand_in"


def test_the_sweep_leaves_the_window_open_and_then_abandons(site: Site) -> None:
    a_paper(site, time_up="window", window_minutes=10)
    sitting = sit(site)
    site.clock.forward(minutes=31)
    assert sweep(site) == 1
    assert attempt_of(site, sitting).state == AttemptState.OVERDUE
    assert sweep(site) == 0
    site.clock.forward(minutes=9, seconds=1)
    assert sweep(site) == 1
    assert attempt_of(site, sitting).state == AttemptState.ABANDONED
    assert scores(site) == 0


def test_an_attempt_nobody_hands_in_is_not_counted_where_the_paper_says_so(site: Site) -> None:
    a_paper(site, time_up="abandon")
    sitting = sit(site)
    sitting.save(1, choice="o1")
    site.clock.forward(minutes=30, seconds=5)
    assert sweep(site) == 0
    site.clock.forward(seconds=1)
    assert sweep(site) == 1
    left = attempt_of(site, sitting)
    assert (left.state, left.finished_at, left.running_key) == (AttemptState.ABANDONED, DEADLINE, None)
    assert scores(site) == 0
    page = sitting.browser.get(f"/attempts/{sitting.code}/result").text
    assert "It was not handed in before its time was over" in page
    assert sit(site, sitting.browser).code != sitting.code


def test_a_hand_in_within_the_grace_counts_as_one_and_closes_when_the_grace_is_over(site: Site) -> None:
    a_paper(site, time_up="abandon")
    sitting = sit(site)
    site.clock.forward(minutes=30, seconds=2)
    assert sitting.submit().json()["closed"] is False
    assert sitting.save(1, choice="o1", seq=1).status_code == 200  # still on its way
    site.clock.forward(seconds=4)
    assert sweep(site) == 1
    closed = attempt_of(site, sitting)
    assert (closed.state, closed.finished_at) == (AttemptState.SCORED, DEADLINE)


@pytest.mark.parametrize("seconds", [-60, 2])
def test_a_page_whose_clock_ran_out_ends_nothing_before_the_deadline(site: Site, seconds: float) -> None:
    a_paper(site, time_up="abandon")
    sitting = sit(site)
    site.clock.forward(minutes=30, seconds=seconds)
    address = f"/attempts/{sitting.code}/submission"
    assert sitting.browser.post(address, data={"time_up": "1"}, headers=JSON).json()["closed"] is False
    site.clock.forward(minutes=2)
    sitting.browser.get(f"/attempts/{sitting.code}/result")
    assert attempt_of(site, sitting).state == AttemptState.ABANDONED
