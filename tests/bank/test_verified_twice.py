"""Verify pressed twice, or by two at once, is stored once; verifying again on purpose is stored too."""

import re
from typing import Any

from fastapi.testclient import TestClient

from mockhall.accounts.models import Role
from tests.bank.desk_of import JSON, create, edit, signed, step, stored, tara, usha
from tests.fields import sent_by
from tests.make import PASSWORD, Site, make_person


def form_in(page: str) -> dict[str, Any]:
    """The form of Verify, as the card has it."""
    [form] = [each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'id="evidence"' in each]
    return sent_by(form) | {"then": "verify"}


def waiting(site: Site) -> tuple[str, TestClient]:
    author, reviewer = tara(site), usha(site)
    code = create(author)
    step(author, code, "review")
    return code, reviewer


def test_of_two_presses_the_first_is_stored_and_the_second_told(site: Site) -> None:
    code, reviewer = waiting(site)
    with site.writing() as db:
        uma = make_person(db, "Uma", Role.EDITOR)
    other, address = site.signed_in(uma), f"/desk/questions/{code}"
    sent = form_in(reviewer.get(address).text)
    assert reviewer.post(f"{address}/status", data=sent | {"evidence": "First."}).status_code == 303
    site.clock.forward(seconds=1)
    for browser in (reviewer, other):
        reply = browser.post(f"{address}/status", data=sent | {"evidence": "Second."})
        assert reply.status_code == 409
        assert "verified since you opened the page" in reply.text
        assert form_in(reply.text)["evidence"] == ["Second."]
    reply = other.post(f"{address}/status", data=sent | {"evidence": "Second."}, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "stale")
    assert [each.evidence for each in signed(site)] == ["First."]


def test_who_saw_the_verification_verifies_again_and_that_once_too(site: Site) -> None:
    code, reviewer = waiting(site)
    address = f"/desk/questions/{code}/status"
    data = {"then": "verify", "version": "1", "evidence": "First."}
    told = reviewer.post(address, data=data, headers=JSON).json()
    site.clock.forward(days=3)
    again = data | {"verified_at": told["verified_at"], "evidence": "Again."}
    assert reviewer.post(address, data=again).status_code == 303
    assert reviewer.post(address, data=again).status_code == 409
    page = reviewer.get(f"/desk/questions/{code}").text
    site.clock.forward(days=1)
    assert reviewer.post(address, data=form_in(page) | {"evidence": "Once more."}).status_code == 303
    assert [each.evidence for each in signed(site)] == ["First.", "Again.", "Once more."]


def test_a_newer_version_is_verified_by_whoever_knows_that_one(sqlite_site: Site) -> None:
    code, reviewer = waiting(sqlite_site)
    step(reviewer, code, "verify", evidence="First.")
    edit(tara_again(sqlite_site), code, stem="Mended?")
    data = {"then": "verify", "version": "2", "evidence": "The new one."}
    assert reviewer.post(f"/desk/questions/{code}/status", data=data).status_code == 303
    assert stored(sqlite_site, code)[0].verified_version == 2


def tara_again(site: Site) -> TestClient:
    browser = site.browser()
    browser.post("/sign-in", data={"email": "tara@example.edu", "password": PASSWORD})
    return browser
