"""Computers whose clock is wrong, moved or asleep: the time is the server's, and nothing ends by a guess."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Served
from tests.browser.test_offline import choose, start, status
from tests.browser.truth import all_is_kept, code_of, stored

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("faults")]


@pytest.fixture(autouse=True)
def clock_back(served: Served) -> Iterator[None]:
    yield
    served.clock.shift = timedelta()


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
