"""The room's tools in a browser: keys, text size, striking out, question paper, instructions, pause."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.tools_of import begin, faults_in, open_menu, open_tool, practice_paper, tools_button

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def asha(request: pytest.FixtureRequest, open_page: Open, served: Served) -> Page:
    page = open_page(size=request.param)
    begin(page, practice_paper(served))
    return page


def room_of(page: Page) -> str:
    return "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]


# ---------------------------------------------------------------- menu, keys, text size


def test_the_menu_opens_by_keyboard_and_escape_gives_the_focus_back(asha: Page) -> None:
    open_menu(asha)
    asha.keyboard.press("Escape")
    expect(asha.locator("#tools")).to_be_hidden()
    opener = tools_button(asha)
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(asha.locator("#tools")).to_be_visible()
    assert faults_in(asha) == []


def test_the_list_of_keys_opens_by_its_key_and_by_a_button(asha: Page) -> None:
    asha.keyboard.press("?")
    keys = asha.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("row", name="T Say the time left")).to_be_visible()
    assert faults_in(asha) == []
    asha.keyboard.press("n")  # the dialog has the keys
    asha.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(asha.locator("#title-1")).to_be_visible()
    open_tool(asha, "Keys")
    expect(keys).to_be_visible()


def test_keys_of_one_letter_can_be_switched_off_and_stay_off(asha: Page) -> None:
    asha.keyboard.press("?")
    switch = asha.get_by_role("button", name="Use keys of one letter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    asha.reload()
    for key in ("n", "?", "Shift+A"):
        asha.keyboard.press(key)
    expect(asha.locator("#title-1")).to_be_visible()
    expect(asha.locator("#keys-sheet")).to_be_hidden()
    asha.keyboard.press("Control+Enter")
    expect(asha.locator("#title-2")).to_be_visible()


def test_the_text_size_is_kept_and_nothing_scrolls_sideways(asha: Page) -> None:
    height = "document.querySelector('#title-1').getBoundingClientRect().height"
    before = asha.evaluate(height)
    open_menu(asha)
    asha.locator("#text-sizes .size-5").click()
    asha.keyboard.press("Escape")
    asha.reload()
    assert asha.evaluate(height) > 1.6 * before
    asha.evaluate("scrollTo(0, document.body.scrollHeight)")  # no choice half under the bar
    assert faults_in(asha) == []


# ---------------------------------------------------------------- striking out


def test_striking_out_never_changes_the_answer_and_is_announced(asha: Page) -> None:
    form = asha.locator("#question-1")
    form.get_by_role("radio").nth(1).check()
    expect(asha.locator("#save-status")).to_contain_text("Saved")
    open_tool(asha, "Strike out choices")
    form.get_by_role("button", name="Strike choice B").click()
    said = asha.locator("#announce")
    expect(said).to_have_text("Choice B struck out. It is still your answer")
    expect(form.get_by_role("radio", name="(struck out)")).to_be_checked()
    box = form.get_by_role("button", name="Put back choice B").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    assert faults_in(asha) == []
    form.get_by_role("button", name="Put back choice B").click()
    expect(said).to_have_text("Choice B no longer struck out. It is still your answer")
    state = asha.request.get(room_of(asha), headers={"Accept": "application/json"}).json()
    assert len(state["sections"][0]["questions"][0]["choice"]) == 1


def test_a_struck_choice_is_kept_on_the_device_until_the_hand_in(asha: Page) -> None:
    asha.keyboard.press("Shift+C")
    expect(asha.locator("#announce")).to_have_text("Choice C struck out")
    asha.reload()
    expect(asha.locator("#question-1 .option.struck")).to_contain_text("C")
    asha.keyboard.press("n")
    asha.keyboard.press("Shift+A")
    expect(asha.locator("#question-2 .option.struck")).to_have_count(1)
    room = room_of(asha)
    asha.goto(f"{room}/submission")
    asha.get_by_role("button", name="Hand in").click()
    asha.get_by_role("heading", name="Your result").wait_for()
    expect(asha.locator("html")).to_be_visible()
    assert asha.evaluate("Object.keys(localStorage).filter((key) => key.includes('strike'))") == []


# ---------------------------------------------------------------- to read, and to pause


@pytest.mark.parametrize(("name", "says"), [("Question paper", "Question 5"), ("Instructions", "How it is marked")])
def test_papers_to_read_open_over_the_room_and_their_clock_goes_on(asha: Page, name: str, says: str) -> None:
    open_tool(asha, name)
    sheet = asha.locator("#reader")
    expect(sheet).to_contain_text(says)
    before = sheet.get_by_role("timer").inner_text()
    expect(sheet.get_by_role("timer")).not_to_have_text(before)
    assert faults_in(asha) == []
    asha.keyboard.press("Escape")
    expect(asha.locator("#title-1")).to_be_visible()


def test_a_question_of_the_question_paper_is_gone_to_in_the_room(asha: Page) -> None:
    open_tool(asha, "Question paper")
    asha.locator("#reader").get_by_role("link", name="Go to question 3").click()
    expect(asha.locator("#title-3")).to_be_focused()


def test_a_tool_that_cannot_be_loaded_says_so_and_loses_nothing(open_page: Open, served: Served) -> None:
    asha = open_page()
    begin(asha, practice_paper(served))
    asha.context.set_offline(True)
    open_tool(asha, "Calculator")
    expect(asha.locator("#notice")).to_contain_text("can't be opened just now")
    asha.context.set_offline(False)
    open_tool(asha, "Calculator")
    expect(asha.locator("#calculator")).to_be_visible()


def test_a_paused_practice_hides_its_questions_until_it_goes_on(asha: Page) -> None:
    open_menu(asha)
    asha.get_by_role("button", name="Pause the test").click()
    asha.get_by_role("heading", name="The test is paused").wait_for()
    assert "A single question?" not in asha.content()
    assert faults_in(asha) == []
    asha.get_by_role("button", name="Go on").click()
    expect(asha.locator("#title-1")).to_be_visible()


@pytest.mark.parametrize(("path", "says"), [("paper", "Question 5"), ("instructions", "How it is marked")])
def test_without_scripts_the_menus_links_are_pages(open_page: Open, served: Served, path: str, says: str) -> None:
    page = open_page(f"/papers/{practice_paper(served)}", scripts=False)
    page.get_by_role("button", name="Start without signing up").click()
    tools_button(page).click()
    page.locator(f"#tools a[href$='/{path}']").click()
    expect(page.locator("main")).to_contain_text(says)
    page.get_by_role("link", name="Back to the test").click()
    tools_button(page).click()
    page.get_by_role("link", name="Scratchpad").click()
    page.get_by_label("Your notes").fill("by hand")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The scratchpad is kept.")).to_be_visible()
    expect(page.get_by_label("Your notes")).to_have_value("by hand")


def test_a_browser_without_popovers_has_the_tools_at_the_end_of_the_page(open_page: Open, served: Served) -> None:
    page = open_page("/healthz")
    # As such a browser reads both: it doesn't know the selector, and the attribute does nothing.
    page.route("**/css/*.css", lambda route: _without_popovers(route))
    page.add_init_script("""const knows = CSS.supports.bind(CSS);
      CSS.supports = (...asked) => !asked[0].includes("popover") && knows(...asked);""")
    begin(page, practice_paper(served))
    page.evaluate("document.querySelector('#tools').removeAttribute('popover')")
    expect(page.locator("#tools")).to_be_visible()
    page.locator("#tools").get_by_text("Calculator").click()
    expect(page.locator("#calculator")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#tools')).position") == "static"


def _without_popovers(route: Route) -> None:
    reply = route.fetch()
    old = "@supports not selector(:no-such-thing)"
    route.fulfill(response=reply, body=reply.text().replace("@supports not selector(:popover-open)", old))
