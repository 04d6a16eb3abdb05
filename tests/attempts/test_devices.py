"""Going on on another device: a code for ten minutes, used once, by guests only, and nobody loses anything by it."""

import logging

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import AuditEntry
from mockhall.attempts.models import DeviceCode
from tests.make import Site, make_paper, make_person

JSON = {"Accept": "application/json"}


def begun(site: Site, browser: TestClient) -> str:
    with site.writing() as db:
        make_paper(db)
    return str(browser.post("/papers/mock-1/attempts", headers=JSON).json()["code"])


def code_for(browser: TestClient, attempt: str) -> str:
    return str(browser.post(f"/attempts/{attempt}/device-codes", headers=JSON).json()["code"])


def enter(browser: TestClient, code: str) -> int:
    return browser.post("/continue", data={"code": code}, headers=JSON).status_code


def test_the_other_browser_becomes_the_guest_and_has_the_answers(site: Site) -> None:
    laptop, phone = site.browser(), site.browser()
    attempt = begun(site, laptop)
    laptop.post(f"/attempts/{attempt}/responses/4", data={"text": "gather", "seq": 1}, headers=JSON)
    code = code_for(laptop, attempt)
    reply = phone.post("/continue", data={"code": code.lower().replace("-", " ")})
    assert (reply.status_code, reply.headers["location"]) == (303, f"/attempts/{attempt}")
    there = phone.get(f"/attempts/{attempt}", headers=JSON).json()
    assert there["sections"][0]["questions"][3]["text"] == "gather"
    assert laptop.get(f"/attempts/{attempt}", headers=JSON).status_code == 200
    assert laptop.get(f"/attempts/{attempt}/clock").json()["continued_at"] is not None


def test_a_code_is_used_once_for_ten_minutes_and_only_the_newest(site: Site) -> None:
    laptop = site.browser()
    attempt = begun(site, laptop)
    older, newer = code_for(laptop, attempt), code_for(laptop, attempt)
    assert enter(site.browser(), older) == 422
    assert enter(site.browser(), newer) == 303
    assert enter(site.browser(), newer) == 422
    third = code_for(laptop, attempt)
    site.clock.forward(minutes=10)
    assert enter(site.browser(), third) == 422


def test_an_account_holder_gets_no_code_and_no_code_opens_an_account(site: Site) -> None:
    with site.writing() as db:
        asha = make_person(db, "Asha")
    laptop = site.browser()
    attempt = begun(site, laptop)
    code = code_for(laptop, attempt)
    laptop.post("/sign-in", data={"email": asha.email, "password": "correct horse battery"})
    assert enter(site.browser(), code) == 422, "the attempt is an account's now"
    reply = laptop.post(f"/attempts/{attempt}/device-codes", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "account")
    assert "sign in on the other device" in laptop.post(f"/attempts/{attempt}/device-codes").text


def test_a_browser_that_is_somebody_does_not_lose_what_it_has(site: Site) -> None:
    with site.writing() as db:
        ben = make_person(db, "Ben")
    laptop, other = site.browser(), site.browser()
    attempt = begun(site, laptop)
    own = other.post("/papers/mock-1/attempts", headers=JSON).json()["code"]
    code = code_for(laptop, attempt)
    assert enter(other, code) == 409
    assert enter(site.signed_in(ben), code) == 409
    assert other.get(f"/attempts/{own}", headers=JSON).status_code == 200
    assert enter(site.browser(), code) == 303, "the refusals have not used it up"


def test_guessing_is_stopped(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    found = [enter(browser, f"abcd{number:04}") for number in range(202)]
    assert found[0] == 422
    assert found[-1] == 429


def test_no_code_is_kept_or_logged_and_the_log_tells_of_both_ends(
    sqlite_site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    laptop = sqlite_site.browser()
    attempt = begun(sqlite_site, laptop)
    code = code_for(laptop, attempt)
    assert enter(sqlite_site.browser(), code) == 303
    with sqlite_site.reading() as db:
        entries = db.exec(select(AuditEntry)).all()
        rows = db.exec(select(DeviceCode)).all()
    assert [each.verb for each in entries][-2:] == ["device code", "continued elsewhere"]
    told = caplog.text + "".join(map(repr, [*entries, *rows])).lower()
    assert code not in told
    assert code.replace("-", "").lower() not in told


@pytest.mark.parametrize("typed", ["", " ", "é" * 40, "\0", "x" * 10_000])
def test_nonsense_is_no_code(site: Site, typed: str) -> None:
    reply = site.browser().post("/continue", data={"code": typed})
    assert reply.status_code == 422
    assert "No test goes on with this code" in reply.text
