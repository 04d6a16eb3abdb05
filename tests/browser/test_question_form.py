"""Writing a question: ten choices by keyboard alone, a picture from the clipboard, a draft that outlives the page."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import Open, Served, sign_in
from tests.browser.test_accessibility import faults_of, overflow_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
PASTE = """([field, data]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "x.png", { type: "image/png" }));
  document.getElementById(field).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def desk(open_page: Open, served: Served, request: pytest.FixtureRequest) -> Page:
    """Tara at the desk."""
    page = open_page()
    sign_in(page, served.person(f"Tara{abs(hash(request.node.name))}", Role.EDITOR))
    page.goto("/desk/questions/new")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement?.id ?? ''"))


def tab_to(page: Page, control: str, key: str = "Tab") -> None:
    for _ in range(150):
        if focused(page) == control:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} doesn't reach {control}")


def test_a_question_of_ten_choices_is_written_by_keyboard_alone(desk: Page) -> None:
    for control, text in {"subject": "Python", "topic": "Ten", "stem": "Which of these ten is the largest?"}.items():
        tab_to(desk, control)
        desk.keyboard.type(text)
    tab_to(desk, "option-new1")
    for place, word in enumerate(WORDS, 1):
        expect(desk.locator(f"#option-new{place}")).to_be_focused()
        desk.keyboard.type(word)
        desk.keyboard.press("Enter")
    expect(desk.get_by_text("Ten choices are the most a question can have.")).to_be_visible()
    tab_to(desk, "option-new10", "Shift+Tab")
    desk.keyboard.press("Alt+ArrowUp")
    expect(desk.locator("[name=option_text]").nth(8)).to_have_value("ten")
    expect(desk.locator("#option-new10")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    if desk.evaluate("document.activeElement.value") != "new10":  # one stop for all radios: arrows go on
        desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    right = desk.locator("[name=key]:checked").get_attribute("value")
    desk.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults_of(desk) == []
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Saved as a new question.")).to_be_visible()
    assert desk.locator("[name=option_text]").count() == 10
    assert right is not None
    assert desk.locator("[name=key]:checked").count() == 1


def test_a_pasted_picture_and_what_was_typed_outlive_the_page(desk: Page) -> None:
    out = BytesIO()
    Image.new("RGB", (60, 30), "navy").save(out, "PNG")
    desk.locator("#solution").fill("Look at this: And on.")
    for _ in "And on.":
        desk.locator("#solution").press("ArrowLeft")
    desk.evaluate(PASTE, ["solution", base64.b64encode(out.getvalue()).decode()])
    expect(desk.locator("#picture-said")).to_contain_text("Picture added")
    desk.keyboard.type("A blue field")  # the cursor stands where its words go
    expect(desk.locator("#solution")).to_have_value(
        re.compile(r"^Look at this: \n\n!\[A blue field\]\([^)]*\)\n\nAnd on\.$")
    )
    expect(desk.locator("#draft")).to_contain_text("Draft saved")
    desk.route("**/draft", lambda route: route.abort())
    desk.keyboard.type("s")
    expect(desk.locator("#draft")).to_contain_text("Not saved, offline")
    desk.unroute("**/draft")
    desk.keyboard.type("!")
    expect(desk.locator("#draft")).to_contain_text("Draft saved")
    desk.once("dialog", lambda asked: asked.accept())
    desk.keyboard.type(" It is")  # and left at once
    desk.goto("/desk/questions")
    desk.goto("/desk/questions/new")
    desk.get_by_role("link", name="Continue with it").click()
    expect(desk.locator("#solution")).to_have_value(re.compile("A blue fields! It is"))
    desk.locator("#as-review").check(force=True)
    expect(desk.locator("#preview .as-review img[alt='A blue fields! It is']")).to_be_visible()
    expect(desk.locator("#preview .as-room")).to_be_hidden()
    assert faults_of(desk) == []
    assert overflow_of(desk) <= 0


def test_a_question_with_unsaved_changes_is_not_sent_to_review_without_them(desk: Page) -> None:
    fields = {"subject": "Python", "topic": "Sent", "stem": "Which is it?", "solution": "It is the second."}
    for control, text in (fields | {f"option-new{place}": WORDS[place] for place in range(1, 5)}).items():
        desk.locator(f"#{control}").fill(text)
    desk.locator("[name=key]").nth(1).check()
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Saved as a new question.")).to_be_visible()
    desk.locator("#stem").fill("Which one is it?")
    expect(desk.locator("#draft")).to_contain_text("Draft saved")
    desk.get_by_role("button", name="Send to review").click()
    said = desk.get_by_role("alert").filter(has_text="You have changes that are not saved. Save them first.")
    expect(said).to_be_focused()
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Version 2").first).to_be_visible()
    desk.get_by_role("button", name="Send to review").click()
    expect(desk.get_by_text("Sent to review.")).to_be_visible()


def test_the_hindi_stays_open_beside_what_is_typed_and_is_seen_in_the_preview(desk: Page) -> None:
    desk.locator("#translation > summary").click()
    desk.locator("#option-new1").fill("one")
    expect(desk.locator("#hi-option-new1-hint")).to_have_text("one")
    desk.locator("#add-row").click()
    expect(desk.locator("#hi-option-new5")).to_be_visible()
    desk.locator("#hi-option-new1").fill("एक")
    desk.locator("#language-en").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("#preview .as-room .options")).to_contain_text("एक")
    expect(desk.locator("#language-hi")).to_be_focused()
    desk.locator("#kind").select_option("true_false")
    expect(desk.locator("#hi-option-new1")).to_have_count(0)
    desk.locator("#kind").select_option("single")
    expect(desk.locator("#hi-option-new1")).to_have_value("एक")
    expect(desk.locator("#hi-option-new1")).to_be_visible()
    assert faults_of(desk) == []
    desk.set_viewport_size({"width": 360, "height": 740})
    assert overflow_of(desk) <= 0
    desk.get_by_role("button", name="Discard").click()
    expect(desk.get_by_text("Discarded.")).to_be_visible()
