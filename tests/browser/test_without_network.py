"""The room opened again without the network, and what the device keeps for it and when that goes."""

import pytest
from playwright.sync_api import Page, expect

from mockhall.web.guard import CSP
from tests.browser.conftest import Open
from tests.browser.test_offline import cell, choose, start, status
from tests.web.test_scripts import READ

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("without-network")]
KEYS = "() => Object.keys(localStorage).filter((key) => /mirror|clock|outbox/.test(key))"
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("mockhall-room-"));
  const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return files.some((count) => count > 8) && navigator.serviceWorker.controller?.state === "activated";
}"""
NOTHING = "async () => (await caches.keys()).every((name) => !name.startsWith('mockhall-room-'))"


def becomes(page: Page, script: str) -> None:
    """Wait until the script says true; Playwright's own waiting takes a promise for it."""
    for _ in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def kept(page: Page) -> None:
    """Until the device has the page and its files, and its worker answers for them."""
    becomes(page, KEPT)


def test_a_reload_offline_brings_the_room_back_with_every_answer(open_page: Open) -> None:
    page = open_page()
    start(page)
    choose(page, 2)
    status(page, "Saved")
    kept(page)
    choose(page, 3)
    page.locator("#cell-2").click()
    page.locator("#question-2 [name=choice]").nth(1).check()
    status(page, "Saved")
    page.context.set_offline(True)
    choose(page, 5)
    status(page, "Not saved yet, 1 answer kept on this device")
    page.reload()
    expect(page.get_by_role("heading", name="Question 5 of 20")).to_be_visible()
    status(page, "Not saved yet, 1 answer kept on this device")
    for number in (2, 3, 5):
        cell(page, number, "answered")
    expect(page.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    expect(page.locator("#timer time")).to_contain_text("about ")
    page.locator("#cell-6").click()
    page.locator("#answer-6").fill("90")
    status(page, "Not saved yet, 2 answers kept on this device")
    page.context.set_offline(False)
    status(page, "Saved")
    expect(page.locator("#timer time")).not_to_contain_text("about")
    page.reload()
    for number in (2, 3, 5, 6):
        cell(page, number, "answered")


def test_a_tab_opened_again_offline_is_the_room_too(open_page: Open) -> None:
    page = open_page()
    room = start(page)
    kept(page)
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(room)
    status(page, "Offline")
    choose(page, 2)
    status(page, "Not saved yet, 1 answer kept on this device")
    page.context.set_offline(False)
    status(page, "Saved")


def test_the_hand_in_leaves_nothing_on_the_device(open_page: Open) -> None:
    page = open_page()
    room = start(page)
    choose(page, 2)
    status(page, "Saved")
    kept(page)
    assert page.evaluate(KEYS) != []
    page.get_by_role("button", name="Review and hand in").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_visible(timeout=20_000)
    becomes(page, NOTHING)
    becomes(page, f"() => ({KEYS})().length === 0")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(room)


def test_who_leaves_or_signs_in_leaves_no_room_behind_for_the_next(open_page: Open) -> None:
    for way in ("/sign-in", "/papers/aptitude#who"):
        page = open_page()
        room = start(page)
        kept(page)
        page.goto(way)
        button = "Sign in" if way == "/sign-in" else "Not you? Start as someone else"
        page.evaluate("() => document.querySelectorAll('form').forEach((form) => form.noValidate = true)")
        page.get_by_role("button", name=button, exact=True).last.click()
        page.wait_for_load_state()
        becomes(page, NOTHING)
        page.context.set_offline(True)
        with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(room)


def test_a_page_from_the_device_obeys_the_same_rules_as_one_of_the_server() -> None:
    text = READ["js/room-worker.js"].decode()
    policy = text.partition("const POLICY =")[2].partition(";\n")[0]
    assert "".join(policy.split('"')[1::2]) == CSP
