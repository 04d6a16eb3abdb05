"""A test for the people of cohorts, set in the form of its rules."""

from typing import Any

import pytest

from mockhall.accounts import cohorts
from tests.accounts.cohorts_of import cohort_of
from tests.bank.desk_of import errors_in, tara
from tests.make import START, Site, make_paper, make_person
from tests.papers_desk.test_papers import paper_of, rules
from tests.papers_desk.test_rules import form_on


def test_a_test_is_set_to_be_for_cohorts_and_shows_them_ticked(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        codes = [cohort_of(db, name=name).code for name in ("9A", "9B")]
    browser = tara(site)
    form = form_on(browser.get("/desk/papers/mock-1").text)
    assert "cohort" not in form
    assert browser.post("/desk/papers/mock-1", data=form | {"access": "cohort", "cohort": codes[1]}).status_code == 303
    assert paper_of(site, "mock-1")[1].access == "cohort"
    form = form_on(browser.get("/desk/papers/mock-1").text)
    assert (form["access"], form["cohort"]) == (["cohort"], [codes[1]])
    assert browser.post("/desk/papers/mock-1", data=form).status_code == 303
    assert form_on(browser.get("/desk/papers/mock-1").text)["cohort"] == [codes[1]]
    assert browser.post("/desk/papers/mock-1", data=form | {"version": "3", "access": "public"}).status_code == 303
    assert "cohort" not in form_on(browser.get("/desk/papers/mock-1").text)


@pytest.mark.parametrize("cohort", [[], ["gone"], ["9A", "archived"], ["a\0b"]])
def test_a_cohort_that_is_gone_is_said_beside_the_cohorts_and_the_others_stay_ticked(
    sqlite_site: Site, cohort: list[str]
) -> None:
    with sqlite_site.writing() as db:
        make_paper(db)
        codes = {name: cohort_of(db, name=name) for name in ("9A", "archived")}
        cohorts.archive(db, codes["archived"], START, None)
        known = {name: each.code for name, each in codes.items()}
    sent: dict[str, Any] = {"access": "cohort", "cohort": [known.get(each, each) for each in cohort]}
    reply = tara(sqlite_site).post("/desk/papers/mock-1", data=rules(title="Mock one", version="1") | sent)
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {"cohorts"}
    assert form_on(reply.text).get("cohort", []) == ([known["9A"]] if "9A" in cohort else [])
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_a_cohort_that_was_archived_since_is_shown_to_be_taken_out(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        cohort = cohort_of(db, name="Old class")
        make_paper(db, access="cohort", cohorts=[cohort.id])
        cohorts.archive(db, cohort, START, None)
    page = tara(sqlite_site).get("/desk/papers/mock-1").text
    assert "Archived: nobody of it may start" in page
    assert form_on(page)["cohort"]


def test_a_topics_page_tells_nothing_of_a_test_for_a_cohort_but_to_its_people(site: Site) -> None:
    with site.writing() as db:
        member = make_person(db, "Mira")
        cohort = cohort_of(db, member)
        make_paper(db, access="cohort", cohorts=[cohort.id])
    assert "Basics" not in site.browser().get("/topics/fastapi").text
    assert "Basics" in site.signed_in(member).get("/topics/fastapi").text
