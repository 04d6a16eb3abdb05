"""The list of questions in a browser: ticks by keyboard, kept across pages and searches, and the way to the actions."""

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import Open, Served, sign_in
from tests.browser.test_accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


def ticks(page: Page) -> int:
    return page.locator("td > input[name=question]:checked").count()


@pytest.fixture
def desk(open_page: Open, served: Served, request: pytest.FixtureRequest) -> Page:
    """Tilda at the list, A to Z."""
    page = open_page()
    sign_in(page, served.person(f"Tilda{abs(hash(request.node.name))}", Role.EDITOR))
    page.goto("/desk/questions?sort=question")
    return page


def test_rows_are_ticked_by_keyboard_and_the_actions_are_the_next_stop(desk: Page) -> None:
    boxes = desk.locator("td > input[name=question]")
    boxes.nth(0).focus()
    desk.keyboard.press("Space")
    boxes.nth(3).focus()
    desk.keyboard.press("Shift+Space")
    desk.keyboard.press("Enter")  # presses no button
    expect(desk.locator("[data-chosen]")).to_have_text("4 chosen")
    expect(desk.get_by_text("Write the tag.")).to_have_count(0)
    desk.keyboard.press("Tab")
    expect(desk.locator("tr:focus-within .to-actions")).to_be_focused()
    assert faults_of(desk) == []
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Clear", exact=True)).to_be_focused()
    desk.keyboard.press("Enter")
    assert ticks(desk) == 0


def test_ticks_go_along_to_other_pages_and_searches_and_into_the_action(desk: Page) -> None:
    boxes, said = desk.locator("td > input[name=question]"), desk.locator("[data-chosen]")
    boxes.nth(0).check()
    boxes.nth(3).click(modifiers=["Shift"])
    desk.get_by_role("link", name="Next", exact=True).click()
    expect(said).to_have_text("4 chosen, all on other pages")
    boxes.nth(1).check()
    desk.locator("#q").fill("the")
    expect(desk.locator("#filters")).to_contain_text("“the”")
    expect(said).to_contain_text("5 chosen")
    desk.goto("/desk/questions?sort=question")
    expect(said).to_have_text("5 chosen, 1 of them on other pages")
    desk.locator(".bulk summary", has_text="Tag").click()
    desk.locator("#word").fill("ticked here")
    desk.locator("#word").press("Enter")
    expect(desk.get_by_text("5 questions tagged ticked here.")).to_be_visible()
    expect(said).to_have_text("5 chosen, 1 of them on other pages")
    boxes.nth(0).uncheck()
    desk.reload()  # of the page that tells of the change: what was unticked since stays so
    expect(said).to_have_text("4 chosen, 1 of them on other pages")
    desk.goto("/desk/questions?tag=ticked+here")
    assert (boxes.count(), ticks(desk)) == (5, 4)
