"""A whole result in a real browser: on a phone without scripts, its link shared and opened, and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]


def handed_in(page: Page) -> str:
    """FastAPI mock 1 with the first question answered; returns the attempt's address. Leaves the result open."""
    page.goto("/papers/fastapi-mock-1")
    page.get_by_role("button", name="Start without signing up").click()
    page.wait_for_url("**/attempts/**")
    room = "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]
    page.locator("form[data-number]:visible [name=choice]").first.check()
    page.get_by_role("button", name=re.compile("^Save & next")).first.click()
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("heading", name="Your result").wait_for()
    return room


def test_a_result_is_read_compared_and_shared_on_a_phone_without_scripts(open_page: Open) -> None:
    page = open_page(size=PHONE, scripts=False)
    room = handed_in(page)
    for heading in ("Where the marks went", "Breakdown", "Work on", "Strong", "Order of attack"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text("Only question 1 was answered.")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("link", name="What if").click()
    expect(page.get_by_text("A thought experiment.")).to_be_visible()
    page.get_by_role("link", name="No negative marks").click()
    expect(page.get_by_role("heading", name="No negative marks, question by question")).to_be_visible()
    page.goto(f"{room}/share")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Anybody who has it sees your result").input_value()
    other = open_page(link, size=PHONE)
    expect(other.get_by_role("heading", name="A result", exact=True)).to_be_visible()
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_text("The link opens nothing any more.")).to_be_visible()
    gone = other.reload()
    assert gone
    assert gone.status == 404


def test_on_paper_the_tables_are_open_and_there_is_nothing_to_press(open_page: Open) -> None:
    page = open_page()
    room = handed_in(page)
    page.goto(f"{room}/result")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("table", name="Time on each question")).to_be_visible()
    for name in ("Share link", "Review every answer", "Sign in"):
        expect(page.get_by_role("link", name=name)).to_be_hidden()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.result-head')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert page.pdf(format="A4")[:5] == b"%PDF-"
