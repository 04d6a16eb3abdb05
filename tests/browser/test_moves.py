"""Moving between questions: no request, soon on a slow phone, and in a test of a thousand questions too."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Served
from tests.browser.test_offline import status
from tests.browser.truth import all_is_kept
from tests.make import make_paper, single

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("moves")]
# Each move with the layout it causes, as the page itself sees it.
MOVE = """(numbers) => numbers.map((number) => {
  const begun = performance.now();
  document.getElementById(`cell-${number}`).click();
  document.body.getBoundingClientRect();
  return performance.now() - begun;
})"""


def begin(page: Page, served: Served, slug: str, sections: int, each: int) -> None:
    """In the room of a test of so many questions."""
    with served.app.state.database.writing() as db:
        parts = {f"Part {place + 1}": [single() for _ in range(each)] for place in range(sections)}
        make_paper(db, slug, sections=parts, minutes=None, now=served.clock())
    page.goto(f"/papers/{slug}")
    page.get_by_role("button", name="Start without signing up").click()
    page.wait_for_url("**/questions/1")  # which the script says last: before, a click moves as a plain form does
    expect(page.get_by_role("heading", name=f"Question 1 of {sections * each}")).to_be_visible()


@contextmanager
def asked(page: Page) -> Iterator[list[str]]:
    """The requests that the page makes to its attempt meanwhile."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/attempts/" in request.url else None)
    yield found


def slow_phone(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})


def test_moving_in_a_section_of_a_hundred_asks_for_nothing(open_page: Open, served: Served) -> None:
    page = open_page(size=PHONE)
    begin(page, served, "hundred", 1, 100)
    with asked(page) as requests:
        page.evaluate(MOVE, [50, 100, 2, 77])
        expect(page.get_by_role("heading", name="Question 77 of 100")).to_be_visible()
        page.get_by_role("button", name="Back").click()
        expect(page.get_by_role("heading", name="Question 76 of 100")).to_be_visible()
    assert not [url for url in requests if not url.endswith("/clock")]


@pytest.mark.long
def test_a_move_takes_less_than_fifty_milliseconds_on_a_slow_phone(open_page: Open, served: Served) -> None:
    page = open_page(size=PHONE)
    begin(page, served, "hundred-timed", 1, 100)
    slow_phone(page)
    took = sorted(page.evaluate(MOVE, [1 + 37 * turn % 100 for turn in range(1, 41)]))
    assert took[len(took) // 2] < 50, took


def test_a_test_of_a_thousand_questions_opens_a_part_and_brings_the_others(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, served, "thousand", 5, 200)
    assert page.locator("form[data-number]").count() == 100
    page.evaluate(MOVE, [100, 950])
    expect(page.get_by_role("heading", name="Question 950 of 1000")).to_be_visible()
    page.locator("#question-950 [name=choice]").first.check()
    status(page, "Saved")
    page.evaluate(MOVE, [1, 901])
    expect(page.get_by_role("heading", name="Question 901 of 1000")).to_be_visible()
    page.locator("#question-901 [name=choice]").first.check()
    assert set(all_is_kept(page, served)) == {950, 901}
    took = sorted(page.evaluate(MOVE, [2, 99, 902, 1000, 3, 950]))
    assert took[3] < 250, "each move touches a few elements, not a thousand"
