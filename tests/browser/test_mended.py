"""What a candidate meets at the edges: refused without scripts, on a narrow phone, offline, in another language."""

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from mockhall.papers.models import Paper
from tests.browser.conftest import PHONE, Open, Served
from tests.browser.tools_of import begin
from tests.kinds import order
from tests.make import make_paper, single

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("kinds")]
NAMES = ["Reading and comprehension", "Numbers and quantities", "Logic and reasoning", "General knowledge"]


@pytest.fixture
def four(served: Served) -> str:
    """An order, and three more sections with long names."""
    with served.app.state.database.writing() as db:
        if db.exec(select(Paper).where(Paper.slug == "four")).first() is None:
            parts = {name: [single(), single()] if at else [order()] for at, name in enumerate(NAMES)}
            make_paper(db, "four", parts, title="Four", now=served.clock())
    return "four"


def test_without_scripts_a_refused_order_says_it_is_not_saved_and_shows_each_item_once(
    open_page: Open, served: Served, four: str
) -> None:
    page = open_page(f"/papers/{four}", size=PHONE, scripts=False)
    page.get_by_role("button", name="Start without signing up").click()
    places = page.locator("#question-1 select")
    for place in range(4):
        places.nth(place).select_option(("i2", "i4", "i1", "i3")[place])
    page.get_by_role("button", name="Save & next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#save-status")).to_contain_text("Saved")
    places.nth(1).select_option("i2")
    page.get_by_role("button", name="Save & next").click()
    expect(page.locator("#save-status")).to_have_text("Not saved")
    expect(page.get_by_role("alert")).to_contain_text("It is not saved.")
    expect(page.locator("#question-1 [data-items] > li")).to_have_count(4)
    expect(places).to_have_count(4)
    heights = page.locator("#question-1 [data-places] label").evaluate_all(
        "all => all.map((each) => each.offsetHeight)"
    )
    assert max(heights) < 40, "a label stands on one line"


def test_without_scripts_the_summary_fits_a_narrow_phone(open_page: Open, served: Served, four: str) -> None:
    page = open_page(f"/papers/{four}", size=PHONE, scripts=False)
    page.get_by_role("button", name="Start without signing up").click()
    page.goto(page.url.split("/questions")[0] + "/submission")
    box = page.get_by_role("region", name="Answers by section")
    assert box.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    box.scroll_into_view_if_needed()
    expect(box.locator("[data-label=Unseen]").first).to_be_in_viewport()


def test_on_a_phone_the_current_section_stands_in_the_row_of_tabs(open_page: Open, served: Served, four: str) -> None:
    page = open_page(size=PHONE)
    room = begin(page, four)
    page.goto(f"{room}/questions/6")
    page.wait_for_timeout(300)
    expect(page.locator("#sections [aria-current]")).to_be_in_viewport(ratio=0.9)
    page.goto(f"{room}/questions/3")
    expect(page.get_by_role("heading", name="Question 3 of 7")).to_be_visible()
    for number in (4, 5, 6):
        page.keyboard.press("n")
        expect(page.get_by_role("heading", name=f"Question {number} of 7")).to_be_visible()
    expect(page.locator("#sections [aria-current]")).to_be_in_viewport(ratio=0.9)


def test_offline_the_answer_to_review_and_hand_in_is_in_view(open_page: Open, served: Served, four: str) -> None:
    page = open_page(size=PHONE)
    begin(page, four)
    page.context.set_offline(True)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator(".sheet-handle").click()
    page.locator("#navigator").get_by_role("button", name="Review and hand in").click()
    expect(page.locator("#notice-hand-in")).to_be_in_viewport(ratio=0.9)
    expect(page.locator("#notice-hand-in")).to_be_focused()
    page.context.set_offline(False)
