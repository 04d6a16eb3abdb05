"""What the tests of accounts share: guests with attempts, and what the database holds afterwards."""

from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import AuditEntry, LoginSession, Person
from mockhall.accounts.sessions import open_session, person_of
from mockhall.attempts.models import Attempt
from mockhall.web.codes import token_hash
from tests.make import PASSWORD, Site, make_paper, make_person

ASHA = "asha@example.edu"


def second_session(site: Site, browser: TestClient) -> str:
    """One more token of whoever this browser is, as a thief may have got it."""
    with site.writing() as db:
        owner = person_of(db, token_of(browser), site.clock())
        assert owner is not None
        return open_session(db, owner, site.clock())


def cast(site: Site, *names: str) -> list[Person]:
    """Accounts for these names."""
    with site.writing() as db:
        return [make_person(db, name) for name in names]


def guest_with_attempt(site: Site) -> TestClient:
    """A browser in which a guest has started the paper `mock-1`."""
    with site.writing() as db:
        make_paper(db)
    browser = site.browser()
    browser.get("/papers/mock-1")
    reply = browser.post("/papers/mock-1/attempts", data={"name": "Asha"})
    assert reply.status_code == 303, reply.text
    return browser


def token_of(browser: TestClient) -> str:
    """The session token this browser holds; empty without one."""
    return browser.cookies.get("mockhall") or ""


def sign_in(browser: TestClient, email: str = ASHA, password: str = PASSWORD, **fields: str) -> Any:
    return browser.post("/sign-in", data={"email": email, "password": password, **fields})


def sign_up(browser: TestClient, email: str = ASHA, password: str = PASSWORD, **fields: str) -> Any:
    return browser.post("/sign-up", data={"email": email, "password": password, **fields})


def owners(site: Site) -> list[int]:
    """Whose the attempts are."""
    with site.reading() as db:
        return list(db.exec(select(Attempt.person_id)).all())


def person(site: Site, email: str = ASHA) -> Person:
    with site.reading() as db:
        found: Person = db.exec(select(Person).where(Person.email == email)).one()
        return found


def is_open(site: Site, token: str) -> bool:
    """Is there a session under this token that has not been ended?"""
    with site.reading() as db:
        query = select(LoginSession.id).where(LoginSession.token_hash == token_hash(token))
        return db.exec(query.where(col(LoginSession.revoked_at).is_(None))).first() is not None


def log(db: Session) -> list[tuple[str, str]]:
    """Verb and subject of each line of the audit log, which must be whole."""
    assert audit.first_broken(db) is None
    return [(entry.verb, entry.subject) for entry in db.exec(select(AuditEntry).order_by(col(AuditEntry.id)))]


def verbs(site: Site) -> list[str]:
    with site.reading() as db:
        return [verb for verb, _ in log(db)]
