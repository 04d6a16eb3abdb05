"""A browser that lacks much, light-dark() and storage: a whole test can be taken in it, in a plain light theme."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.test_offline import start, status
from tests.browser.truth import all_is_kept

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("plain")]
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
Object.defineProperty(Navigator.prototype, "serviceWorker", { get() { throw new DOMException(""); } });"""
LOOK = "element => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(element).color]"


def without_light_dark(route: Route) -> None:
    """The style sheet as an older browser reads it: a function that it doesn't know."""
    reply = route.fetch()
    route.fulfill(response=reply, body=reply.text().replace("light-dark(", "unknown-function("))


def plain(open_page: Open, size: tuple[int, int]) -> Page:
    page = open_page("/healthz", size=size, scheme="dark")
    page.context.add_init_script(BLOCKED)
    page.context.route("**/*.css", without_light_dark)
    return page


def brightness(colour: str) -> float:
    parts = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return sum(parts) / 765


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_whole_test_in_a_plain_light_theme(open_page: Open, served: Served, size: tuple[int, int]) -> None:
    page = plain(open_page, size)
    start(page)
    paper, ink = page.locator("#title-1").evaluate(LOOK)
    assert brightness(paper) > 0.85 > 0.3 > brightness(ink)
    page.locator("#answer-1").fill("25")
    page.get_by_role("button", name="Save & next").click()
    expect(page.get_by_role("heading", name="Question 2 of 20")).to_be_visible()
    page.locator("#question-2 [name=choice]").first.check()
    page.get_by_role("button", name="Mark").last.click()
    status(page, "Saved")
    assert set(all_is_kept(page, served)) == {1, 2}
    page.reload()
    expect(page.locator("#question-2 [name=choice]").first).to_be_checked()
    page.locator("#navigator").get_by_role("button", name="Review and hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=20_000)
