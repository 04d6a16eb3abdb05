"""A connection that drops in the middle of a test: nothing is lost, and the page says how it stands."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("offline")]


def start(page: Page) -> str:
    """In the room of the aptitude test; returns its address."""
    page.goto("/papers/aptitude")
    page.get_by_role("button", name="Start without signing up").click()
    expect(page.get_by_role("heading", name="Question 1 of 20")).to_be_visible()
    return page.url.split("/questions/")[0]


def cell(page: Page, number: int, words: str) -> None:
    """The navigator's words for a question."""
    expect(page.locator(f"#cell-{number}")).to_have_attribute("aria-label", f"Question {number}, {words}")


def choose(page: Page, number: int) -> None:
    page.locator(f"#cell-{number}").click()
    page.locator(f"#question-{number} [name=choice]").first.check()


def status(page: Page, words: str) -> None:
    expect(page.locator("#save-status")).to_contain_text(words, timeout=20_000)


def test_two_tabs_offline_keep_the_answers_of_both(open_page: Open) -> None:
    first = open_page()
    room = start(first)
    second = first.context.new_page()
    second.goto(f"{room}/questions/2")
    first.context.set_offline(True)
    choose(first, 3)
    status(first, "kept on this device")
    choose(second, 5)
    status(second, "kept on this device")
    first.close()
    second.context.set_offline(False)
    second.goto(f"{room}/questions/1")
    status(second, "Saved")
    second.reload()
    cell(second, 3, "answered")
    cell(second, 5, "answered")
