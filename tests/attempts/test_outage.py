"""The server was down over a deadline: closed at its deadline all the same, and listed for staff with who lost what."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall import startup
from mockhall.accounts.models import Role
from mockhall.attempts import outage
from mockhall.attempts.models import Attempt, AttemptState
from tests.attempts.room_of import Sitting, a_paper, sit
from tests.make import START, Site, make_person

DEADLINE = START + timedelta(minutes=30)


def attempt_of(site: Site, sitting: Sitting) -> Attempt:
    with site.reading() as db:
        found: Attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        return found


def beat(site: Site, **at: float) -> None:
    """The server is alive at that time after the start."""
    site.clock.at = START + timedelta(**at)
    state = site.app.state
    startup.beat(state.database, state.seen, site.clock())


def sweep(site: Site, **at: float) -> None:
    """The server has come back by then, or is there anyway."""
    site.clock.at = START + timedelta(**at)
    state = site.app.state
    startup.sweep(state.settings, state.database, state.on_close, site.clock())


def test_an_attempt_whose_deadline_fell_into_an_outage_is_closed_at_it_and_listed(site: Site) -> None:
    a_paper(site)
    asha = sit(site, name="Asha")
    asha.save(1, choice="o1")
    beat(site, minutes=20)
    sweep(site, minutes=50)
    ended = attempt_of(site, asha)
    assert (ended.state, ended.finished_at) == (AttemptState.SCORED, DEADLINE)
    assert ended.cut_off_at == START + timedelta(minutes=20)
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    page = site.signed_in(sita).get("/desk/papers/mock-1/room").text
    assert "The server was down when 1 attempt ended" in page
    assert "10 min before the end" in page
    assert "The server was down when this attempt ended" in site.signed_in(sita).get(f"/desk/attempts/{asha.code}").text


@pytest.mark.parametrize(
    ("alive", "back", "is_cut_off"),
    [(29.9, 30.2, False), (29.9, 35, True), (30, 35, False), (30.5, 60, False), (20, 29, False)],
)
def test_only_who_was_working_when_the_server_went_and_was_over_when_it_came_back_is_cut_off(
    site: Site, alive: float, back: float, is_cut_off: bool
) -> None:
    a_paper(site)
    asha = sit(site)
    beat(site, minutes=alive)
    sweep(site, minutes=back)
    assert (attempt_of(site, asha).cut_off_at is not None) is is_cut_off


def test_a_server_that_never_beat_marks_nobody(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    sweep(site, minutes=50)
    assert attempt_of(site, asha).cut_off_at is None


def test_a_beat_is_never_put_back(site: Site) -> None:
    beat(site, minutes=20)
    beat(site, minutes=10)
    with site.reading() as db:
        assert outage.last_beat(db) == START + timedelta(minutes=20)


def test_a_server_that_starts_closes_what_fell_due_and_says_that_it_is_alive(sqlite_site: Site) -> None:
    a_paper(sqlite_site)
    asha = sit(sqlite_site)
    beat(sqlite_site, minutes=20)
    sqlite_site.clock.at = START + timedelta(minutes=50)
    sqlite_site.app.state.prepared = True
    with TestClient(sqlite_site.app):
        ended = attempt_of(sqlite_site, asha)
        assert ended.state == AttemptState.SCORED
        assert ended.cut_off_at == START + timedelta(minutes=20)
        with sqlite_site.reading() as db:
            assert outage.last_beat(db) == sqlite_site.clock.at
