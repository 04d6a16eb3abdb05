"""Narrow screens, and a phone whose text is set to 200 %: everything stays within the screen."""

from typing import Any

import pytest
from playwright.sync_api import BrowserType

from mockhall.accounts.models import Role
from tests.browser.conftest import PHONE, Open, Served, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("large")]


def test_the_front_page_does_not_scroll_sideways(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], served: Served
) -> None:
    args = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    page = browser.new_page(base_url=served.url, viewport={"width": PHONE[0], "height": PHONE[1]})
    try:
        page.goto("/papers/aptitude")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    finally:
        browser.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_narrowest_phone_shows_every_way_of_the_desk_and_scrolls_nothing_sideways(
    open_page: Open, served: Served, scripts: bool
) -> None:
    page = open_page(size=(320, 640), scripts=scripts)
    sign_in(page, served.person(f"Tara{scripts}", Role.ADMIN))
    for path in ("/desk/questions", "/desk/papers/aptitude/report/items", "/desk/corrections"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    ways = page.get_by_role("navigation", name="Main").get_by_role("link").all()
    rights = [box["x"] + box["width"] for way in ways if (box := way.bounding_box())]
    assert len(rights) == 7
    assert max(rights) <= 320
