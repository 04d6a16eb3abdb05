"""What a start asks of who comes: names, roll numbers, the access code, and a wait; nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import col, select

from mockhall.accounts.models import RateCount, Role
from mockhall.attempts.models import Attempt
from mockhall.exam.entry import NO_NAME, NO_ROLL
from tests.attempts.room_of import JSON, a_paper, sit
from tests.make import START, Site, make_paper, make_person

HTML = {"Accept": "text/html"}


def press(site: Site, headers: dict[str, str] = JSON, browser: Any = None, **fields: str) -> Response:
    reply: Response = (browser or site.browser()).post("/papers/mock-1/attempts", data=fields, headers=headers)
    return reply


def attempts(site: Site) -> list[Attempt]:
    with site.reading() as db:
        return list(db.exec(select(Attempt)))


def test_a_missing_name_and_roll_number_are_asked_for_beside_their_fields(site: Site) -> None:
    a_paper(site, ask_name="required", ask_roll="required")
    refused = press(site)
    assert (refused.status_code, refused.json()["fields"]) == (422, {"name": NO_NAME, "roll": NO_ROLL})
    page = press(site, HTML, name="Asha Raman")
    assert page.status_code == 422
    assert 'value="Asha Raman"' in page.text, "what was typed is still there"
    assert 'id="roll-error"' in page.text
    assert 'id="name-error"' not in page.text
    assert attempts(site) == []
    assert press(site, name="Asha", roll=" 21CS014 ").status_code == 201
    assert [(each.candidate, each.roll) for each in attempts(site)] == [("Asha", "21CS014")]


def test_a_roll_number_that_is_not_asked_for_is_not_kept_and_one_too_long_is_refused(site: Site) -> None:
    a_paper(site)
    assert press(site, roll="21CS014").status_code == 201
    assert attempts(site)[0].roll == ""
    with site.writing() as db:
        make_paper(db, "mock-2", ask_roll="optional")
    long = site.browser().post("/papers/mock-2/attempts", data={"roll": "7" * 41}, headers=JSON)
    assert (long.status_code, list(long.json()["fields"])) == (422, ["roll"])


def test_the_access_code_lets_in_whatever_its_case_and_no_other_does(site: Site) -> None:
    a_paper(site, access_code="Lab7B")
    for wrong in ("", "lab7", "lab8b"):
        reply = press(site, code=wrong)
        assert (reply.status_code, reply.json()["reason"]) == (403, "code_needed")
    page = press(site, HTML, name="Asha", code="lab9")
    assert (page.status_code, 'value="Asha"' in page.text, 'id="code-error"' in page.text) == (403, True, True)
    assert press(site, code="lab 7b").status_code == 201


def test_the_access_code_is_in_no_reply_to_candidates(site: Site) -> None:
    a_paper(site, access_code="Lab7B-secret")
    browser = site.browser()
    replies = [browser.get("/papers/mock-1"), browser.get("/papers/mock-1", headers=JSON)]
    replies += [press(site, HTML, code="no"), press(site, code="no"), press(site, browser=browser, code="lab7b-SECRET")]
    code = replies[-1].json()["code"]
    replies += [browser.get(f"/attempts/{code}"), browser.get(f"/attempts/{code}", headers=JSON)]
    assert not [each.request.url for each in replies if "lab7b-secret" in each.text.casefold()]


def test_wrong_codes_are_counted_by_browser_and_then_even_the_right_one_waits(site: Site) -> None:
    a_paper(site, access_code="Lab7B")
    ben = site.browser()
    ben.cookies.set("mockhall", "a-browser-of-its-own")
    for _ in range(10):
        assert press(site, browser=ben, code="nope").status_code == 403
    eleventh = press(site, browser=ben, code="nope")
    assert (eleventh.status_code, eleventh.headers["retry-after"]) == (429, "600")
    assert press(site, browser=ben, code="Lab7B").status_code == 429
    assert press(site, code="Lab7B").status_code == 201, "others at the same address go on"
    site.clock.forward(minutes=11)
    assert press(site, browser=ben, code="Lab7B").status_code == 201


def wrong_codes(site: Site, count: int) -> None:
    """So many wrong codes at the address of the tests, more than one would wait for."""
    with site.writing() as db:
        row = db.exec(select(RateCount).where(col(RateCount.key).like("code:%:at:%"))).one()
        row.count = count
        db.add(row)


def test_a_school_is_not_locked_out_by_one_who_guesses(site: Site) -> None:
    a_paper(site, access_code="Lab7B")
    ben, asha = site.browser(), site.browser()
    ben.cookies.set("mockhall", "a-browser-of-its-own")
    assert press(site, browser=ben, code="nope").status_code == 403
    wrong_codes(site, 299)
    assert press(site, code="nope").status_code == 403
    assert press(site, code="nope").status_code == 429, "the address has had its 300"
    assert press(site, browser=ben, code="Lab7B").status_code == 429, "who has guessed before waits"
    assert press(site, browser=asha, code="Lab7B").status_code == 201
    wrong_codes(site, 2999)
    assert press(site, code="nope").status_code == 429
    assert press(site, code="Lab7B").status_code == 429, "cookies cost nothing, so guessing ends here"


def test_who_is_in_the_test_already_and_staff_need_no_code(site: Site) -> None:
    a_paper(site, access_code="Lab7B", ask_name="required")
    asha = site.browser()
    first = press(site, browser=asha, code="Lab7B", name="Asha")
    assert press(site, browser=asha).json()["code"] == first.json()["code"]
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    assert press(site, browser=site.signed_in(sita)).status_code == 201


@pytest.mark.parametrize(("seconds", "status"), [(0, 409), (59.9, 409), (60, 201)])
def test_between_two_attempts_there_is_a_wait_from_the_finish_on(site: Site, seconds: float, status: int) -> None:
    a_paper(site, wait_minutes=1)
    sitting = sit(site)
    site.clock.forward(minutes=5)
    sitting.submit()
    site.clock.forward(seconds=seconds)
    reply = press(site, browser=sitting.browser)
    assert reply.status_code == status
    if status == 409:
        assert reply.json()["reason"] == "wait"
        assert reply.json()["opens_at"] == "2026-11-22T09:06:00.000Z"
        page = sitting.browser.get("/papers/mock-1").text
        assert 'data-countdown="2026-11-22T09:06:00.000Z"' in page
        assert sitting.browser.get("/papers/mock-1", headers=JSON).json()["door"] == "wait"
    assert press(site).status_code == 201, "others don't wait"


@pytest.mark.parametrize(("seconds", "door"), [(-0.001, "early"), (0, "open")])
def test_before_the_opening_the_page_counts_down_by_the_servers_clock(site: Site, seconds: float, door: str) -> None:
    opens = START + timedelta(minutes=90)
    a_paper(site, opens_at=opens)
    site.clock.forward(minutes=90, seconds=seconds)
    browser = site.browser()
    told = browser.get("/papers/mock-1", headers=JSON).json()
    assert (told["door"], told["opens_at"]) == (door, "2026-11-22T10:30:00.000Z")
    page = browser.get("/papers/mock-1").text
    assert ("data-countdown" in page) is (door == "early")
    assert ("load this page again then" in page) is (door == "early")
    reply = press(site, browser=browser)
    assert reply.status_code == (409 if door == "early" else 201)
    if door == "early":
        assert reply.json()["opens_at"] == told["opens_at"]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({}, "is handed in for you"), ({"time_up": "abandon"}, "does not count and gets no marks"),
        ({"time_up": "window", "window_minutes": 10}, "have 10 minutes to hand in yourself"),
    ],
)  # fmt: skip
def test_what_happens_at_time_up_is_said_before_the_start(site: Site, rules: dict[str, Any], said: str) -> None:
    a_paper(site, **rules)
    assert said in site.browser().get("/papers/mock-1").text
