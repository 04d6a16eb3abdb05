"""Faults of the exam room in a real browser: nothing is lost, nothing is called saved that is not in the database."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Open, Served
from tests.browser.test_offline import choose, on_another_device, start, status
from tests.browser.test_without_network import kept
from tests.browser.truth import all_is_kept, code_of, shown, stored, told_the_truth

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("faults")]
SAVES = "**/responses/*"
CHOICES = (2, 3, 5, 8, 10)  # of the aptitude test
NUMBERS = (1, 4, 6, 7)


@pytest.fixture(autouse=True)
def clock_back(served: Served) -> Iterator[None]:
    yield
    served.clock.shift = timedelta()


def put(page: Page, number: int, text: str) -> None:
    page.locator(f"#cell-{number}").click()
    page.locator(f"#answer-{number}").fill(text)


def left(page: Page) -> int:
    """The seconds on the clock."""
    minutes, seconds = page.locator("#timer time").inner_text().removeprefix("about ").split(":")[-2:]
    return int(minutes) * 60 + int(seconds)


def soon(page: Page, seconds: int, within: int = 12) -> None:
    """The clock shows so much, give or take what the test took, within 8 s."""
    for _ in range(80):
        if page.locator("#timer time").inner_text()[:5] != "about" and 0 <= seconds - left(page) <= within:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.locator('#timer time').inner_text()} in place of {seconds} s")


# ---------------------------------------------------------------- the network


def goes_through_an_outage(page: Page, served: Served, seconds: float) -> None:
    """Answers before, while and after the network is away, with a reload in the middle."""
    start(page)
    choose(page, 2)
    kept(page)
    page.context.set_offline(True)
    for number in (3, 5):
        choose(page, number)
        status(page, "Not saved yet")
        assert not told_the_truth(page, served)
    page.wait_for_timeout(seconds * 500)
    page.reload()
    status(page, "Not saved yet, 2 answers kept on this device")
    put(page, 1, "42")
    status(page, "Not saved yet, 3 answers kept on this device")
    page.wait_for_timeout(seconds * 500)
    assert not told_the_truth(page, served)
    before = shown(page)
    page.context.set_offline(False)
    answers = all_is_kept(page, served)
    assert set(answers) == {1, 2, 3, 5}
    assert answers == {number: before[number] for number in answers}


def test_an_outage_with_a_reload_in_it(open_page: Open, served: Served) -> None:
    goes_through_an_outage(open_page(), served, 2)


@pytest.mark.long
def test_an_outage_of_a_minute_with_a_reload_in_it(open_page: Open, served: Served) -> None:
    goes_through_an_outage(open_page(), served, 60)


def loses_replies(page: Page, served: Served, rounds: int) -> None:
    """Three of ten saves are done and their reply is lost; answers change meanwhile."""
    chance = random.Random(7)
    lost = 0

    def drop(route: Route) -> None:
        nonlocal lost
        if chance.random() < 0.3:
            lost += 1
            route.fetch()  # the server has it, and nobody hears so
            route.abort()
        else:
            route.continue_()

    start(page)
    page.route(SAVES, drop)
    for turn in range(rounds):
        for number in CHOICES[:3]:
            page.locator(f"#cell-{number}").click()
            page.locator(f"#question-{number} [name=choice]").nth((turn + number) % 4).check()
            told_the_truth(page, served)
        for number in NUMBERS[:2]:
            put(page, number, str(turn * 10 + number))
            page.wait_for_timeout(700)
            told_the_truth(page, served)
    before = shown(page)
    answers = all_is_kept(page, served)
    assert lost >= rounds
    assert answers == {number: before[number] for number in answers}
    assert set(answers) == {*CHOICES[:3], *NUMBERS[:2]}


def test_three_of_ten_replies_lost(open_page: Open, served: Served) -> None:
    loses_replies(open_page(), served, 3)


@pytest.mark.long
def test_three_of_ten_replies_lost_for_long(open_page: Open, served: Served) -> None:
    loses_replies(open_page(), served, 20)


PORTAL = {"status": 200, "content_type": "text/html", "body": "<h1>Welcome to the campus network</h1>"}
FALSE_REPLIES = {
    "a captive portal's page": PORTAL,
    "JSON of something else": {"status": 200, "json": {"ok": True}},
    "saved, but another number": {"status": 200, "json": {"saved": True, "seq": 999, "saved_at": "2026-01-01"}},
    "too many requests": {"status": 429, "headers": {"Retry-After": "1"}, "body": ""},
    "not available": {"status": 503, "headers": {"Retry-After": "1"}, "json": {"saved": False, "reason": "not_kept"}},
    "a gateway's page": {"status": 502, "content_type": "text/html", "body": "Bad gateway"},
    "a portal's refusal": {"status": 403, "content_type": "text/html", "body": "Log in to the network"},
    "a portal that finds nothing": {"status": 404, "content_type": "text/html", "body": "Nothing here"},
}  # fmt: skip


@pytest.mark.parametrize("reply", FALSE_REPLIES)
def test_a_reply_that_is_not_ours_is_never_called_saved(open_page: Open, served: Served, reply: str) -> None:
    page = open_page()
    start(page)
    page.route(SAVES, lambda route: route.fulfill(**FALSE_REPLIES[reply]))
    page.locator("#answer-1").fill("12")
    status(page, "Not saved, 1 answer kept here")
    page.wait_for_timeout(1500)
    assert not told_the_truth(page, served)
    page.unroute(SAVES)
    assert all_is_kept(page, served) == {1: ([], "12", False)}


def test_a_redirect_to_a_sign_in_page_is_not_saved(open_page: Open, served: Served) -> None:
    page = open_page()
    start(page)
    page.route(SAVES, lambda route: route.fulfill(status=302, headers={"Location": "/sign-in"}))
    page.locator("#answer-1").fill("12")
    status(page, "Not saved")
    assert not told_the_truth(page, served)
    page.unroute(SAVES)
    assert all_is_kept(page, served) == {1: ([], "12", False)}


def test_a_silent_network_is_noticed_within_five_seconds(open_page: Open, served: Served) -> None:
    page = open_page()
    start(page)
    page.route(SAVES, lambda _route: None)  # no reply, and no refusal either
    page.locator("#answer-1").fill("12")
    expect(page.locator("#save-status")).to_contain_text("Not saved yet, 1 answer", timeout=5600)  # 0.6 s of typing
    expect(page.locator("#save-status svg")).to_be_visible()
    page.unroute(SAVES)
    assert all_is_kept(page, served) == {1: ([], "12", False)}


# ---------------------------------------------------------------- clocks


def with_own_clock(open_page: Open) -> Page:
    """A page whose computer's clock the test sets."""
    page = open_page()
    page.clock.install()
    start(page)
    return page


def computer_says(page: Page, **later: float) -> None:
    page.clock.set_system_time(datetime.now(UTC) + timedelta(**later))


@pytest.mark.parametrize("hours", [1, -1])
def test_the_computers_clock_moved_by_an_hour_changes_nothing(open_page: Open, served: Served, hours: int) -> None:
    page = with_own_clock(open_page)
    choose(page, 2)
    computer_says(page, hours=hours)
    soon(page, 25 * 60)
    choose(page, 3)
    assert set(all_is_kept(page, served)) == {2, 3}
    page.reload()
    soon(page, 25 * 60)
    assert "/questions/" in page.url, "time was not up"


def test_offline_a_moved_clock_ends_nothing(open_page: Open, served: Served) -> None:
    page = with_own_clock(open_page)
    page.context.set_offline(True)
    computer_says(page, hours=1)
    expect(page.locator("#timer time")).to_have_text("about 0:00")
    choose(page, 2)
    status(page, "Not saved yet, 1 answer kept on this device")
    page.context.set_offline(False)
    soon(page, 25 * 60, within=20)
    assert set(all_is_kept(page, served)) == {2}


def test_a_laptop_asleep_for_twenty_minutes(open_page: Open, served: Served) -> None:
    page = with_own_clock(open_page)
    choose(page, 2)
    page.context.set_offline(True)
    choose(page, 3)
    status(page, "Not saved yet, 1 answer kept on this device")
    served.clock.forward(minutes=20)
    computer_says(page, minutes=20)
    page.context.set_offline(False)
    soon(page, 5 * 60, within=20)
    choose(page, 5)
    assert set(all_is_kept(page, served)) == {2, 3, 5}


def test_a_laptop_asleep_over_the_end(open_page: Open, served: Served) -> None:
    page = with_own_clock(open_page)
    choose(page, 2)
    status(page, "Saved")
    page.context.set_offline(True)
    choose(page, 3)
    status(page, "Not saved yet, 1 answer kept on this device")
    served.clock.forward(minutes=40)
    computer_says(page, minutes=40)
    page.context.set_offline(False)
    expect(page.locator("#notice")).to_contain_text("1 answer came too late to count.", timeout=20_000)
    status(page, "Not saved")
    answers = stored(served, code_of(page))
    assert (bool(answers[2][0]), bool(answers[3][0])) == (True, False)


# ---------------------------------------------------------------- two tabs and a phone


def pick(page: Page, number: int, place: int) -> None:
    if page.locator(".sheet-handle").is_visible():
        page.locator(".sheet-handle").click()
    page.locator(f"#cell-{number}").click()
    page.locator(f"#question-{number} [name=choice]").nth(place).check()


def test_two_tabs_and_a_phone(open_page: Open, served: Served) -> None:
    first = open_page()
    room = start(first)
    second = first.context.new_page()
    second.goto(f"{room}/questions/2")
    phone = on_another_device(open_page, first, f"{room}/questions/3", size=PHONE)
    pick(first, 2, 0)
    status(first, "Saved")
    expect(second.locator("#question-2 [name=choice]").nth(0)).to_be_checked()  # told by the other tab
    pick(second, 2, 1)
    status(second, "Saved")
    expect(first.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    told_the_truth(first, served)
    pick(phone, 2, 2)  # knows nothing of either
    expect(phone.locator("#notice")).to_contain_text("Here: C, ")
    expect(phone.locator("#notice")).to_contain_text("There: B, ")
    assert not told_the_truth(phone, served)
    phone.get_by_role("button", name="Answer here from now on").click()
    expect(phone.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    pick(phone, 2, 3)
    pick(phone, 5, 0)
    all_is_kept(phone, served)
    pick(first, 3, 0)  # another question: nobody else has touched it
    pick(first, 2, 0)
    expect(first.locator("#notice")).to_contain_text("Here: A, ")
    expect(first.locator("#notice")).to_contain_text("There: D, ")
    first.get_by_role("button", name="Take the other one").click()
    status(first, "Saved")
    answers = stored(served, code_of(first))
    assert {number for number in answers if answers[number][0]} == {2, 3, 5}
    assert answers[2] == shown(first)[2] == shown(phone)[2]
    assert answers[5] == shown(phone)[5]
