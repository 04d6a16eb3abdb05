"""Steps of the tour around the review: in two languages, and what a candidate writes beside a question."""

from fastapi.testclient import TestClient

from tests.house.taken import FRAGMENT


def start(browser: TestClient, slug: str = "mock-1") -> str:
    reply = browser.post(f"/papers/{slug}/attempts", data={"name": "<b>Asha"})
    return str(reply.headers["location"])


def sit_in_hindi(browser: TestClient) -> None:
    """A question in two languages, handed in blank."""
    room = start(browser, "hindi-1")
    browser.post(f"{room}/submission")
    assert "हिन्दी में पढ़ें" in browser.get(f"{room}/review").text


def write_beside(browser: TestClient, room: str) -> None:
    """A note, a bookmark and a reported error beside the first question, as the page and as the piece of it."""
    for headers in ({}, FRAGMENT):
        browser.post(f"{room}/notes/1", data={"reason": "", "text": "What?"}, headers=headers)
        browser.post(f"{room}/notes/1", data={"reason": "guess", "text": "I guessed."}, headers=headers)
        browser.post(f"{room}/bookmarks/1", data={"on": "1"}, headers=headers)
        browser.post(f"{room}/reports/1", data={"kind": "typo", "text": "A slip."}, headers=headers)
