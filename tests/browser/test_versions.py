"""A question through review in two browsers: sent by its author, verified by keyboard, edited, compared, restored."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.bank.desk_of import filled
from tests.browser.conftest import PHONE, Open, Served, sign_in
from tests.browser.test_accessibility import faults_of, overflow_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


def written(page: Page, at: str = "/desk/questions", **changes: object) -> str:
    """Save a question as its form would send it; returns its page."""
    body = urlencode(filled(**changes), doseq=True)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    reply = page.request.post(at, data=body, headers=headers, max_redirects=0)
    assert reply.status == 303
    return reply.headers["location"]


def fits(page: Page) -> None:
    """No faults and nothing cut off, on a phone in the dark."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults_of(page) == []
    assert overflow_of(page) <= 0


def test_a_second_person_verifies_by_keyboard_and_an_edit_is_compared_and_undone(
    open_page: Open, served: Served
) -> None:
    author, reviewer = open_page(), open_page()
    sign_in(author, served.person("Author", Role.EDITOR))
    sign_in(reviewer, served.person("Reviewer", Role.EDITOR))
    at = written(author, stem="What does it print?")
    author.goto(at)
    expect(author.locator("#question-figures")).to_contain_text("No test with this question")
    author.get_by_role("button", name="Send to review").press("Enter")
    expect(author.locator("#standing")).to_contain_text("somebody else has to look at it")
    reviewer.goto(at)
    reviewer.get_by_text("Verify version 1").press("Enter")
    reviewer.get_by_role("button", name="Verify", exact=True).press("Enter")
    expect(reviewer.get_by_label("How do you know that it is right?")).to_be_focused()
    fits(reviewer)
    reviewer.keyboard.type("Ran it.")
    reviewer.get_by_role("button", name="Verify", exact=True).press("Enter")
    expect(reviewer.locator("#standing")).to_contain_text("Reviewer verified version 1")
    options = reviewer.locator("[name=option_id]").evaluate_all("all => all.map(each => each.value)")
    written(author, at, version="1", stem="What does it return?", option_id=options, key=options[1])
    author.goto(f"{at}/versions")
    fits(author)
    author.get_by_role("link", name="Changes of version 2").press("Enter")
    expect(author.locator(".card del").last).to_contain_text("print")
    expect(author.locator(".card ins").last).to_contain_text("return")
    fits(author)
    author.get_by_role("button", name="Restore version 1").press("Enter")
    expect(author.get_by_text("Version 3 says what version 1 did.")).to_be_visible()
    expect(author.locator("#v-3")).to_contain_text("Live")
