"""A strict paper in a browser: what is kept, what is gone on return, what the result says of it; the receipt."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mockhall.papers.models import Paper
from tests.browser.conftest import PHONE, Open, Served
from tests.browser.test_accessibility import check, stay
from tests.make import make_paper, single, text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("strict")]
SLUG = "strict-1"


@pytest.fixture
def in_room(open_page: Open, served: Served) -> Page:
    """Asha at question 1 of a strict test of five."""
    with served.app.state.database.writing() as db:
        if db.exec(select(Paper).where(Paper.slug == SLUG)).first() is None:
            sections = {"First": [single(), single(1), text()], "Second": [single(2), single(3)]}
            make_paper(db, SLUG, sections, save_policy="strict_cbt", shuffle_options=False, now=served.clock())
    return enter(open_page())


def enter(page: Page) -> Page:
    page.goto(f"/papers/{SLUG}")
    expect(page.get_by_text("Strict saving")).to_be_visible()
    page.get_by_role("button", name="Start without signing up").click()
    expect(page.get_by_role("heading", name="Question 1 of 5")).to_be_visible()
    return page


def option(page: Page, number: int, place: int) -> None:
    page.locator(f"#question-{number} [name=choice]").nth(place).check()


def cell(page: Page, number: int, words: str) -> None:
    expect(page.locator(f"#cell-{number}")).to_have_attribute("aria-label", f"Question {number}, {words}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def test_only_save_and_next_keeps_and_what_was_left_is_gone_on_return(in_room: Page) -> None:
    page = in_room
    status = page.locator("#save-status")
    expect(status).to_have_text("Press Save & next to keep your answer")
    option(page, 1, 0)
    press(page, "Save & next")
    cell(page, 1, "answered")
    expect(status).to_contain_text("Saved")
    option(page, 2, 1)
    expect(status).to_have_text("Press Save & next to keep your answer")
    cell(page, 2, "not answered")
    page.locator("#cell-3").click()
    cell(page, 2, "not answered")
    page.locator("#question-3 [name=text]").fill("gather")
    press(page, "Back")
    expect(page.locator("#question-2 [name=choice]:checked")).to_have_count(0)
    page.locator("#cell-1").click()
    option(page, 1, 3)  # selected, not saved: the kept one shows again
    page.locator("#sections button").nth(1).click()
    page.locator("#cell-1").click()
    expect(page.locator("#question-1 [name=choice]").first).to_be_checked()
    page.reload()
    cell(page, 1, "answered")
    cell(page, 2, "not answered")
    cell(page, 3, "not answered")


def test_the_summary_counts_and_the_result_says_what_that_cost(in_room: Page) -> None:
    page = in_room
    option(page, 1, 0)  # right
    page.locator("#cell-2").click()
    option(page, 2, 1)  # right
    page.get_by_role("button", name="Review and hand in").locator("visible=true").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("2 selections not saved (First: 2)")
    press(page, "Hand in")
    expect(page.get_by_text("6 marks lost to selections never saved.")).to_be_visible()


def test_mark_and_next_keeps_and_clear_empties(in_room: Page) -> None:
    page = in_room
    option(page, 1, 2)
    press(page, "Mark for review & next")
    cell(page, 1, "answered and marked for review")
    page.locator("#cell-1").click()
    press(page, "Clear")
    cell(page, 1, "marked for review")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_offline_a_kept_answer_waits_and_a_selection_left_after_it_takes_nothing_away(in_room: Page) -> None:
    page = in_room
    page.context.set_offline(True)
    option(page, 1, 0)
    press(page, "Save & next")
    page.locator("#cell-1").click()
    option(page, 1, 2)
    page.locator("#cell-3").click()
    expect(page.locator("#save-status")).to_contain_text("1 answer kept on this device", timeout=15_000)
    page.context.set_offline(False)
    expect(page.locator("#save-status")).to_contain_text("Saved", timeout=20_000)
    page.reload()
    cell(page, 1, "answered")
    page.locator("#cell-1").click()
    expect(page.locator("#question-1 [name=choice]").first).to_be_checked()
    page.get_by_role("button", name="Review and hand in").locator("visible=true").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("1 selection not saved")


def test_without_scripts_it_is_the_same(open_page: Open, in_room: Page) -> None:
    page = enter(open_page(scripts=False))
    option(page, 1, 0)
    page.locator("#cell-2").click()
    cell(page, 1, "not answered")
    option(page, 2, 0)
    press(page, "Save & next")
    cell(page, 2, "answered")


def test_the_receipt_is_printed_without_the_frame_and_checked_by_a_stranger(
    open_page: Open, in_room: Page, tmp_path: Path
) -> None:
    page = in_room
    option(page, 1, 0)
    press(page, "Save & next")
    page.goto(re.sub("/questions/.*", "/submission", page.url))
    press(page, "Hand in")
    page.get_by_role("link", name="Receipt to print").click()
    number = page.locator("main code").first.inner_text()
    digest = page.locator("#fingerprint").inner_text()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text(number).first).to_be_visible()
    for hidden in ("[data-print]", ".site-header", ".site-footer"):
        expect(page.locator(hidden)).to_be_hidden()
    page.emulate_media(media="screen")
    receipt = page.url
    stranger = open_page("/receipts", size=PHONE)
    stranger.get_by_label("Receipt number or fingerprint").fill(number.lower())
    press(stranger, "Check")
    expect(stranger.get_by_role("heading", name="This receipt is genuine")).to_be_visible()
    stranger.get_by_label("Compare a fingerprint").fill(digest)
    press(stranger, "Compare")
    expect(stranger.get_by_role("alert")).to_contain_text("The same.")
    places = [f"/receipts/{number}", f"/receipts/{number}?hash=nothing", "/receipts?receipt=MH-2222", "/receipts"]
    check(stranger, [(each, stay) for each in places])
    check(page, [(receipt, stay), (receipt.replace("/receipt", "/result"), stay), (f"/papers/{SLUG}", stay)])
