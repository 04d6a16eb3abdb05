"""Joining a cohort by its code, and leaving it."""

import pytest

from mockhall.accounts.cohort_access import MISSES
from mockhall.accounts.models import Role
from tests.accounts.cohorts_of import make_cohort, people_in
from tests.accounts.people import sign_in, sign_up, verbs
from tests.make import Site, make_person
from tests.results.sitting import browse, person

JSON = {"accept": "application/json"}


def test_a_student_joins_with_one_button_and_leaves_again(site: Site) -> None:
    asha, cohort = person(site, "Asha"), make_cohort(site)
    browser, at = browse(site, asha), f"/join/{cohort.join_code}"
    page = browser.get(at).text
    assert "Join <bdi>Class 9B" in page
    assert people_in(site, cohort) == []
    reply = browser.post(at)
    assert (reply.status_code, reply.headers["location"]) == (303, "/account")
    account = browser.get("/account").text
    assert "You are in Class 9B now." in account
    assert people_in(site, cohort) == [asha.email]
    assert "already" in browser.get(at).text
    browser.post(at)
    assert people_in(site, cohort) == [asha.email]
    browser.post(f"/account/cohorts/{cohort.code}")
    assert people_in(site, cohort) == []
    assert "You have left Class 9B." in browser.get("/account").text
    assert [verb for verb in verbs(site) if verb in {"cohort add", "cohort remove"}] == ["cohort add", "cohort remove"]


def test_a_code_is_read_in_capitals_too(site: Site) -> None:
    asha, cohort = person(site, "Asha"), make_cohort(site)
    browse(site, asha).post(f"/join/{cohort.join_code.upper()}")
    assert people_in(site, cohort) == [asha.email]


def test_who_has_no_account_is_told_the_way_and_comes_back(site: Site) -> None:
    cohort = make_cohort(site)
    browser, at = site.browser(), f"/join/{cohort.join_code}"
    page = browser.get(at).text
    assert f"/sign-up?next={at}" in page
    assert f"/sign-in?next={at}" in page
    assert browser.post(at).status_code == 401
    assert people_in(site, cohort) == []
    reply = sign_up(browser, next=at)
    assert reply.headers["location"] == at
    browser.post(at)
    assert people_in(site, cohort) == ["asha@example.edu"]


def test_who_signs_in_comes_back_too(site: Site) -> None:
    with site.writing() as db:
        make_person(db, "Asha")
    cohort = make_cohort(site)
    reply = sign_in(site.browser(), next=f"/join/{cohort.join_code}")
    assert reply.headers["location"] == f"/join/{cohort.join_code}"


@pytest.mark.parametrize("then", ["close", "new_code", "archive"])
def test_a_code_that_is_turned_off_says_so_kindly_and_lets_nobody_in(site: Site, then: str) -> None:
    asha, cohort = person(site, "Asha"), make_cohort(site)
    sita = browse(site, person(site, "Sita", Role.STAFF))
    sita.post(f"/desk/cohorts/{cohort.code}", data={"then": then})
    browser = browse(site, asha)
    for reply in (browser.get(f"/join/{cohort.join_code}"), browser.post(f"/join/{cohort.join_code}")):
        assert reply.status_code == 404
        assert "Ask whoever gave it to you." in reply.text
        assert cohort.name not in reply.text
    assert people_in(site, cohort) == []


def test_a_new_code_opens_what_the_old_one_did(site: Site) -> None:
    asha, cohort = person(site, "Asha"), make_cohort(site)
    sita = browse(site, person(site, "Sita", Role.STAFF))
    sita.post(f"/desk/cohorts/{cohort.code}", data={"then": "new_code"})
    page = sita.get(f"/desk/cohorts/{cohort.code}").text
    code = page.partition('href="http://testserver/join/')[2].partition('"')[0]
    assert code not in {"", cohort.join_code}
    browse(site, asha).post(f"/join/{code}")
    assert people_in(site, cohort) == [asha.email]


@pytest.mark.parametrize("code", ["nothing", "a" * 500, "%F0%9F%98%80", "...", "x%2Fy"])
def test_a_code_that_was_never_given_out_is_no_fault_of_ours(site: Site, code: str) -> None:
    reply = site.browser().get(f"/join/{code}", headers=JSON)
    assert reply.status_code == 404


def test_trying_out_codes_ends_in_a_wait(site: Site) -> None:
    cohort, browser = make_cohort(site), site.browser()
    for place in range(MISSES):
        assert browser.get(f"/join/guess{place}", headers=JSON).status_code == 404
    assert browser.get("/join/last", headers=JSON).status_code == 404
    reply = browser.get(f"/join/{cohort.join_code}", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (429, "too_many")
    site.clock.forward(minutes=11)
    assert browser.get(f"/join/{cohort.join_code}").status_code == 200


def test_nobody_leaves_for_somebody_else(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    cohort = make_cohort(site, asha)
    assert browse(site, ben).post(f"/account/cohorts/{cohort.code}").status_code == 404
    assert people_in(site, cohort) == [asha.email]
