"""A started attempt, as the tests of the room need it."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.make import Site, make_paper

JSON = {"Accept": "application/json"}


@dataclass
class Sitting:
    """One browser in one attempt."""

    browser: TestClient
    code: str

    def save(self, number: int, headers: dict[str, str] | None = None, **fields: Any) -> Response:
        """POST a save as a script does."""
        reply: Response = self.browser.post(
            f"/attempts/{self.code}/responses/{number}", data=fields, headers=headers or JSON
        )
        return reply

    def press(self, number: int, then: str, **fields: Any) -> Response:
        """POST a save as a plain form does, by the button named `then`."""
        return self.save(number, {"Accept": "text/html"}, then=then, **fields)

    def state(self) -> dict[str, Any]:
        """The attempt as JSON."""
        found: dict[str, Any] = self.browser.get(f"/attempts/{self.code}", headers=JSON).json()
        return found

    def question(self, number: int) -> dict[str, Any]:
        """One question of the attempt as JSON."""
        questions = [each for section in self.state()["sections"] for each in section["questions"]]
        found: dict[str, Any] = questions[number - 1]
        return found

    def submit(self) -> Response:
        reply: Response = self.browser.post(f"/attempts/{self.code}/submission", headers=JSON)
        return reply


def sit(site: Site, browser: TestClient | None = None, slug: str = "mock-1", **fields: str) -> Sitting:
    """Start the paper `slug` in a new browser, or in this one."""
    browser = browser or site.browser()
    reply = browser.post(f"/papers/{slug}/attempts", data=fields, headers=JSON)
    assert reply.status_code in {200, 201}, reply.text
    return Sitting(browser, reply.json()["code"])


def a_paper(site: Site, **rules: Any) -> None:
    """A published paper `mock-1`: 1 single, 2 multiple, 3 numeric, 4 text, and 5 single in a second section."""
    with site.writing() as db:
        make_paper(db, **rules)
