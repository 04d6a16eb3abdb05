"""Handing in and time up: one transition, by the server's clock, with or without a browser."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from mockhall import startup
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site, make_person


def attempt_of(site: Site, sitting: Sitting) -> Attempt:
    with site.reading() as db:
        found: Attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        return found


def test_handing_in_leads_to_the_result_and_ends_saving(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    reply = sitting.browser.post(f"/attempts/{sitting.code}/submission")
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{sitting.code}/result")
    refused = sitting.save(1, choice="o2", seq=2)
    assert (refused.status_code, refused.json()["reason"]) == (409, "submitted")
    assert sitting.save(1, choice="o1", seq=1).status_code == 200  # an equal retry is "already saved"
    room = sitting.browser.get(f"/attempts/{sitting.code}")
    assert (room.status_code, room.headers["location"]) == (303, f"/attempts/{sitting.code}/result")
    assert sitting.state()["state"] == "scored"


def test_fifty_hand_ins_at_once_give_one_score(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: sitting.submit().status_code, range(50)))
    assert set(replies) == {200}
    with site.reading() as db:
        assert len(db.exec(select(ScoreRow)).all()) == 1
        assert len(db.exec(select(MarkRow)).all()) == 5


def test_every_acknowledged_save_of_a_race_with_the_hand_in_is_in_the_score(site: Site) -> None:
    a_paper(site)
    for _ in range(10):
        sitting = sit(site)
        with ThreadPoolExecutor(2) as pool:
            saved = pool.submit(sitting.save, 1, choice="o1", seq=1)
            submitted = pool.submit(sitting.submit)
        assert submitted.result().status_code == 200
        with site.reading() as db:
            attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
            score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
        assert (score.right == 1) == (saved.result().status_code == 200)


@pytest.mark.parametrize(("late", "status"), [(0, 200), (5, 200), (5.001, 410), (3600, 410)])
def test_a_save_counts_until_the_grace_has_passed(site: Site, late: float, status: int) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=1)
    site.clock.forward(minutes=30, seconds=late)
    reply = sitting.save(1, choice="o2", seq=2)
    assert reply.status_code == status
    if status == 410:
        assert (reply.json()["saved"], reply.json()["reason"]) == (False, "time_over")
        assert sitting.save(1, choice="o1", seq=1).status_code == 200


def test_a_hand_in_at_the_deadline_closes_nothing_before_the_grace(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    site.clock.forward(minutes=30, seconds=1)
    assert sitting.submit().json()["closed"] is False
    assert sitting.save(1, choice="o1").status_code == 200  # another tab's last answer, in flight
    site.clock.forward(seconds=5)
    assert sitting.submit().json()["closed"] is True
    assert attempt_of(site, sitting).finished_at == START + timedelta(minutes=30)


def test_time_up_hands_in_without_any_browser(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    state = site.app.state
    site.clock.forward(minutes=30, seconds=5)
    assert startup.sweep(state.settings, state.database, state.on_close, site.clock()) == 0
    site.clock.forward(seconds=1)
    assert startup.sweep(state.settings, state.database, state.on_close, site.clock()) == 1
    closed = attempt_of(site, sitting)
    assert closed.state == AttemptState.SCORED
    assert closed.finished_at == START + timedelta(minutes=30)
    assert closed.submitted_at == site.clock()


def test_whoever_looks_after_time_up_finds_it_handed_in(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    site.clock.forward(hours=2)
    reply = sitting.browser.get(f"/attempts/{sitting.code}")
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{sitting.code}/result")
    assert attempt_of(site, sitting).state == AttemptState.SCORED


def test_after_time_up_a_new_start_is_a_new_attempt(site: Site) -> None:
    a_paper(site)
    first = sit(site)
    site.clock.forward(hours=2)
    second = sit(site, first.browser)
    assert second.code != first.code
    assert attempt_of(site, first).state == AttemptState.SCORED


def test_the_summary_counts_what_is_answered(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    page = sitting.browser.get(f"/attempts/{sitting.code}/submission")
    assert "4 questions without an answer" in page.text
    assert "Hand in" in page.text
    fragment = sitting.browser.get(f"/attempts/{sitting.code}/submission", headers={"HX-Request-Type": "partial"})
    assert "<html" not in fragment.text
    assert "Keep working" in fragment.text


def test_a_foreign_attempt_looks_like_a_missing_one(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    with site.writing() as db:
        ravi = make_person(db, "Ravi")
    stranger, ravi_browser = site.browser(), site.signed_in(ravi)
    paths = ["", "/questions/1", "/submission"]
    for path in paths:
        foreign = ravi_browser.get(f"/attempts/{sitting.code}{path}", headers=JSON)
        missing = ravi_browser.get(f"/attempts/nosuchattempt{path}", headers=JSON)
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content
        unknown = stranger.get(f"/attempts/{sitting.code}{path}", headers=JSON)
        assert (unknown.status_code, unknown.json()["reason"]) == (401, "sign_in")
        assert stranger.get(f"/attempts/nosuchattempt{path}", headers=JSON).content == unknown.content
    for path, data in (("/responses/1", {"choice": "o1"}), ("/submission", {})):
        assert ravi_browser.post(f"/attempts/{sitting.code}{path}", data=data, headers=JSON).status_code == 404
        assert stranger.post(f"/attempts/{sitting.code}{path}", data=data, headers=JSON).status_code == 401
    assert attempt_of(site, sitting).state == AttemptState.IN_PROGRESS


def test_signing_in_gives_the_guests_running_attempt_to_the_account(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    with site.writing() as db:
        asha = make_person(db, "Asha")
    sitting.browser.post("/sign-in", data={"email": asha.email, "password": "correct horse battery"})
    assert sitting.question(1)["choice"] == ["o1"]
    assert sit(site, site.signed_in(asha)).code == sitting.code


def test_a_guest_and_an_account_running_the_same_paper_both_go_on(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        asha = make_person(db, "Asha")
    home = sit(site, site.signed_in(asha))
    home.save(1, choice="o1")
    guest = sit(site)
    guest.save(1, choice="o2")
    guest.browser.post("/sign-in", data={"email": asha.email, "password": "correct horse battery"})
    assert guest.question(1)["choice"] == ["o2"]
    assert Sitting(guest.browser, home.code).question(1)["choice"] == ["o1"]
