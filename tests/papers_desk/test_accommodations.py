"""The page on which staff give somebody other times or more attempts."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry, CohortMember, Person, Role
from mockhall.papers.models import PaperAccommodation, PaperStatus
from tests.accounts.cohorts_of import cohort_of
from tests.bank.desk_of import JSON, errors_in, ravi, sita, tara
from tests.make import START, Site, make_paper, make_person, queries

PAGE = "/desk/papers/mock-1/accommodations"
LATER = {"closes": "2026-11-23T18:00", "reason": "Ill on the day"}


def people(site: Site, **rules: Any) -> dict[str, str]:
    """Asha and two Bens, Asha in Class 9B with the roll number 17; codes by name, of the cohort by its own."""
    with site.writing() as db:
        make_paper(db, **({"closes_at": START + timedelta(hours=1)} | rules))
        asha, ben = make_person(db, "Asha"), make_person(db, "Ben")
        other = make_person(db, "Benita", time_factor=Fraction(5, 4))
        cohort = cohort_of(db, asha, name="Class 9B")
        member = db.exec(select(CohortMember)).one()
        member.roll = "R-17"
        db.add(member)
        return {each.name: each.code for each in (asha, ben, other)} | {"Class 9B": cohort.code}


def rows(site: Site) -> list[tuple[str | None, str | None, str, str]]:
    """What is stored: whose by name, whether a cohort's, closing and reason."""
    with site.reading() as db:
        found = db.exec(select(PaperAccommodation).order_by(PaperAccommodation.id)).all()  # type: ignore[arg-type]
        names = {each.id: each.name for each in db.exec(select(Person))}
        return [
            (names.get(each.person_id), "cohort" if each.cohort_id else None,
             f"{each.closes_at:%d %H:%M}" if each.closes_at else "", each.reason)
            for each in found
        ]  # fmt: skip


@pytest.mark.parametrize("who", ["asha@example.edu", "asha", "r-17"])
def test_a_person_is_found_by_email_name_or_roll_number(site: Site, who: str) -> None:
    people(site)
    browser = sita(site)
    reply = browser.post(PAGE, data=LATER | {"who": who})
    assert (reply.status_code, reply.headers.get("location")) == (303, PAGE)
    assert rows(site) == [("Asha", None, "23 18:00", "Ill on the day")]
    page = browser.get(PAGE).text
    for said in ("Given to Asha.", "Ill on the day", "Sita", "Closes", "25 % extra"):
        assert said in page
    with site.reading() as db:
        logged = db.exec(select(AuditEntry).where(AuditEntry.verb == "accommodation")).one()
        assert ("Asha" not in logged.subject, "20261123T1800Z" in logged.subject) == (True, True)


def test_all_that_is_wrong_is_said_at_once(sqlite_site: Site) -> None:
    people(sqlite_site)
    staff, sent = sita(sqlite_site), {"who": "asha", "opens": "2026-11-25T09:00", "closes": "2026-11-24T09:00"}
    assert set(errors_in(staff.post(PAGE, data=sent).text)) == {"closes", "reason"}
    for page in ("/desk/papers", "/desk/papers/mock-1/room"):
        assert f'href="{PAGE}"' in staff.get(page).text


def test_where_several_fit_one_is_chosen_and_nothing_typed_is_lost(sqlite_site: Site) -> None:
    codes, browser = people(sqlite_site), sita(sqlite_site)
    reply = browser.post(PAGE, data=LATER | {"who": "ben", "more_attempts": "2"})
    assert (reply.status_code, set(errors_in(reply.text))) == (422, {"who"})
    for said in ('value="2026-11-23T18:00"', 'value="ben"', f'value="{codes["Benita"]}"', 'value="2"'):
        assert said in reply.text
    assert browser.post(PAGE, data=LATER | {"who": "ben", "person": codes["Benita"]}).status_code == 303
    assert [row[0] for row in rows(sqlite_site)] == ["Benita"]


def test_what_is_given_again_replaces_and_is_taken_back(site: Site) -> None:
    codes, browser = people(site), sita(site)
    reply = browser.post(PAGE, data=LATER | {"cohort": codes["Class 9B"]}, headers=JSON)
    assert reply.json()["closes_at"] == "2026-11-23T18:00:00.000Z"
    code = reply.json()["code"]
    sent = {"cohort": codes["Class 9B"], "more_attempts": "1", "reason": "Another room"}
    assert browser.post(PAGE, data=sent, headers=JSON).json()["code"] == code
    assert rows(site) == [(None, "cohort", "", "Another room")]
    listed = browser.get(PAGE, headers=JSON).json()["accommodations"]
    assert [(each["name"], each["more_attempts"], each["given_by"]) for each in listed] == [("Class 9B", 1, "Sita")]
    assert browser.post(f"{PAGE}/{code}", data={"then": "else"}).status_code == 422
    assert browser.post(f"{PAGE}/{code}", data={"then": "remove"}).status_code == 303
    assert browser.post(f"{PAGE}/{code}", data={"then": "remove"}).status_code == 404
    assert rows(site) == []


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ({"who": ""}, {"who"}), ({"who": "nobody"}, {"who"}), ({"cohort": "2" * 12}, {"cohort"}),
        ({"who": "asha", "cohort": "2" * 12}, {"cohort"}), ({"person": "2" * 12}, {"who"}),
        ({"who": "asha", "closes": "2026-11-21T09:00"}, {"closes"}),
        ({"who": "asha", "closes": "soon"}, {"closes"}), ({"who": "asha", "reason": ""}, {"reason"}),
        ({"who": "asha", "closes": ""}, {"opens"}), ({"who": "asha", "more_attempts": "101"}, {"more_attempts"}),
        ({"who": "asha", "opens": "2026-11-23T19:00"}, {"closes"}),
        ({"who": "asha", "opens": "2026-11-23T19:00", "closes": ""}, {"opens"}),
        ({"who": "\0", "reason": "a\u202eb"}, {"who", "reason"}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field(sqlite_site: Site, sent: dict[str, str], at: set[str]) -> None:
    people(sqlite_site)
    reply = sita(sqlite_site).post(PAGE, data=LATER | sent)
    assert (reply.status_code, set(errors_in(reply.text))) == (422, at)
    assert rows(sqlite_site) == []


def test_editors_see_how_many_and_staff_whose(sqlite_site: Site) -> None:
    people(sqlite_site)
    sita(sqlite_site).post(PAGE, data=LATER | {"who": "asha"})
    editor = tara(sqlite_site)
    page = editor.get("/desk/papers/mock-1").text
    assert "1 person or cohort has other times or more attempts here." in page
    assert "Asha" not in page
    for browser in (editor, ravi(sqlite_site)):
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, data=LATER | {"who": "asha"}).status_code == 404
    with sqlite_site.writing() as db:
        admin = make_person(db, "Anil", Role.ADMIN)
    page = sqlite_site.signed_in(admin).get("/desk/papers/mock-1").text
    for said in ("Asha", "Benita", "25 % extra", f'href="{PAGE}"'):
        assert said in page


def test_of_a_test_for_cohorts_only_their_people_s_extra_time_is_listed(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        mine, other = (make_person(db, name, time_factor=Fraction(2)) for name in ("Mine", "Other"))
        make_paper(db, access="cohort", cohorts=[cohort_of(db, mine).id])
    page = sita(sqlite_site).get(PAGE).text
    assert ("Mine" in page, other.name in page) == (True, False)


def test_an_own_closing_after_the_answers_were_open_is_warned_of(sqlite_site: Site) -> None:
    people(sqlite_site)
    browser = sita(sqlite_site)
    assert "may have read the right answers" not in browser.get(PAGE).text
    sqlite_site.clock.forward(hours=2)
    assert "may have read the right answers" in browser.get(PAGE).text


def test_the_page_takes_as_many_queries_for_many_as_for_one(sqlite_site: Site) -> None:
    people(sqlite_site)
    browser = sita(sqlite_site)
    counts = []
    for who in ("asha", "benita", "ben@example.edu"):
        browser.post(PAGE, data=LATER | {"who": who})
        browser.get(PAGE)
        with queries(sqlite_site) as seen:
            browser.get(PAGE)
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_a_test_nobody_has_sat_is_deleted_with_what_was_given(site: Site) -> None:
    people(site, status=PaperStatus.DRAFT)
    sita(site).post(PAGE, data=LATER | {"who": "asha"})
    reply = tara(site).post("/desk/papers/mock-1/delete", data={"version": "1", "sure": "1"})
    assert (reply.status_code, rows(site)) == (303, [])
