"""Every address x role x object: who gets in, who gets 401, who gets a 404 that says nothing; promises 10, 11, 12."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from mockhall.accounts import actions as accounts
from mockhall.accounts.models import Person, Role
from mockhall.bank import images
from mockhall.bank.models import Question
from mockhall.db import metadata
from mockhall.papers.models import PaperStatus
from tests.accounts.cohorts_of import cohort_of
from tests.house.opened import (
    CODES,
    FOREIGN_SITES,
    MISSING,
    OPEN_TO_ALL,
    OPENED,
    PICTURE,
    receipt_of_another,
    reported_by_another,
    shared_by_another,
    started,
)
from tests.house.regraded import applied_regrade, applied_ruling
from tests.house.taken import file_of
from tests.house.test_routes import AUDIENCE, GET_THAT_WRITES, Address, addresses
from tests.make import START, Site, make_paper, make_person

ROLES = ("stranger", "guest", "ravi", "tara", "sita", "admin", "asha as guest", "asha as student")
ACCOUNTS = {"ravi": Role.STUDENT, "tara": Role.EDITOR, "sita": Role.STAFF, "admin": Role.ADMIN,
            "asha as student": Role.STUDENT}  # fmt: skip
ALLOWED = {
    "student": set(ACCOUNTS), "editor": {"tara", "admin"}, "staff": {"sita", "admin"},
    "desk": {"tara", "sita", "admin"},
}  # fmt: skip
BEFORE_SIGNING_IN = {"GET /sign-in", "GET /sign-up"}  # a page for who isn't signed in; who is goes on
PLAIN = {"Accept": "text/html", "Accept-Encoding": "identity"}


@dataclass
class House:
    """A site with one paper, a draft, an attempt of Asha's and one of whoever `role` is."""

    site: Site
    role: str
    browser: TestClient
    values: dict[str, dict[str, object]]

    def path(self, address: Address, which: str) -> str:
        values = self.values[which]
        code = next((name for start, name in CODES.items() if address.path.startswith(start)), "question")
        is_topic = address.path.startswith("/topics")
        slug = "fastapi" if is_topic and which != "missing" else values["slug"]
        token = values["shared" if address.path.startswith("/shared") else "token"]
        return address.at(**values | {"slug": slug, "code": values[code], "token": token})

    def ask(self, address: Address, which: str) -> Response:
        """The reply to the role; a stranger comes in a new browser each time."""
        browser = self.site.browser() if self.role == "stranger" else self.browser
        reply: Response = browser.request(address.method, self.path(address, which), headers=PLAIN)
        return reply


def house(site: Site, role: str) -> House:
    with site.writing() as db:
        make_paper(db)
        make_paper(db, "hush-1", status=PaperStatus.DRAFT)
        person = make_person(db, role.partition(" ")[0], ACCOUNTS[role]) if role in ACCOUNTS else None
        other = make_person(db, "Ben")
        token = accounts.new_link(db, other, START)
        question = db.exec(select(Question.code)).first()
        images.keep(db, PICTURE, b"\x89PNG", START)
        regrade, ruling = applied_regrade(db, other), applied_ruling(db, other)
        cohort = cohort_of(db, other, *([person] if person else []))
    browser = site.signed_in(person) if person else site.browser()
    own = "" if role == "stranger" else started(browser)
    there = MISSING | {"slug": "mock-1", "attempt": own, "token": token, "question": question, "export": file_of(site)}
    there |= {"watched": started(site.browser()), "person": other.code, "member": other.code, "address": PICTURE,
              "regrade": regrade, "ruling": ruling, "cohort": cohort.code, "join": cohort.join_code,
              "receipt": receipt_of_another(site), "shared": shared_by_another(site),
              "correction": reported_by_another(site)}  # fmt: skip
    foreign = there | {"attempt": there["watched"]}
    return House(site, role, browser, {"there": there, "foreign": foreign, "missing": MISSING})


def objects(house: House, address: Address) -> list[str]:
    if "{" not in address.path:
        return ["there"]
    if AUDIENCE[address.name] != "owner":
        return ["there", "missing"]
    return ["foreign", "missing"] if house.role == "stranger" else ["there", "foreign", "missing"]


def refusal_of(role: str, address: Address, which: str) -> int | None:
    """401 to nobody, 404 to the wrong one and for what isn't there; None for who is let in."""
    audience = AUDIENCE[address.name]
    if audience == "owner":
        return 401 if role == "stranger" else None if which == "there" else 404
    if audience != "public" and role not in ALLOWED[audience]:
        return 404 if role in ACCOUNTS else 401
    return 404 if which == "missing" else None


def expected(role: str, address: Address, which: str) -> int:
    refused = refusal_of(role, address, which)
    if refused is None and address.name in BEFORE_SIGNING_IN:
        return 303 if role in ACCOUNTS else 200
    return refused or OPENED.get(address.name, 200)


def everything(site: Site) -> dict[str, list[str]]:
    """Every row of the database but the counts of tries, which refusals are there to raise."""
    tables = [table for table in metadata.sorted_tables if table.name != "rate_counts"]
    with site.reading() as db:
        return {table.name: sorted(map(repr, db.execute(table.select()))) for table in tables}


def tried(site: Site) -> list[Address]:
    """All addresses but the files, signing out last: it would end the session."""
    found = [each for each in addresses(site.app) if each.method != "*"]
    assert len(found) > 40
    return sorted(found, key=lambda each: each.path == "/sign-out")


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_for_each_object_as_it_should(site: Site, role: str) -> None:
    here = house(site, role)
    before = everything(site)
    cases = [(each, which) for each in tried(site) for which in objects(here, each)]
    refused = [case for case in cases if refusal_of(role, *case) is not None]
    found = {case: here.ask(*case).status_code for case in refused}
    assert everything(site) == before, "a refused request changed something"
    found |= {case: here.ask(*case).status_code for case in cases if case not in refused}
    wrong = {
        f"{each.name}, {which}": f"{status} for {expected(role, each, which)}"
        for (each, which), status in found.items()
        if status != expected(role, each, which)
    }
    assert wrong == {}
    assert len(cases) > 70


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_yours_can_not_be_told_from_what_is_not_there(sqlite_site: Site, role: str) -> None:
    here, compared = house(sqlite_site, role), 0
    here.values["hidden"] = here.values["there"] | {"slug": "hush-1"}
    for each in tried(sqlite_site):
        hidden = "foreign" if AUDIENCE[each.name] == "owner" else "hidden"
        if "{" not in each.path or "{token}" in each.path or may_open(role, each):
            continue
        assert seen(here, each, hidden) == seen(here, each, "missing"), each.name
        compared += 1
    assert compared >= 7


def may_open(role: str, address: Address) -> bool:
    """Editors see drafts, and staff their reports: to them what is hidden is there. Some pages are to all."""
    is_page = address.name == "GET /papers/{slug}" and role in ALLOWED["editor"]
    return is_page or address.path.startswith(OPEN_TO_ALL) or role in ALLOWED.get(AUDIENCE[address.name], set())


def seen(here: House, address: Address, which: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """A whole reply, with a word in place of what was asked for."""
    reply = here.ask(address, which)
    body = reply.content
    for value in here.values[which].values():
        if isinstance(value, str) and value:
            body = body.replace(value.encode(), b"THIS")
    return reply.status_code, sorted(reply.headers.items()), body


def test_a_page_that_is_looked_at_changes_nothing(site: Site) -> None:
    here = house(site, "admin")
    before = everything(site)
    for each in tried(site):
        if each.method == "GET" and each.name not in GET_THAT_WRITES:
            for which in objects(here, each):
                here.ask(each, which)
    assert everything(site) == before


# ---------------------------------------------------------------- the end of a session


def signs_out(site: Site, browser: TestClient, person: Person) -> None:
    assert browser.post("/sign-out").status_code == 303


def gets_a_new_password(site: Site, browser: TestClient, person: Person) -> None:
    with site.writing() as db:
        token = accounts.new_link(db, db.get_one(Person, person.id), site.clock.at)
    assert site.browser().post(f"/reset/{token}", data={"password": "a new long password"}).status_code == 303


def is_disabled(site: Site, browser: TestClient, person: Person) -> None:
    with site.writing() as db:
        accounts.disable(db, db.get_one(Person, person.id), site.clock.at)


def gets_another_role(site: Site, browser: TestClient, person: Person) -> None:
    with site.writing() as db:
        accounts.set_role(db, db.get_one(Person, person.id), Role.STUDENT, site.clock.at)


@pytest.mark.parametrize("happens", [signs_out, gets_a_new_password, is_disabled, gets_another_role])
def test_a_session_ends_at_once(site: Site, happens: Any) -> None:
    here = house(site, "admin")
    cookie = {"mockhall": here.browser.cookies["mockhall"]}
    with site.reading() as db:
        admin = accounts.person_with_email(db, "admin@example.edu")
    happens(site, here.browser, admin)
    here.browser = site.browser()
    here.browser.cookies.update(cookie)
    for each in tried(site):
        if AUDIENCE[each.name] != "public":
            assert here.ask(each, "there").status_code == 401, each.name


# ---------------------------------------------------------------- requests from another site


@pytest.mark.parametrize("headers", FOREIGN_SITES, ids=lambda headers: "-".join(headers.values()))
def test_another_site_can_change_nothing_in_the_name_of_who_is_signed_in(
    sqlite_site: Site, headers: dict[str, str]
) -> None:
    here = house(sqlite_site, "admin")
    before, posts = everything(sqlite_site), [each for each in tried(sqlite_site) if each.method == "POST"]
    for each in posts:
        reply = here.browser.post(
            here.path(each, "there"), data={"then": "publish"}, headers=headers | {"Accept": "application/json"}
        )
        assert (reply.status_code, reply.json()["reason"]) == (403, "origin"), each.name
    assert len(posts) > 15
    assert everything(sqlite_site) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_pages_and_scripts_without_a_browser_are_let_through(
    sqlite_site: Site, headers: dict[str, str]
) -> None:
    here = house(sqlite_site, "ravi")
    path = f"/attempts/{here.values['there']['attempt']}/responses/1"
    assert here.browser.post(path, data={"choice": "o1"}, headers=headers).status_code in {200, 303}
