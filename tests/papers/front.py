"""What the tests of a test's front page share: its text, its start button, a guest's browser."""

import re

from fastapi.testclient import TestClient

from mockhall.accounts import actions as accounts
from mockhall.accounts.sessions import open_session
from tests.make import Site

START_BUTTON = re.compile(r'<button class="button primary big block" type="submit">([^<]+)</button>')
JSON = {"Accept": "application/json"}


def words_of(html: str) -> str:
    """The page's text, blanks collapsed."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(browser: TestClient, slug: str = "mock-1") -> str:
    reply = browser.get(f"/papers/{slug}")
    assert reply.status_code == 200
    return reply.text


def guest_browser(site: Site, name: str = "") -> TestClient:
    """A browser with a guest's cookie."""
    with site.writing() as db:
        guest = accounts.new_guest(db, site.clock(), name)
        token = open_session(db, guest, site.clock())
    browser = site.browser()
    browser.cookies.set("mockhall", token)
    return browser


def start(browser: TestClient, slug: str = "mock-1", **form: str) -> str:
    """Start the test; returns the attempt's address."""
    reply = browser.post(f"/papers/{slug}/attempts", data=form)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])
