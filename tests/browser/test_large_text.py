"""A phone whose text is set to 200 %: everything stays within the screen."""

from typing import Any

import pytest
from playwright.sync_api import BrowserType

from tests.browser.conftest import PHONE, Served

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
