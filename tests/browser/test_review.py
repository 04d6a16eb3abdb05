"""The review in a real browser: by keyboard alone, without scripts, on a phone; what is written beside questions."""

import re

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import DESKTOP, PHONE, Open, Served, sign_in
from tests.browser.test_accessibility import check, faults_of, start, stay

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("review")]


def reviewed(page: Page) -> str:
    """A test of thirty handed in with the first question answered; the address of its review, which is open."""
    room = start(page, "python-core")
    page.locator("form[data-number]:visible [name=choice]").first.check()
    page.get_by_role("button", name="Save & next").click()
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("heading", name="Your result").wait_for()
    page.goto(f"{room}/review")
    return f"{room}/review"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def test_by_keyboard_alone_from_question_to_question_and_into_a_note(open_page: Open) -> None:
    page = open_page()
    reviewed(page)
    expect(page.locator("[data-review-keys]")).to_be_visible()
    for key, there in (("j", "Question 1"), ("j", "Question 2"), ("j", "Question 3"), ("k", "Question 2")):
        page.keyboard.press(key)
        assert focused(page) == there
    page.keyboard.press("n")
    page.keyboard.press("Space")  # the first reason
    page.keyboard.press("Tab")
    page.keyboard.type("Jumped to a konclusion, no?")  # j, k, n and ? are letters while typing
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#own-2").get_by_role("status")).to_have_text("Note saved.")
    assert focused(page) == "Note saved."
    expect(page.locator("#own-2")).to_contain_text("Jumped to a konclusion, no?")
    page.keyboard.press("j")  # from what was said beside question 2
    assert focused(page) == "Question 3"
    page.keyboard.press("b")
    pressed = page.locator("#own-3").get_by_role("button", name="Bookmark question 3")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
    page.keyboard.press("?")
    assert "next and previous" in focused(page)
    page.keyboard.press("Control+k")
    assert "next and previous" in focused(page)


def test_over_the_end_of_a_page_the_keys_turn_it(open_page: Open) -> None:
    page = open_page()
    url = reviewed(page)
    page.locator("#q10 h2").focus()
    page.keyboard.press("j")
    page.wait_for_url(re.compile(rf"{re.escape(url)}\?page=2"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_note_a_bookmark_and_a_report(open_page: Open, served: Served, size: tuple[int, int], scripts: bool) -> None:
    first = open_page(size=size)
    url = reviewed(first)
    page = open_page("/healthz", size=size, scripts=scripts)
    page.context.add_cookies(first.context.cookies())  # type: ignore[arg-type]  # as they came
    page.goto(f"{url}?page=2")
    own = page.locator("#own-12")
    own.get_by_text("Add a note").click()
    own.get_by_role("button", name="Save note").click()
    expect(own.get_by_text("Choose what it was.")).to_be_visible()
    own.get_by_label("Out of time").check()
    own.get_by_label("Note, for you alone").fill("Plan the last ten minutes.")
    own.get_by_role("button", name="Save note").click()
    expect(own.get_by_text("Plan the last ten minutes.").first).to_be_visible()
    own.get_by_role("button", name="Bookmark").click()
    expect(own.get_by_role("button", name="Bookmark")).to_have_attribute("aria-pressed", "true")
    own.get_by_text("Report an error").click()
    own.get_by_label("The question is unclear").check()
    own.get_by_label("Say it in a sentence or two").fill("Which of the two is meant?")
    own.get_by_role("button", name="Send report").click()
    expect(own.get_by_text("Reported", exact=True)).to_be_visible()
    assert faults_of(page) == [] if scripts else True
    page.goto(f"{url}?show=noted&show=bookmarked")
    expect(page.locator("article")).to_have_count(1)
    expect(page.get_by_text("Bookmarked, and noted: 1 of 30 questions")).to_be_visible()


def test_a_reload_after_a_refused_form_without_scripts_is_no_dead_end(open_page: Open) -> None:
    page = open_page(scripts=False)
    room = start(page, "python-core")
    for path in (f"{room}/responses/2", f"{room}/questions/2"):
        page.goto(path)
        assert page.url.endswith("/questions/2")


def test_axe_finds_nothing_beside_a_question_or_at_the_desk(open_page: Open, served: Served) -> None:
    page = open_page()
    url = reviewed(page)
    page.locator("#own-1").get_by_text("Report an error").click()
    page.locator("#own-1").get_by_label("Something else").check()
    page.locator("#own-1").get_by_label("Say it in a sentence or two").fill("Both are right.")
    page.locator("#own-1").get_by_role("button", name="Send report").click()
    page.get_by_text("somebody will look at it").wait_for()

    def opened(at: Page) -> None:
        at.evaluate("document.querySelectorAll('#own-2 details').forEach(each => { each.open = true })")
        at.locator("#own-2").get_by_role("button", name="Save note").click()
        at.get_by_text("Choose what it was.").wait_for()

    check(page, [(url, opened), (f"{url}?show=blank&show=marked&show=slow", stay), (f"{url}?show=lucky", stay)])
    desk = open_page()
    sign_in(desk, served.person("Tara", Role.ADMIN))
    desk.goto("/desk/corrections")
    one = desk.get_by_role("row").get_by_role("link").first.get_attribute("href") or ""

    def refused(at: Page) -> None:
        at.get_by_role("button", name="Answer and close").click()
        at.get_by_role("alert").wait_for()

    check(desk, [("/desk/corrections", stay), (one, stay), (one, refused), ("/desk/corrections?state=closed", stay)])
