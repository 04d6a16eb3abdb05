"""What a page calls saved, beside what the database has."""

import json
from typing import Any

from playwright.sync_api import Page, expect
from sqlmodel import col, select

from mockhall.attempts.models import Attempt, Response
from tests.browser.conftest import Served

SHOWN = """() => Object.fromEntries([...document.querySelectorAll("form[data-number]")].map((form) => {
  const fields = new FormData(form);
  return [form.dataset.number, [fields.getAll("choice"), fields.get("text") ?? "", fields.has("marked")]];
}))"""
Answers = dict[int, tuple[list[str], str, bool]]


def code_of(page: Page) -> str:
    return page.url.split("/attempts/")[1].split("/")[0]


def stored(served: Served, code: str) -> Answers:
    """The rows of an attempt."""
    query = select(Response).join(Attempt, col(Attempt.id) == col(Response.attempt_id)).where(Attempt.code == code)
    with served.app.state.database.reading() as db:
        return {row.number: (sorted(row.choice), row.text, row.marked) for row in db.exec(query)}


def shown(page: Page) -> Answers:
    """The answers in the forms of the page."""
    found: dict[str, Any] = page.evaluate(SHOWN)
    return {int(number): (sorted(choice), text, marked) for number, (choice, text, marked) in found.items()}


def says_saved(page: Page) -> bool:
    return page.locator("#save-status").get_attribute("data-state") in {"saved", "idle"}


def told_the_truth(page: Page, served: Served) -> bool:
    """Where the page says that all is saved, what it shows is what the database has; returns whether it said so."""
    before = stored(served, code_of(page))
    answers, claims = shown(page), says_saved(page)
    after = stored(served, code_of(page))
    wrong = {number: answer for number, answer in answers.items() if answer not in (before[number], after[number])}
    assert not (claims and wrong), f"called saved: {json.dumps(wrong)}, and the database has {after}"
    return claims


def all_is_kept(page: Page, served: Served, wait: float = 60) -> Answers:
    """Wait until the page says saved: then the database has what it shows. Returns the answers that are some."""
    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved", timeout=wait * 1000)
    assert told_the_truth(page, served)
    return {number: answer for number, answer in stored(served, code_of(page)).items() if answer[0] or answer[1]}
