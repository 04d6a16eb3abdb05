"""A connection that drops in the middle of a test: nothing is lost, and the page says how it stands."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from mockhall.attempts.models import Attempt, LateAnswer
from tests.browser.conftest import DESKTOP, Open, Served
from tests.browser.truth import code_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("offline")]


def start(page: Page) -> str:
    """In the room of the aptitude test; returns its address."""
    page.goto("/papers/aptitude")
    page.get_by_role("button", name="Start without signing up").click()
    expect(page.get_by_role("heading", name="Question 1 of 20")).to_be_visible()
    return page.url.split("/questions/")[0]


def on_another_device(open_page: Open, page: Page, path: str, size: tuple[int, int] = DESKTOP) -> Page:
    """A browser of its own that is the same guest, at `path`."""
    other = open_page("/healthz", size=size)
    other.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # as they came
    other.goto(path)
    return other


def cell(page: Page, number: int, words: str) -> None:
    """The navigator's words for a question."""
    expect(page.locator(f"#cell-{number}")).to_have_attribute("aria-label", f"Question {number}, {words}")


def choose(page: Page, number: int) -> None:
    page.locator(f"#cell-{number}").click()
    page.locator(f"#question-{number} [name=choice]").first.check()


def status(page: Page, words: str) -> None:
    expect(page.locator("#save-status")).to_contain_text(words, timeout=20_000)


def test_two_tabs_offline_keep_the_answers_of_both(open_page: Open) -> None:
    first = open_page()
    room = start(first)
    second = first.context.new_page()
    second.goto(f"{room}/questions/2")
    first.context.set_offline(True)
    choose(first, 3)
    status(first, "kept on this device")
    choose(second, 5)
    status(second, "kept on this device")
    first.close()
    second.context.set_offline(False)
    second.goto(f"{room}/questions/1")
    status(second, "Saved")
    second.reload()
    cell(second, 3, "answered")
    cell(second, 5, "answered")


def test_answers_sent_after_coming_back_show_in_the_navigator(open_page: Open) -> None:
    page = open_page()
    room = start(page)
    page.context.set_offline(True)
    choose(page, 2)
    choose(page, 3)
    status(page, "kept on this device")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(room)
    status(page, "Saved")
    cell(page, 2, "answered")
    cell(page, 3, "answered")


def test_another_section_offline_says_why_it_does_not_open(open_page: Open) -> None:
    page = open_page()
    page.route("**/questions/*", lambda route: route.abort())  # brought beforehand, it would open
    start(page)
    page.context.set_offline(True)
    page.locator("#cell-8").click()
    expect(page.locator("#notice")).to_contain_text("there is no connection")
    expect(page.get_by_role("heading", name="Question 1 of 20")).to_be_visible()
    status(page, "Offline")
    page.unroute("**/questions/*")
    page.context.set_offline(False)
    status(page, "Answers are saved as you choose them")
    expect(page.locator("#notice")).to_have_text("")
    page.locator("#cell-8").click()
    expect(page.get_by_role("heading", name="Question 8 of 20")).to_be_visible()


def test_another_section_comes_beforehand_and_opens_offline(open_page: Open) -> None:
    page = open_page()
    start(page)
    page.locator("#question-8").wait_for(state="attached", timeout=20_000)
    page.context.set_offline(True)
    page.locator("#sections button").nth(1).click()
    expect(page.get_by_role("heading", name="Question 8 of 20")).to_be_visible()
    expect(page.locator("#sections [aria-current]")).to_contain_text("0/6")
    page.locator("#question-8 [name=choice]").first.check()
    status(page, "Not saved yet, 1 answer kept on this device")
    page.context.set_offline(False)
    status(page, "Saved")


def test_what_was_typed_just_before_a_reload_is_kept(open_page: Open) -> None:
    page = open_page()
    start(page)
    page.locator("#answer-1").fill("77")
    page.reload()
    expect(page.locator("#answer-1")).to_have_value("77")
    cell(page, 1, "answered")


def late_answer(served: Served, code: str) -> tuple[LateAnswer, datetime | None]:
    """The one answer that came too late, and when the attempt ended."""
    query = select(LateAnswer, Attempt.deadline_at).join(Attempt, col(Attempt.id) == col(LateAnswer.attempt_id))
    with served.app.state.database.reading() as db:
        late, deadline = db.exec(query.where(Attempt.code == code)).one()
    return late, deadline


def test_time_up_offline_then_back_says_one_thing(open_page: Open, served: Served) -> None:
    page = open_page()
    start(page)
    served.clock.forward(minutes=24, seconds=56)
    try:
        page.reload()
        page.context.set_offline(True)
        page.locator("#answer-1").fill("25")
        expect(page.locator("#notice")).to_contain_text("Not sent yet, and kept on this device: 1 answer.")
        served.clock.forward(minutes=1)
        page.context.set_offline(False)
        expect(page.locator("#notice")).to_have_text(
            "Time is up. 1 answer came too late to count. It is kept, and your teacher can see it. See the result",
            timeout=20_000,
        )
        shown = page.locator("#question-1 fieldset").evaluate("each => getComputedStyle(each).opacity")
        assert float(shown) < 1, "fields that take nothing any more look so"
        late, deadline = late_answer(served, code_of(page))
        assert (late.text, late.claimed_at is None) == ("25", False)
        assert str(late.claimed_at) < str(deadline), "when it was typed, not when the page let go of the field"
    finally:
        served.clock.shift *= 0


def test_with_storage_blocked_the_page_does_not_claim_the_device_keeps_answers(open_page: Open) -> None:
    page = open_page()
    blocked = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})"
    page.context.add_init_script(blocked)
    start(page)
    page.context.set_offline(True)
    page.locator("#answer-1").fill("12")
    status(page, "Not saved yet, 1 answer only in this page: keep it open")
