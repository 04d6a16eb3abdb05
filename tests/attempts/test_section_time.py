"""Sections whose time is over, with and without a browser; extra time for them."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import col, select

from mockhall.attempts import extra_time
from mockhall.attempts.models import Attempt, AttemptSection, AttemptState
from mockhall.attempts.models import Response as Row
from tests.attempts.room_of import sit
from tests.attempts.sections_of import leave, stages, sweep, timed
from tests.make import START, Site, make_person


def test_time_over_opens_the_next_section_for_whoever_looks_and_its_clock_ran_meanwhile(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=25)
    found = sitting.state()["sections"]
    assert [each["stage"] for each in found] == ["left", "open", "ahead"]
    assert found[1]["closes_at"] == "2026-11-22T09:40:00.000Z"


def test_time_over_opens_the_next_section_without_any_browser(site: Site) -> None:
    timed(site)
    sit(site)
    site.clock.forward(minutes=45)
    sweep(site)
    with site.reading() as db:
        rows = db.exec(select(AttemptSection).order_by(col(AttemptSection.position))).all()
        assert [each.entered_at for each in rows] == [START + timedelta(minutes=m) for m in (0, 20, 40)]
        assert [each.left_at for each in rows] == [START + timedelta(minutes=20), START + timedelta(minutes=40), None]
        assert {row.section: row.locked for row in db.exec(select(Row))} == {1: True, 2: True, 3: False}


def test_an_answer_on_its_way_at_the_end_counts_until_the_grace_is_over(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=20, seconds=4)
    assert leave(sitting, 1).status_code == 200
    assert sitting.save(1, choice="o1", seq=1).json()["saved"] is True
    assert sitting.state()["sections"][1]["closes_at"] == "2026-11-22T09:40:00.000Z", "B began when A's time was over"
    site.clock.forward(seconds=2)
    late = sitting.save(2, choice="o1", seq=1)
    assert (late.status_code, late.json()["reason"]) == (409, "locked")


def test_the_last_sections_end_is_the_attempts(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    for position in (1, 2):
        site.clock.forward(minutes=5)
        leave(sitting, position)
    assert sitting.state()["deadline_at"] == "2026-11-22T09:30:00.000Z"
    site.clock.forward(minutes=20, seconds=6)
    sweep(site)
    with site.reading() as db:
        attempt = db.exec(select(Attempt)).one()
        assert attempt.state == AttemptState.SCORED
        assert attempt.finished_at == START + timedelta(minutes=30)


@pytest.mark.parametrize(("minutes", "ends"), [(None, "10:00"), (90, "10:00"), (50, "09:50")])
def test_an_attempt_ends_with_its_sections_or_with_the_papers_time(site: Site, minutes: int | None, ends: str) -> None:
    timed(site, minutes)
    sitting = sit(site)
    assert sitting.state()["deadline_at"] == f"2026-11-22T{ends}:00.000Z"
    site.clock.forward(minutes=61)
    sweep(site)
    assert sitting.state()["state"] == "scored"


def test_extra_time_stretches_every_section_for_its_person(site: Site) -> None:
    timed(site)
    with site.writing() as db:
        asha = make_person(db, "Asha", time_factor=Fraction(3, 2))
    sitting = sit(site, site.signed_in(asha))
    assert sitting.state()["sections"][0]["closes_at"] == "2026-11-22T09:30:00.000Z"
    assert sitting.state()["deadline_at"] == "2026-11-22T10:30:00.000Z"
    site.clock.forward(minutes=7)
    assert leave(sitting, 1).json()["may_leave_at"] == "2026-11-22T09:07:30.000Z"


def test_minutes_given_while_it_runs_move_the_open_sections_end_and_its_saves(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    state = site.app.state
    with site.writing() as db:
        running = list(db.exec(select(Attempt)).all())
        extra_time.give(db, running, timedelta(minutes=5), site.clock.at, state.settings.grace, state.on_close)
    assert sitting.state()["sections"][0]["closes_at"] == "2026-11-22T09:25:00.000Z"
    site.clock.forward(minutes=24)
    assert sitting.save(1, choice="o1", seq=1).status_code == 200
    assert leave(sitting, 1).json()["closes_at"] == "2026-11-22T09:44:00.000Z"


@pytest.mark.parametrize("minutes", [60, None])
def test_another_factor_while_it_runs_stretches_the_open_section_and_the_whole(site: Site, minutes: int | None) -> None:
    timed(site, minutes)
    with site.writing() as db:
        asha = make_person(db, "Asha")
    sitting = sit(site, site.signed_in(asha))
    with site.writing() as db:
        person = db.merge(asha)
        person.time_factor = Fraction(2)
        db.add(person)
        assert extra_time.follow_factor(db, person, site.clock.at) == 1
    found = sitting.state()
    assert found["sections"][0]["closes_at"] == "2026-11-22T09:40:00.000Z"
    assert found["deadline_at"] == "2026-11-22T11:00:00.000Z"


def test_sections_left_for_good_are_settled_before_a_late_leave(site: Site) -> None:
    timed(site)
    sitting = sit(site)
    site.clock.forward(minutes=30)
    assert leave(sitting, 1).status_code == 200, "its time was over: it is left"
    assert stages(sitting) == ["left", "open", "ahead"]
