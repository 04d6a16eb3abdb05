"""Questions and tests written in a browser: by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Error, Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import PHONE, Open, Served, sign_in
from tests.browser.test_accessibility import faults_of, overflow_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]

# What is typed into which control, in the order of the page; a trailing + presses the button instead.
ANSWERS: dict[str, tuple[str, dict[str, str]]] = {
    "One answer": ("Single?", {"option-new1": "Yes", "option-new2": "No", "remove-new4": "+", "remove-new3": "+"}),
    "Several answers": ("Which of them?", {
        "option-new1": "This one", "option-new2": "That one", "remove-new4": "+", "remove-new3": "+",
    }),
    "True or false": ("`True` is an `int`.", {}),
    "A number": ("How much?", {"value": "12.5", "tolerance": "0.1", "also": "3 to 4", "unit": "cm"}),
    "Words": ("Which word?", {"answers": "await"}),
    "Match": ("Match them.", {
        "left-new1": "200", "right-new1": "OK", "left-new2": "404", "right-new2": "Not found", "remove-new3": "+",
    }),
    "Order": ("Put in order.", {"step-new1": "First", "step-new2": "Second", "step-new3": "Third", "down-new1": "+"}),
    "Gaps in a text": ("`[[1]] def f()`", {"find-gaps": "+", "gap-1": "* async\nawait"}),
}  # fmt: skip


@pytest.fixture
def desk(open_page: Open, served: Served, request: pytest.FixtureRequest) -> Page:
    """Tara at the desk; her page has no scripts where the test says so."""
    page = open_page(**getattr(request, "param", {}))
    name = f"Tara{abs(hash(request.node.name))}"
    sign_in(page, served.person(name, Role.ADMIN))
    return page


def focused(page: Page, what: str) -> object:
    """This of the control with the focus. A button pressed before htmx knew it loads the page: then of the new one."""
    try:
        return page.evaluate(f"document.activeElement?.{what}")
    except Error:
        page.wait_for_load_state()
        return page.evaluate(f"document.activeElement?.{what}")


def tab_to(page: Page, control: str) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(150):
        if focused(page, "id") == control:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab doesn't reach {control}")


def write_by_keyboard(page: Page, kind: str) -> None:
    stem, answers = ANSWERS[kind]
    page.goto("/desk/questions/new")
    tab_to(page, "kind")
    if kind != "One answer":
        with page.expect_response("**/desk/questions"):
            page.keyboard.type(kind)
    for control, text in {"subject": "Python", "topic": "Keys", "stem": stem}.items():
        tab_to(page, control)
        page.keyboard.type(text)
    for control, text in answers.items():
        tab_to(page, control)
        if text == "+":
            with page.expect_response("**/desk/questions"):
                page.keyboard.press("Enter")
        else:
            page.keyboard.type(text)
    tick_the_right_one(page, kind)
    tab_to(page, "solution")
    page.keyboard.type("Because.")


def tick_the_right_one(page: Page, kind: str) -> None:
    """The radio of a single choice, of a truth: reached with Tab, pressed with Space."""
    name = {"One answer": "key", "Several answers": "key", "True or false": "truth"}.get(kind)
    for _ in range(150 if name else 0):
        if focused(page, "name") == name:
            page.keyboard.press("Space")
            return
        page.keyboard.press("Tab")
    assert name is None


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_question_of_each_kind_is_written_by_keyboard(desk: Page, kind: str) -> None:
    write_by_keyboard(desk, kind)
    assert faults_of(desk) == []
    desk.keyboard.press("Control+s")
    expect(desk.get_by_text("Saved as a new question.")).to_be_visible()
    desk.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults_of(desk) == []
    desk.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    desk.emulate_media(color_scheme="dark")
    assert faults_of(desk) == []
    assert overflow_of(desk) <= 0
    if kind == "Order":
        expect(desk.locator("[name=step_text]").first).to_have_value("Second")


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("desk", [{"scripts": False}], indirect=True, ids=["no scripts"])
def test_a_question_of_each_kind_is_written_without_scripts(desk: Page, kind: str) -> None:
    stem, answers = ANSWERS[kind]
    desk.goto("/desk/questions/new")
    desk.get_by_label("Type", exact=True).select_option(label=kind)
    desk.locator("#stem").fill(f"{stem} Written without scripts.")  # the bank would know the other again
    desk.get_by_role("button", name="Show the fields of the chosen type").click()
    for control, text in answers.items():
        if text == "+":
            desk.locator(f"#{control}").click()
        else:
            desk.locator(f"#{control}").fill(text)
    for name in ("key", "truth"):
        for box in desk.locator(f"[name={name}]:is([type=radio], [type=checkbox])").all()[:1]:
            box.check()
    desk.locator("#subject").fill("Python")
    desk.locator("#topic").fill("Keys")
    desk.locator(".editor-bar [value=save]").click()
    expect(desk.get_by_text("Saved as a new question.")).to_be_visible()


def test_the_preview_follows_what_is_written(desk: Page) -> None:
    desk.goto("/desk/questions/new")
    desk.get_by_label("Type", exact=True).select_option(label="Match")
    desk.locator("#left-new1").fill("200")
    desk.locator("#right-new1").fill("OK")
    preview = desk.locator("#preview .as-room")
    expect(preview.get_by_text("200")).to_be_visible()
    expect(preview.locator("option", has_text="OK")).to_have_count(1)


def test_the_marks_say_what_they_mean_as_they_are_chosen(desk: Page) -> None:
    desk.goto("/desk/papers/aptitude")
    desk.locator("#rules > summary").click()
    tab_to(desk, "preset")
    desk.keyboard.type("JEE Adv")
    expect(desk.locator("#meaning")).to_contain_text("more than 33 % sure")
    assert desk.evaluate("document.activeElement.id") == "preset"


def test_the_rules_of_a_section_and_a_draw_are_set_by_keyboard(desk: Page) -> None:
    desk.goto("/desk/papers/aptitude")
    tab_to(desk, "change-1")
    desk.keyboard.press("Enter")
    tab_to(desk, "minutes_max-1")
    desk.keyboard.type("15")
    tab_to(desk, "choose-1")
    desk.keyboard.type("The best")
    tab_to(desk, "choose_k-1")
    desk.keyboard.type("99")
    tab_to(desk, "save-section-1")
    desk.keyboard.press("Enter")
    expect(desk.locator("#choose_k-1-error")).to_be_visible()
    expect(desk.locator("#minutes_max-1")).to_have_value("15")
    assert faults_of(desk) == []
    desk.locator("#choose_k-1").fill("2")
    desk.locator("#save-section-1").press("Enter")
    expect(desk.get_by_text("at most 15 min, the best 2 count.")).to_be_visible()
    tab_to(desk, "draw-1")
    desk.keyboard.press("Enter")
    tab_to(desk, "draw_count-1")
    desk.keyboard.type("900")
    desk.keyboard.press("Enter")
    expect(desk.locator("#draw_count-1-error")).to_contain_text("in this test already")
    desk.locator("#draw_count-1").fill("2")
    desk.locator("#draw_count-1").press("Enter")
    expect(desk.get_by_text("2 questions: drawn for each candidate.")).to_be_visible()


def test_a_question_taken_out_by_keyboard_leads_to_the_next_and_comes_back(desk: Page) -> None:
    desk.goto("/desk/papers/aptitude")
    buttons = desk.locator("[id^=remove-]:not([id^=remove-draw])")
    first, second = (str(buttons.nth(place).get_attribute("id")) for place in (0, 1))
    desk.locator(f"#{first}").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Taken out of the test.")).to_be_in_viewport()
    expect(desk.locator(f"#{second}")).to_be_focused()
    desk.locator("#undo").press("Enter")
    expect(desk.locator(f"#{first}")).to_be_visible()
    assert faults_of(desk) == []


def test_the_rules_beside_the_board_stay_true_and_what_was_typed_stays(desk: Page) -> None:
    desk.goto("/desk/papers/new")
    desk.locator("#title").fill("Rules and board")
    desk.locator("#subject").fill("Python")
    desk.locator("[name=start]").first.check()
    desk.get_by_role("button", name="Make the test", exact=True).last.click()
    rules, title = desk.locator("#rules > summary"), desk.locator("#rules-form #title")
    version = desk.locator("#rules-form input[name=version]")
    rules.click()
    title.fill("Renamed")
    desk.locator("#rules-form").get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.locator("h1")).to_have_text("Renamed")
    desk.locator("#undo").click()
    expect(desk.locator(".undo")).to_contain_text("Taken back: rules changed (Title).")
    expect(version).to_have_value("3")
    expect(title).to_have_value("Rules and board")
    rules.click()
    desk.locator("#rules-form #summary").fill("Typed")
    desk.locator("#new-section").fill("Second")
    desk.locator("#add-section").click()
    expect(desk.locator("#s-2")).to_be_visible()
    expect(desk.locator("#rules-form #summary")).to_have_value("Typed")
    desk.locator("#rules-form").get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.locator(".undo")).to_contain_text("Saved.")
    expect(desk.locator("#s-2")).to_be_visible()


@pytest.mark.parametrize("desk", [{"scripts": False}], indirect=True, ids=["no scripts"])
def test_the_rules_of_a_test_are_set_without_scripts(desk: Page) -> None:
    desk.goto("/desk/papers/python-core")
    desk.locator("#rules > summary").click()
    desk.locator("#preset").select_option("jee-main")
    desk.get_by_role("button", name="Show what these marks mean").click()
    expect(desk.locator("#meaning")).to_contain_text("more than 20 % sure")
    desk.locator("[name=calculator]").check()
    desk.locator("#rules form").get_by_role("button", name="Save", exact=True).last.click()
    expect(desk.get_by_text("Saved. Running attempts keep the rules they began with.")).to_be_visible()
    desk.locator("#rules > summary").click()
    expect(desk.locator("[name=calculator]")).to_be_checked()
