"""The catalogue and the start: without scripts, by keyboard, narrowed by htmx, pressed twice, on a narrow phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.make import make_paper, multiple, single

pytestmark = pytest.mark.browser
STATUS = "#results [role=status]"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def stocked(served: Any) -> Any:
    """The shipped tests, and two more: one plain, one that strains a narrow page."""
    now = datetime.now(UTC)
    marked = [single(scheme={"full": "1", "wrong": "-2/3"}), single(), multiple(scheme={"preset": "jee-advanced"})]
    with served.app.state.database.writing() as db:
        make_paper(db, "wide", title="W" * 90, sections={"V" * 60: marked}, opens_at=now + timedelta(days=1), now=now)
        make_paper(db, "routing", title="Routing", now=now)
    return served


def test_without_scripts_filters_and_start_work_by_keyboard(stocked: Any, open_page: Open) -> None:
    page = open_page("/", scripts=False)
    page.get_by_role("link", name="Choose a test").press("Enter")
    page.get_by_label("Search").press_sequentially("rout")
    page.get_by_label("Search").press("Enter")
    page.wait_for_url("**q=rout**")
    expect(page.locator(STATUS)).to_have_text("2 tests, with “rout”")
    page.get_by_role("link", name="Routing", exact=True).press("Enter")
    page.get_by_label("Name on the result").press_sequentially("Asha")
    for key in ("Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/attempts/**")
    page.goto("/papers/routing")
    page.get_by_role("link", name="Continue").press("Enter")
    page.wait_for_url("**/attempts/**")


def test_with_scripts_the_results_follow_the_filters_and_the_focus_stays(stocked: Any, open_page: Open) -> None:
    page = open_page("/papers")
    page.evaluate("window.live = document.querySelector('#results [role=status]')")
    page.get_by_label("Search").press_sequentially("aptitude")
    expect(page.locator(STATUS)).to_have_text("1 test, with “aptitude”")
    page.wait_for_url("**/papers?q=aptitude")
    page.get_by_label("Length").select_option("long")
    expect(page.locator(STATUS)).to_have_text("No tests, over 45 min, with “aptitude”")
    page.wait_for_url("**/papers?q=aptitude&length=long")
    # A status that was replaced as an element would not be spoken.
    assert page.evaluate("window.live === document.querySelector('#results [role=status]')")
    page.go_back()
    expect(page.locator(STATUS)).to_have_text("1 test, with “aptitude”")
    expect(page.get_by_label("Length")).to_have_value("")


def test_a_second_press_within_five_seconds_sends_nothing(stocked: Any, open_page: Open) -> None:
    page = open_page("/papers/routing")
    sent: list[str] = []

    def note(route: Any) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/attempts", note)
    page.clock.install()
    page.reload()
    start = page.get_by_role("button", name="Start without signing up")
    for _ in range(3):
        start.click(no_wait_after=True)
        page.wait_for_timeout(100)
    assert len(sent) == 1
    page.clock.run_for(5_000)
    start.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert len(sent) == 2


@pytest.mark.parametrize(
    "path", ["/", "/papers?q=none", "/topics/fastapi", "/papers/wide", "/papers/routing", "/report"]
)
def test_no_page_scrolls_sideways_on_the_narrowest_phone(stocked: Any, open_page: Open, path: str) -> None:
    page = open_page(path, size=(320, 640))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = "[...document.querySelectorAll('.flush')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert page.evaluate(clipped) == 0
