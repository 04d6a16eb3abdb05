"""The scratchpad in a browser: kept as one types, by two tabs, without the network, after the hand-in."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.tools_of import begin, faults_in, open_tool, practice_paper

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def asha(request: pytest.FixtureRequest, open_page: Open, served: Served) -> Page:
    page = open_page(size=request.param)
    begin(page, practice_paper(served))
    return page


def test_the_scratchpad_is_kept_while_the_question_stays_in_sight(asha: Page) -> None:
    asha.keyboard.press("s")
    pad = asha.get_by_role("textbox", name="Scratchpad")
    expect(pad).to_be_focused()
    asha.keyboard.type("n = 5 and marks")  # no command of the room hears it
    expect(asha.locator("#scratchpad-state")).to_have_text("Saved")
    expect(asha.locator("#title-1")).to_be_visible()
    assert faults_in(asha) == []
    asha.keyboard.press("Escape")
    asha.reload()
    open_tool(asha, "Scratchpad")
    expect(pad).to_have_value("n = 5 and marks")


def test_two_tabs_that_write_lose_neither_text(open_page: Open, served: Served) -> None:
    asha = open_page()
    room = begin(asha, practice_paper(served))
    other = asha.context.new_page()
    other.goto(room)
    pads = [page.get_by_role("textbox", name="Scratchpad") for page in (asha, other)]
    for page in (asha, other):
        page.locator("#text-sizes:not([hidden])").wait_for(state="attached")
        open_tool(page, "Scratchpad")
        page.wait_for_timeout(300)
    pads[0].fill("from the first")
    expect(asha.locator("#scratchpad-state")).to_have_text("Saved")
    pads[1].fill("from the second")
    expect(other.locator("#scratchpad-state")).to_contain_text("both texts are kept")
    expect(pads[1]).to_have_value("from the first\n--- From another page ---\nfrom the second")


def test_notes_written_offline_are_kept_and_sent_when_the_connection_is_back(open_page: Open, served: Served) -> None:
    asha = open_page()
    room = begin(asha, practice_paper(served))
    open_tool(asha, "Scratchpad")
    asha.wait_for_timeout(300)
    asha.context.set_offline(True)
    asha.get_by_role("textbox", name="Scratchpad").fill("offline note")
    expect(asha.locator("#scratchpad-state")).to_have_text("Not saved yet: kept on this device")
    asha.context.set_offline(False)
    expect(asha.locator("#scratchpad-state")).to_have_text("Saved")
    kept = asha.request.get(f"{room}/scratch", headers={"Accept": "application/json"}).json()
    assert kept["text"] == "offline note"


def test_notes_that_never_reached_the_server_are_shown_on_the_result(open_page: Open, served: Served) -> None:
    asha = open_page()
    room = begin(asha, practice_paper(served))
    open_tool(asha, "Scratchpad")
    asha.wait_for_timeout(300)
    asha.context.set_offline(True)
    asha.get_by_role("textbox", name="Scratchpad").fill("only here")
    expect(asha.locator("#scratchpad-state")).to_have_text("Not saved yet: kept on this device")
    # Handed in elsewhere meanwhile: what comes now is too late.
    asha.request.post(f"{room}/submission", headers={"Accept": "application/json"})
    asha.context.set_offline(False)
    expect(asha.locator("#scratchpad-state")).to_contain_text("It is kept on this device")
    asha.goto(f"{room}/result")
    section = asha.locator("#scratchpad")
    expect(section).to_contain_text("Not sent before the hand-in, and only on this device")
    expect(section).to_contain_text("only here")
