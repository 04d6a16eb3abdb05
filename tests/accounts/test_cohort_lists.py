"""A list brought into a cohort: a dry run that stores nothing, then what it said and no more."""

import re

import pytest
from fastapi.testclient import TestClient

from mockhall.accounts import actions
from mockhall.accounts.models import Role
from tests.accounts.cohorts_of import confirm, dry_run, make_cohort, people_in
from tests.accounts.people import log, verbs
from tests.house.test_access import everything
from tests.make import PASSWORD, START, Site
from tests.results.sitting import browse, person


def staff(site: Site) -> TestClient:
    return browse(site, person(site, "Sita", Role.STAFF))


def counts(page: str) -> list[str]:
    """To be added, already in, no account yet, left out."""
    return re.findall(r"<dd[^>]*>([\d,]+)</dd>", page)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    sita, cohort = staff(site), make_cohort(site, asha)
    before = everything(site)
    page = dry_run(sita, cohort, f"{asha.email}\n{ben.email}\nila@example.edu\nnobody\n{ben.email}")
    assert page.status_code == 200
    assert "Nothing has been stored yet" in page.text
    assert counts(page.text) == ["1", "1", "1", "2"]
    assert "Line 2 has this address already." in page.text
    assert everything(site) == before


def test_confirming_adds_those_with_an_account_and_leaves_the_others_out(site: Site) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    sita, cohort = staff(site), make_cohort(site, asha)
    page = dry_run(sita, cohort, f"email,roll\n{asha.email},1\nBEN@example.edu,2\nila@example.edu,3")
    reply = confirm(sita, cohort, page.text)
    assert reply.status_code == 303
    assert people_in(site, cohort) == [asha.email, ben.email]
    shown = sita.get(reply.headers["location"]).text
    assert "1 person added." in shown
    assert 'data-label="Roll">2<' in shown
    assert verbs(site)[-1] == "cohort add"
    again = confirm(sita, cohort, page.text)
    assert "0 people added." in sita.get(again.headers["location"]).text


def test_accounts_are_made_with_a_link_each_that_is_shown_once_and_works_once(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    page = dry_run(sita, cohort, "email,name\nila@example.edu,Ila Sen\njai@example.edu,")
    reply = confirm(sita, cohort, page.text, unknown="create")
    assert reply.status_code == 200
    links = re.findall(r"http://testserver(/reset/[\w-]+)", reply.text)
    assert len(links) == 2
    assert people_in(site, cohort) == ["ila@example.edu", "jai@example.edu"]
    assert not re.search("/reset/[\\w-]{20}", sita.get(f"/desk/cohorts/{cohort.code}").text)
    ila = site.browser()
    assert ila.post(links[0], data={"password": PASSWORD}).status_code == 303
    assert "Ila Sen" in ila.get("/account").text
    assert cohort.name in ila.get("/account").text
    assert site.browser().get(links[0]).status_code == 404
    with site.reading() as db:
        told = [verb for verb, _ in log(db)]
        made = actions.person_with_email(db, "ila@example.edu")
    assert (told.count("add"), told.count("link"), told.count("cohort add")) == (2, 2, 2)
    assert made is not None
    assert made.role == Role.STUDENT
    assert made.time_factor == 1


def test_whoever_signs_up_between_dry_run_and_confirming_is_added_without_a_link(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    page = dry_run(sita, cohort, "ila@example.edu")
    ila = person(site, "Ila")
    reply = confirm(sita, cohort, page.text, unknown="create")
    assert reply.status_code == 303
    assert people_in(site, cohort) == [ila.email]


def test_a_disabled_account_is_left_out(site: Site) -> None:
    ben = person(site, "Ben", disabled_at=START)
    sita, cohort = staff(site), make_cohort(site)
    page = dry_run(sita, cohort, str(ben.email))
    assert "This account is disabled." in page.text
    assert counts(page.text) == ["0", "0", "0", "1"]
    confirm(
        sita, cohort, f'action="/desk/cohorts/{cohort.code}/members"><input name="people" value="{ben.email}"></form>'
    )
    assert people_in(site, cohort) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_as_spreadsheets_write_it_is_read(site: Site, encoding: str) -> None:
    sita, cohort = staff(site), make_cohort(site)
    text = "Name;E-Mail;Roll\r\nआशा राव;asha@example.edu;7\r\n"
    page = dry_run(sita, cohort, "what is pasted gives way", text.encode(encoding))
    assert counts(page.text) == ["0", "0", "1", "0"]
    assert "आशा राव" in page.text


@pytest.mark.parametrize("data", [b"PK\x03\x04asha@example.edu", b"asha@example.edu\xff\xfe", b"%PDF-1.7 a@b"])
def test_a_file_that_is_no_text_is_refused_beside_its_field(site: Site, data: bytes) -> None:
    sita, cohort = staff(site), make_cohort(site)
    reply = dry_run(sita, cohort, "", data)
    assert reply.status_code == 422
    assert "not plain text" in reply.text


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_an_empty_list_is_refused(site: Site, text: str) -> None:
    sita, cohort = staff(site), make_cohort(site)
    for path in ("add", "members"):
        reply = sita.post(f"/desk/cohorts/{cohort.code}/{path}", data={"people": text})
        assert reply.status_code == 422
        assert "Paste at least one address" in reply.text


def test_a_list_of_nonsense_adds_nobody_and_nothing_of_it_is_run(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    page = dry_run(sita, cohort, "<script>alert(1)</script>\n=1+1\n\0\n" + "y" * 5000)
    assert counts(page.text) == ["0", "0", "0", "4"]
    assert "<script>alert" not in page.text
    assert "This list adds nobody." in page.text
    reply = sita.post(f"/desk/cohorts/{cohort.code}/members", data={"people": "<script>\n=1+1"})
    assert reply.status_code == 422
    assert people_in(site, cohort) == []


def test_two_thousand_lines_are_added_at_once(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    text = "email,name,roll\n" + "\n".join(f"p{n}@example.edu,Person {n},{n}" for n in range(2_000))
    page = dry_run(sita, cohort, "", text.encode())
    assert counts(page.text) == ["0", "0", "2,000", "0"]
    reply = confirm(sita, cohort, page.text, unknown="create")
    assert len(set(re.findall(r"/reset/[\w-]{43}", reply.text))) == 2_000
    assert len(people_in(site, cohort)) == 2_000
    with site.reading() as db:
        assert len([verb for verb, _ in log(db) if verb == "cohort add"]) == 2_000


def test_more_accounts_than_can_be_handed_out_are_not_offered(sqlite_site: Site) -> None:
    sita, cohort = staff(sqlite_site), make_cohort(sqlite_site)
    page = dry_run(sita, cohort, "\n".join(f"p{n}@example.edu" for n in range(2_001)))
    assert "2,000 addresses at once at most" in page.text
    assert 'value="create"' not in page.text
    sent = {"people": "\n".join(f"p{n}@example.edu" for n in range(2_001)), "unknown": "create"}
    sita.post(f"/desk/cohorts/{cohort.code}/members", data=sent)
    assert people_in(sqlite_site, cohort) == []


def test_an_account_without_a_password_opens_by_its_link_only(site: Site) -> None:
    sita, cohort = staff(site), make_cohort(site)
    confirm(sita, cohort, dry_run(sita, cohort, "ila@example.edu").text, unknown="create")
    with site.reading() as db:
        assert actions.person_with_email(db, "ila@example.edu") is not None
    for password in ("", "a guess of mine"):
        reply = site.browser().post("/sign-in", data={"email": "ila@example.edu", "password": password})
        assert reply.status_code == 401
