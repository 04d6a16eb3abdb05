"""A student takes a test, from the catalogue to the revealed answers: by visible names only."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Served, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journey")]

WAYS = [
    pytest.param(size, scripts, id=f"{name}-{'scripts' if scripts else 'plain'}")
    for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    for scripts in (True, False)
]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start(page: Page, button: str) -> None:
    """From the catalogue to the first question of the aptitude test."""
    page.goto("/")
    page.get_by_role("link", name="Aptitude", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aptitude")
    press(page, button)
    expect(page.get_by_role("heading", name="Question 1 of 20")).to_be_visible()
    page.wait_for_load_state()  # a question shows before its scripts hear a key


def at(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", name=f"Question {number} of 20")).to_be_visible()


def answer(page: Page) -> None:
    """Answer the question on screen, whatever its kind."""
    form = page.locator("form[data-number]:visible")
    if form.get_by_role("radio").count():
        form.get_by_role("radio").nth(1).check()
    elif form.locator("[name=choice]").count():
        form.locator("[name=choice]").first.check()
    else:
        form.get_by_role("textbox").fill("12")


def go(page: Page, number: int) -> None:
    """By the navigator; on a phone it is opened first."""
    handle = page.get_by_role("button", name=re.compile(r"^\d+ of 20"))
    if handle.is_visible():
        handle.click()
    page.get_by_role("navigation", name="Questions").get_by_role(
        "button", name=re.compile(rf"^Question {number}, ")
    ).click()
    at(page, number)


def review_and_hand_in(page: Page) -> None:
    handle = page.get_by_role("button", name=re.compile(r"^\d+ of 20"))
    if handle.is_visible():
        handle.click()
    press(page, "Review and hand in")


def take(page: Page, size: tuple[int, int]) -> None:
    """Answer, mark, clear, go back, jump, return to it all, and hand in."""
    answer(page)
    press(page, "Save & next")
    at(page, 2)
    answer(page)
    press(page, "Mark & next" if size == PHONE else "Mark for review & next")
    at(page, 3)
    answer(page)
    press(page, "Clear")
    at(page, 3)
    press(page, "Back")
    at(page, 2)
    go(page, 8)  # the second section
    answer(page)
    press(page, "Save & next")
    at(page, 9)
    cells = page.locator("#navigator")  # on a phone it is a closed sheet, which roles don't see
    for words in ("Question 1, answered", "Question 2, answered and marked for review", "Question 3, not answered",
                  "Question 8, answered", "Question 9, not answered", "Question 20, not visited"):  # fmt: skip
        expect(cells.locator(f'[aria-label="{words}"]')).to_have_count(1)
    review_and_hand_in(page)
    press(page, "Keep working")
    at(page, 9)
    review_and_hand_in(page)
    press(page, "Hand in")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_last_question_one_hands_in(open_page: Open, scripts: bool) -> None:
    page = open_page("/", DESKTOP, scripts)
    start(page, "Start without signing up")
    go(page, 20)
    answer(page)
    press(page, "Save & next")
    press(page, "Hand in")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()


def reveal(page: Page) -> None:
    """The score breakdown, then every answer with its explanation."""
    expect(page.get_by_text("of 60 marks")).to_be_visible()
    page.get_by_role("link", name="Review every answer").click()
    expect(page.get_by_role("heading", name="Review your answers")).to_be_visible()
    expect(page.get_by_text("Your answer").first).to_be_visible()
    expect(page.get_by_text("Correct answer").first).to_be_visible()


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_as_a_guest(open_page: Open, size: tuple[int, int], scripts: bool) -> None:
    page = open_page("/", size, scripts)
    start(page, "Start without signing up")
    take(page, size)
    reveal(page)


@pytest.mark.parametrize(("size", "scripts"), WAYS)
def test_as_a_student_who_signs_up_and_keeps_the_attempt(
    open_page: Open, served: Served, size: tuple[int, int], scripts: bool
) -> None:
    page = open_page("/", size, scripts)
    start(page, "Start without signing up")
    answer(page)
    press(page, "Save & next")
    at(page, 2)
    room = page.url
    page.goto("/sign-up")
    form = page.locator("form", has=page.get_by_role("button", name="Create account")).last
    email = f"asha-{size[0]}-{scripts}@example.edu".lower()
    form.get_by_label(re.compile("^Name")).fill("Asha Raman")
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password", exact=True).fill("correct horse battery")
    form.get_by_role("button", name="Create account").click()
    page.goto(room)
    at(page, 2)
    elsewhere = open_page("/", size, scripts)
    sign_in(elsewhere, email)
    elsewhere.goto(re.sub(r"/questions/\d+$", "", room))
    at(elsewhere, 2)
    take_the_rest(elsewhere)
    reveal(elsewhere)


def take_the_rest(page: Page) -> None:
    answer(page)
    press(page, "Save & next")
    at(page, 3)
    review_and_hand_in(page)
    press(page, "Hand in")
    expect(page.get_by_role("heading", name="Your result")).to_be_visible()


def test_answers_survive_reload_and_the_back_button(open_page: Open) -> None:
    page = open_page()
    start(page, "Start without signing up")
    answer(page)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    press(page, "Save & next")
    at(page, 2)
    page.go_back()
    at(page, 1)
    page.reload()
    at(page, 1)
    expect(page.locator('[aria-label="Question 1, answered"]')).to_have_count(1)


def test_time_up_hands_in_by_itself_in_the_page(open_page: Open, served: Served) -> None:
    page = open_page()
    start(page, "Start without signing up")
    answer(page)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    served.clock.forward(minutes=24, seconds=57)
    try:
        page.reload()
        expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=25_000)
    finally:
        served.clock.shift *= 0


def test_finish_on_this_computer_leaves_nothing_behind(open_page: Open) -> None:
    page = open_page()
    start(page, "Start without signing up")
    room = page.url
    review_and_hand_in(page)
    press(page, "Hand in")
    page.get_by_text("Finish on this computer").click()
    press(page, "Yes, finish")
    assert page.evaluate("localStorage.length") == 0
    page.goto(room)
    expect(page.get_by_role("heading", name="Sign in first")).to_be_visible()


def test_the_whole_room_by_keyboard(open_page: Open) -> None:
    page = open_page()
    start(page, "Start without signing up")
    page.locator("body").press("n")
    at(page, 2)
    page.keyboard.press("p")
    at(page, 1)
    page.keyboard.press("m")
    at(page, 2)
    expect(page.locator('[aria-label="Question 1, marked for review"]')).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    at(page, 3)
    expect(page.locator("#title-3")).to_be_focused()


def test_g_opens_the_navigator_where_it_is_a_sheet(open_page: Open) -> None:
    page = open_page(size=(720, 450))  # a desktop at 200 %
    start(page, "Start without signing up")
    page.locator("body").press("g")
    expect(page.locator("#cell-1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    at(page, 2)
    expect(page.locator("#title-2")).to_be_focused()


def test_undo_of_clear_brings_the_answer_back_and_keeps_the_focus_at_the_question(open_page: Open) -> None:
    page = open_page()
    start(page, "Start without signing up")
    page.locator("#answer-1").fill("12")
    press(page, "Clear")
    expect(page.locator("#answer-1")).to_have_value("")
    press(page, "Undo")
    expect(page.locator("#answer-1")).to_have_value("12")
    expect(page.locator("#title-1")).to_be_focused()
