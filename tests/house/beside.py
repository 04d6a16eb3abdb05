"""A step of the tour: what a candidate writes beside a question of the review."""

from fastapi.testclient import TestClient

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def write_beside(browser: TestClient, room: str) -> None:
    """A note, a bookmark and a reported error beside the first question, as the page and as the piece of it."""
    for headers in ({}, FRAGMENT):
        browser.post(f"{room}/notes/1", data={"reason": "", "text": "What?"}, headers=headers)
        browser.post(f"{room}/notes/1", data={"reason": "guess", "text": "I guessed."}, headers=headers)
        browser.post(f"{room}/bookmarks/1", data={"on": "1"}, headers=headers)
        browser.post(f"{room}/reports/1", data={"kind": "typo", "text": "A slip."}, headers=headers)
