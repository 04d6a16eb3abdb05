"""Tests for people with an account, and for cohorts: who may start, what others are told, and where it is listed."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts import cohorts
from mockhall.accounts.models import Cohort, Person, Role
from mockhall.attempts.models import Attempt
from mockhall.papers.models import PaperCohort
from tests.accounts.cohorts_of import cohort_of
from tests.attempts.room_of import JSON
from tests.make import START, Site, make_paper, make_person, queries

HTML = {"Accept": "text/html"}


def with_cohort(site: Site, **rules: Any) -> tuple[Person, Person]:
    """`mock-1` for class 9B, Asha in it and Ben not."""
    with site.writing() as db:
        asha, ben = make_person(db, "Asha"), make_person(db, "Ben")
        cohort = cohort_of(db, asha)
        make_paper(db, access="cohort", cohorts=[cohort.id], **rules)
    return asha, ben


def press(browser: TestClient, headers: dict[str, str] = JSON, **fields: str) -> Any:
    return browser.post("/papers/mock-1/attempts", data=fields, headers=headers)


def counted(site: Site) -> tuple[int, int]:
    """People and attempts."""
    with site.reading() as db:
        return len(db.exec(select(Person.id)).all()), len(db.exec(select(Attempt.id)).all())


@pytest.mark.parametrize("access", ["sign_in", "cohort"])
def test_a_stranger_is_asked_to_sign_in_and_becomes_no_guest(site: Site, access: str) -> None:
    with site.writing() as db:
        make_paper(db, access=access, access_code="lamp")
    browser = site.browser()
    page = browser.get("/papers/mock-1").text
    assert 'href="/sign-in?next=/papers/mock-1"' in page
    assert "Start without signing up" not in page
    refused = press(browser)
    assert (refused.status_code, refused.json()["reason"]) == (403, "sign_in_needed")
    assert refused.json()["next"] == "/papers/mock-1"
    form = press(browser, HTML)
    assert form.status_code == 403
    assert 'href="/sign-in?next=/papers/mock-1"' in form.text
    assert counted(site) == (0, 0)


def test_a_guest_is_asked_too_and_goes_on_after_signing_in(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "other")
        make_paper(db, access="sign_in")
        make_person(db, "Asha")
    browser = site.browser()
    assert browser.post("/papers/other/attempts", headers=JSON).status_code == 201
    assert press(browser).json()["reason"] == "sign_in_needed"
    sent = {"email": "asha@example.edu", "password": "correct horse battery", "next": "/papers/mock-1"}
    assert browser.post("/sign-in", data=sent).headers["location"] == "/papers/mock-1"
    assert "Start the test" in browser.get("/papers/mock-1").text
    assert press(browser).status_code == 201


def test_only_the_people_of_a_cohort_start_its_test(site: Site) -> None:
    asha, ben = with_cohort(site)
    other = site.signed_in(ben)
    page = other.get("/papers/mock-1").text
    assert "Only for the cohort Class 9B." in page
    assert "Start the test" not in page
    refused = press(other)
    assert (refused.status_code, refused.json()["reason"]) == (403, "not_in_cohort")
    assert "cohort" in press(other, HTML).text
    member = site.signed_in(asha)
    assert "Start the test" in member.get("/papers/mock-1").text
    assert press(member).status_code == 201
    assert counted(site)[1] == 1


def test_whom_a_test_is_not_for_is_asked_for_no_code(site: Site) -> None:
    _, ben = with_cohort(site, access_code="lamp")
    assert press(site.signed_in(ben), code="wrong").json()["reason"] == "not_in_cohort"


def test_who_is_taken_out_of_the_cohort_starts_no_more_but_goes_on_with_what_runs(site: Site) -> None:
    asha, _ = with_cohort(site)
    browser = site.signed_in(asha)
    code = press(browser).json()["code"]
    with site.writing() as db:
        cohort = db.exec(select(Cohort)).one()
        cohorts.take_out(db, cohort, db.get_one(Person, asha.id), START, None)
    again = press(browser)
    assert (again.status_code, again.json()["code"]) == (200, code)
    assert browser.post(f"/attempts/{code}/submission", headers=JSON).status_code == 200
    assert press(browser).json()["reason"] == "not_in_cohort"


def test_nobody_of_an_archived_cohort_starts(site: Site) -> None:
    asha, _ = with_cohort(site)
    with site.writing() as db:
        cohorts.archive(db, db.exec(select(Cohort)).one(), START, None)
    assert press(site.signed_in(asha)).json()["reason"] == "not_in_cohort"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.STAFF, Role.ADMIN])
def test_staff_preview_every_test(site: Site, role: Role) -> None:
    with_cohort(site)
    with site.writing() as db:
        person = make_person(db, "Tara", role)
    browser = site.signed_in(person)
    assert "/papers/mock-1" in browser.get("/papers").text
    assert press(browser).status_code == 201


def test_who_it_is_for_is_said_before_when_it_opens(sqlite_site: Site) -> None:
    _, ben = with_cohort(sqlite_site, opens_at=START + timedelta(days=1))
    assert press(sqlite_site.signed_in(ben)).json()["reason"] == "not_in_cohort"
    found = sqlite_site.signed_in(ben).get("/papers/mock-1", headers=JSON).json()
    assert (found["door"], found["access"]) == ("not_in_cohort", "cohort")


def test_a_test_for_a_cohort_is_listed_only_for_its_people_and_staff(site: Site) -> None:
    asha, ben = with_cohort(site)
    with site.writing() as db:
        make_paper(db, "open-1", title="Open one")
        make_paper(db, "account-1", title="With an account", access="sign_in")
        sita = make_person(db, "Sita", Role.STAFF)
    browsers = {"stranger": site.browser(), "ben": site.signed_in(ben), "asha": site.signed_in(asha),
                "sita": site.signed_in(sita)}  # fmt: skip
    for who, browser in browsers.items():
        with queries(site) as sent:
            page = browser.get("/papers").text
        assert len(sent) <= 4, who
        listed = who in {"asha", "sita"}
        assert ("/papers/mock-1" in page) is listed, who
        assert "/papers/open-1" in page
        assert "/papers/account-1" in page
        found = {each["slug"] for each in browser.get("/papers", headers=JSON).json()["papers"]}
        assert ("mock-1" in found) is listed, who
        for address in ("/topics/fastapi", "/topics/fastapi-basics"):
            assert ("/papers/mock-1" in browser.get(address).text) is listed, who


def test_a_subject_whose_only_test_is_for_a_cohort_is_not_offered_to_others(site: Site) -> None:
    asha, ben = with_cohort(site)
    assert "/topics/fastapi" not in site.signed_in(ben).get("/").text
    assert "/topics/fastapi" in site.signed_in(asha).get("/").text


def test_the_next_version_keeps_the_cohorts(site: Site) -> None:
    with_cohort(site)
    with site.writing() as db:
        tara = make_person(db, "Tara", Role.EDITOR)
    reply = site.signed_in(tara).post("/desk/papers/mock-1/sections/1", data={"then": "rename", "title": "X"})
    assert reply.status_code == 303
    with site.reading() as db:
        rows = [(each.paper_version_id, each.cohort_id) for each in db.exec(select(PaperCohort))]
    assert len(rows) == 2
    assert len({cohort for _, cohort in rows}) == 1
