"""What the room says to a screen reader, by the text of its live regions; where the focus goes; how big targets are."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.tools_of import begin, faults_in, practice_paper

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]
MINUTES = 30


def later(page: Page, served: Served, seconds: int) -> None:
    """Both clocks go on: the server's and the page's, as in a room where nobody touches anything."""
    served.clock.forward(seconds=seconds)
    page.clock.fast_forward(seconds * 1000)
    page.clock.run_for(2000)
    served.clock.forward(seconds=2)


@pytest.fixture
def asha(open_page: Open, served: Served) -> Page:
    page = open_page("/healthz")
    page.clock.install()
    begin(page, practice_paper(served))
    return page


def left_of(page: Page) -> int:
    """Seconds on the timer."""
    minutes, _, seconds = page.locator("#timer time").inner_text().partition(":")
    return int(minutes) * 60 + int(seconds)


def to(page: Page, served: Served, seconds: int) -> None:
    """Until so many seconds are left."""
    later(page, served, left_of(page) - seconds - 1)


MARKS = [(600, "10 minutes left"), (300, "5 minutes left"), (60, "1 minute left"), (30, "30 seconds left"),
         (10, "10 seconds left")]  # fmt: skip


def test_the_time_is_spoken_at_its_marks_and_the_timer_itself_is_silent(asha: Page, served: Served) -> None:
    timer, said = asha.get_by_role("timer", name="Time left"), asha.locator("#announce")
    expect(timer).to_have_count(1)
    expect(timer).to_have_attribute("aria-live", "off")
    expect(said).to_have_attribute("aria-live", "polite")
    expect(said).to_be_empty()
    for seconds, words in MARKS:
        to(asha, served, seconds)
        expect(said).to_have_text(words)


def test_a_hidden_timer_comes_back_at_its_marks_and_stays_for_the_last_minute(asha: Page, served: Served) -> None:
    digits, hide = asha.locator("#timer time"), asha.get_by_role("button", name="Hide timer")
    for seconds in (600, 300):
        hide.click()
        expect(digits).to_be_hidden()
        to(asha, served, seconds)
        expect(digits).to_be_visible()
        expect(hide).to_have_attribute("aria-pressed", "false")
    hide.click()
    to(asha, served, 60)
    expect(digits).to_be_visible()
    hide.click()
    expect(digits).to_be_visible()


def test_a_key_speaks_the_time_left(asha: Page) -> None:
    asha.keyboard.press("t")
    asha.clock.run_for(100)
    said = asha.locator("#announce").inner_text()
    assert said.endswith(" left")
    assert said.startswith(("29:", "30:"))


# ---------------------------------------------------------------- saving, moving, mistakes


def test_save_states_and_clearing_are_spoken(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, practice_paper(served))
    status = page.get_by_role("status").filter(has_text="Answers are saved as you choose them")
    expect(status).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator("#save-status")).to_contain_text("Saved")
    expect(page.locator("#save-status")).to_have_attribute("role", "status")
    page.keyboard.press("x")
    expect(page.locator("#announce")).to_have_text("Answer cleared")
    page.context.set_offline(True)
    page.keyboard.press("2")
    expect(page.locator("#save-status")).to_contain_text("Not saved yet, 1 answer kept on this device")
    page.context.set_offline(False)
    expect(page.locator("#save-status")).to_contain_text("Saved")


def test_a_mistake_is_an_alert_beside_its_field(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, practice_paper(served))
    for _ in range(2):
        page.keyboard.press("n")
    field = page.get_by_label("Your answer, a number")
    field.fill("about forty")
    field.press("Tab")
    alert = page.locator("#question-3").get_by_role("alert")
    expect(alert).to_contain_text("It is not saved")
    assert faults_in(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_focus_goes_to_the_questions_heading_and_choices_have_a_group(
    open_page: Open, served: Served, size: tuple[int, int]
) -> None:
    page = open_page(size=size)
    begin(page, practice_paper(served))
    page.keyboard.press("n")
    expect(page.locator("#title-2")).to_be_focused()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator("#title-1")).to_be_focused()
    expect(page.get_by_role("group", name="Your answer to question 1").get_by_role("radio")).to_have_count(4)
    page.keyboard.press("g")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#title-2")).to_be_focused()


def test_targets_are_large_enough_on_a_phone(open_page: Open, served: Served) -> None:
    page = open_page(size=PHONE)
    begin(page, practice_paper(served))
    page.locator(".sheet-handle").click()
    sizes = """(selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility())
      .map((each) => each.closest("label") ?? each).map((each) => each.getBoundingClientRect())
      .map((box) => Math.min(box.width, box.height))"""
    cells = page.evaluate(sizes, "#navigator button.cell")
    assert len(cells) == 5
    assert min(cells) >= 32
    assert min(page.evaluate(sizes, "button, input:not([type=hidden]), summary, .button")) >= 24


def test_nothing_moves_where_less_motion_is_wanted(open_page: Open, served: Served) -> None:
    page = open_page(size=PHONE)  # every page of these tests asks for less motion
    begin(page, practice_paper(served))
    page.locator(".sheet-handle").click()
    assert page.evaluate("document.getAnimations().length") == 0
    page.get_by_role("button", name="Review and hand in").click()
    page.get_by_role("button", name="Keep working").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0


def test_in_forced_colours_states_keep_their_shapes_and_controls_their_edges(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, practice_paper(served))
    page.emulate_media(forced_colors="active")
    page.keyboard.press("1")
    page.keyboard.press("m")
    expect(page.locator("#cell-1")).to_have_attribute("data-state", "both")
    style = "([selector, name, of]) => getComputedStyle(document.querySelector(selector), of)[name]"
    assert page.evaluate(style, ["#cell-1", "borderTopLeftRadius", None]) == "50%"
    assert page.evaluate(style, ["#cell-1", "content", "::after"]) == '""'
    assert page.evaluate(style, ["#cell-3", "borderTopStyle", None]) == "dashed"
    assert page.evaluate(style, ["#question-2 .option input", "appearance", None]) == "auto"
    for selector in ("#question-2 .option", ".attempt-actions .save"):
        assert page.evaluate(style, [selector, "borderTopWidth", None]) != "0px", selector


# ---------------------------------------------------------------- a whole test without a mouse


HAS_FOCUS = """(words) => document.activeElement.matches("button, a")
  && (document.activeElement.ariaLabel ?? document.activeElement.innerText) === words"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(80):
        if page.evaluate(HAS_FOCUS, words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words} by Tab")


def test_a_whole_test_is_taken_by_keyboard_alone(open_page: Open, served: Served) -> None:
    page = open_page(f"/papers/{practice_paper(served)}")
    tab_to(page, "Start without signing up")
    page.keyboard.press("Enter")
    page.locator("#text-sizes:not([hidden])").wait_for(state="attached")
    page.wait_for_load_state()
    page.keyboard.press("1")
    page.keyboard.press("n")
    for key in ("1", "3", "n"):
        page.keyboard.press(key)
    for answer in ("42", "gather"):
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.name") != "text":
            page.keyboard.press("Tab")
        page.keyboard.type(answer)
        page.keyboard.press("Control+Enter")
    expect(page.locator("#title-5")).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#cell-5")).to_have_attribute("data-state", "answered")
    page.keyboard.press("n")
    page.get_by_role("button", name="Keep working").wait_for()
    expect(page.get_by_role("row", name="Total 5 0 0 0")).to_be_visible()
    tab_to(page, "Hand in")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your result").wait_for()
