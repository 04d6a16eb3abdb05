"""Time given while attempts run: to one, some, everybody, or by a person's factor; shown by the clock, logged."""

import re
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import AuditEntry, Person, Role
from mockhall.attempts.models import Attempt, AttemptSection, AttemptState
from mockhall.papers.models import PaperSection
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site, make_person

DEADLINE = START + timedelta(minutes=30)


def staff(site: Site) -> TestClient:
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    return site.signed_in(sita)


def attempt_of(site: Site, sitting: Sitting) -> Attempt:
    with site.reading() as db:
        found: Attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        return found


def clock_of(sitting: Sitting) -> dict[str, Any]:
    found: dict[str, Any] = sitting.browser.get(f"/attempts/{sitting.code}/clock").json()
    return found


def log(site: Site) -> list[tuple[str, str]]:
    with site.reading() as db:
        rows = db.exec(select(AuditEntry).where(AuditEntry.verb.in_(("time", "time factor")))).all()  # type: ignore[attr-defined]
        return [(row.verb, row.subject) for row in rows]


def test_minutes_given_to_one_attempt_move_its_deadline_and_nobody_elses(site: Site) -> None:
    a_paper(site)
    asha, ben, sita = sit(site), sit(site), staff(site)
    reply = sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5", "reason": "Power cut"}, headers=JSON)
    assert (reply.status_code, reply.json()["deadline_at"]) == (200, "2026-11-22T09:35:00.000Z")
    assert clock_of(asha)["deadline_at"] == "2026-11-22T09:35:00.000Z"
    assert clock_of(asha)["extra_seconds"] == 300
    assert attempt_of(site, ben).deadline_at == DEADLINE
    assert log(site) == [("time", f"paper 1: 5 min to attempt {asha.code}, power cut")]


def test_a_save_in_the_time_given_counts_and_its_reply_tells_the_new_end(site: Site) -> None:
    a_paper(site)
    asha, sita = sit(site), staff(site)
    sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5"})
    site.clock.forward(minutes=34)
    saved = asha.save(1, choice="o1", seq=1)
    assert (saved.status_code, saved.json()["deadline_at"]) == (200, "2026-11-22T09:35:00.000Z")
    site.clock.forward(minutes=1, seconds=6)
    assert asha.save(1, choice="o2", seq=2).status_code == 410


def test_everybody_working_gets_the_minutes_at_once_and_who_is_done_none(site: Site) -> None:
    a_paper(site)
    asha, ben, done, sita = sit(site), sit(site), sit(site), staff(site)
    done.submit()
    reply = sita.post("/desk/papers/mock-1/time", data={"minutes": "10"}, headers=JSON)
    assert reply.json()["given_to"] == 2
    assert {attempt_of(site, each).deadline_at for each in (asha, ben)} == {DEADLINE + timedelta(minutes=10)}
    assert attempt_of(site, done).state == AttemptState.SCORED
    assert log(site) == [("time", "paper 1: 10 min to 2 attempts")]


def test_only_those_ticked_get_it_when_the_button_says_so(site: Site) -> None:
    a_paper(site)
    asha, ben, sita = sit(site), sit(site), staff(site)
    form = {"minutes": "7", "for": "ticked", "attempt": [asha.code, "nosuchattempt"]}
    assert sita.post("/desk/papers/mock-1/time", data=form).status_code == 303
    assert attempt_of(site, asha).deadline_at == DEADLINE + timedelta(minutes=7)
    assert attempt_of(site, ben).deadline_at == DEADLINE
    none = sita.post("/desk/papers/mock-1/time", data={"minutes": "7", "for": "ticked"}, headers=JSON)
    assert (none.status_code, list(none.json()["fields"])) == (422, ["attempt"])


@pytest.mark.parametrize("minutes", ["", "0", "-5", "2.5", "601", "soon"])
def test_what_is_no_time_changes_nothing(site: Site, minutes: str) -> None:
    a_paper(site)
    asha, sita = sit(site), staff(site)
    reply = sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": minutes}, headers=JSON)
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["minutes"])
    assert attempt_of(site, asha).deadline_at == DEADLINE
    assert log(site) == []


@pytest.mark.parametrize(
    ("form", "control"),
    [({"minutes": "2 h", "for": "ticked"}, "minutes"), ({"minutes": "7", "for": "ticked"}, "attempt")],
)
def test_a_form_that_gives_no_time_comes_back_into_the_room_as_it_was(
    site: Site, form: dict[str, str], control: str
) -> None:
    a_paper(site)
    asha, ben, sita = sit(site), sit(site), staff(site)
    ticked = {"attempt": asha.code} if control == "minutes" else {}
    reply = sita.post("/desk/papers/mock-1/time", data=form | ticked | {"reason": "Power cut"})
    assert reply.status_code == 422
    assert f'id="{control}-error"' in reply.text
    assert f'value="{form["minutes"]}"' in reply.text
    assert "<option selected>Power cut" in reply.text
    assert re.findall(r'value="(\w+)"[^>]* checked', reply.text) == list(ticked.values())
    assert f'value="{ben.code}"' in reply.text
    assert log(site) == []


def test_time_comes_too_late_once_the_grace_is_over(site: Site) -> None:
    a_paper(site)
    asha, sita = sit(site), staff(site)
    site.clock.forward(minutes=30, seconds=6)
    assert sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5"}, headers=JSON).json()["given_to"] == 0
    ended = attempt_of(site, asha)
    assert (ended.state, ended.finished_at) == (AttemptState.SCORED, DEADLINE)


def test_time_given_in_the_grace_lets_the_candidate_go_on_though_the_page_handed_in(site: Site) -> None:
    a_paper(site)
    asha, sita = sit(site), staff(site)
    site.clock.forward(minutes=30, seconds=2)
    asha.browser.post(f"/attempts/{asha.code}/submission", data={"time_up": "1"}, headers=JSON)
    sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5"})
    site.clock.forward(minutes=4)
    assert asha.save(1, choice="o1", seq=1).status_code == 200


def test_time_given_in_a_window_opens_answering_again(site: Site) -> None:
    a_paper(site, time_up="window", window_minutes=10)
    asha, sita = sit(site), staff(site)
    site.clock.forward(minutes=32)
    assert asha.save(1, choice="o1", seq=1).status_code == 410
    sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5"})
    assert asha.save(1, choice="o1", seq=1).status_code == 200
    assert attempt_of(site, asha).state == AttemptState.IN_PROGRESS


def test_a_test_that_closes_hard_is_not_passed_and_staff_are_told(site: Site) -> None:
    a_paper(site, hard_close=True, closes_at=START + timedelta(minutes=32))
    asha, sita = sit(site), staff(site)
    reply = sita.post("/desk/papers/mock-1/time", data={"minutes": "5"}, headers=JSON)
    assert (reply.json()["given_to"], reply.json()["cut_short"]) == (1, 1)
    assert attempt_of(site, asha).deadline_at == START + timedelta(minutes=32)


def test_a_time_factor_moves_the_running_attempt_and_holds_for_the_next(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        ben = make_person(db, "Ben")
    browser, sita = site.signed_in(ben), staff(site)
    first = sit(site, browser)
    sita.post(f"/desk/attempts/{first.code}/time", data={"minutes": "5"})
    reply = sita.post(f"/desk/people/{ben.code}", data={"time_factor": "4/3"}, headers=JSON)
    assert reply.json() == {"time_factor": "4/3", "moved": 1}
    assert attempt_of(site, first).deadline_at == START + timedelta(minutes=45)
    sita.post(f"/desk/people/{ben.code}", data={"time_factor": "1"})
    assert attempt_of(site, first).deadline_at == START + timedelta(minutes=45), "never earlier"
    sita.post(f"/desk/people/{ben.code}", data={"time_factor": "3/2"})
    first.submit()
    assert attempt_of(site, sit(site, browser)).deadline_at == START + timedelta(minutes=45)
    assert [verb for verb, _ in log(site)] == ["time", "time factor", "time factor", "time factor"]


@pytest.mark.parametrize("factor", ["", "0.5", "5", "much", "1/0", "1e9"])
def test_a_factor_that_cannot_be_is_refused_beside_its_field(site: Site, factor: str) -> None:
    with site.writing() as db:
        ben = make_person(db, "Ben")
    sita = staff(site)
    reply = sita.post(f"/desk/people/{ben.code}", data={"time_factor": factor})
    assert reply.status_code == 422
    assert "time_factor-error" in reply.text
    with site.reading() as db:
        assert db.get_one(Person, ben.id).time_factor == Fraction(1)


def test_nobody_gives_themselves_time(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        ravi = make_person(db, "Ravi")
    browser = site.signed_in(ravi)
    own = sit(site, browser)
    assert browser.post(f"/desk/attempts/{own.code}/time", data={"minutes": "5"}).status_code == 404
    assert browser.post(f"/desk/people/{ravi.code}", data={"time_factor": "2"}).status_code == 404
    assert attempt_of(site, own).deadline_at == DEADLINE


def test_the_section_one_is_in_ends_later_too_and_never_after_the_attempt(site: Site) -> None:
    a_paper(site)
    asha, sita = sit(site), staff(site)
    attempt = attempt_of(site, asha)
    assert attempt.id is not None
    with site.writing() as db:
        section = db.exec(select(PaperSection).where(PaperSection.position == 1)).one()
        section.minutes_max = 10
        part = db.get(AttemptSection, (attempt.id, 1)) or AttemptSection(attempt_id=attempt.id, position=1, place=1)
        part.entered_at, part.closes_at = START, START + timedelta(minutes=10)
        db.add(part)
        db.add(section)
    sita.post(f"/desk/attempts/{asha.code}/time", data={"minutes": "5"})
    with site.reading() as db:
        assert db.get(AttemptSection, (attempt.id, 1)).closes_at == START + timedelta(minutes=15)


def test_the_clock_is_told_to_its_owner_and_notes_that_the_page_is_there(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    site.clock.forward(minutes=3)
    told = clock_of(asha)
    assert (told["server_now"], told["state"]) == ("2026-11-22T09:03:00.000Z", "in_progress")
    attempt = attempt_of(site, asha)
    assert site.app.state.seen.at(attempt.id) == site.clock.at
    with site.writing() as db:
        assert site.app.state.seen.write(db) == 1
    assert attempt_of(site, asha).seen_at == site.clock.at
