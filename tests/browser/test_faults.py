"""Faults of the network in a real browser: nothing is lost, nothing is called saved that is not in the database."""

import random

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, Served
from tests.browser.test_offline import choose, start, status
from tests.browser.test_without_network import kept
from tests.browser.truth import all_is_kept, shown, told_the_truth

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("faults")]
SAVES = "**/responses/*"
CHOICES = (2, 3, 5, 8, 10)  # of the aptitude test
NUMBERS = (1, 4, 6, 7)


def put(page: Page, number: int, text: str) -> None:
    page.locator(f"#cell-{number}").click()
    page.locator(f"#answer-{number}").fill(text)


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
