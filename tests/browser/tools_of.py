"""What the tests of the room's tools share: a paper that has them all, a start, opening a tool."""

import re

from playwright.sync_api import Locator, Page
from sqlmodel import select

from mockhall.papers.models import Paper
from tests.browser.conftest import Served
from tests.browser.test_accessibility import faults_of
from tests.make import make_paper


def practice_paper(served: Served, slug: str = "tools-1") -> str:
    """A practice paper with the calculator; returns its address's last part."""
    with served.app.state.database.writing() as db:
        if db.exec(select(Paper).where(Paper.slug == slug)).first() is None:
            make_paper(db, slug, title="Tools", calculator=True, practice=True, now=served.clock())
    return slug


def begin(page: Page, slug: str) -> str:
    """Start the test and wait until the room's scripts run; returns the attempt's address."""
    page.goto(f"/papers/{slug}")
    page.get_by_role("button", name=re.compile("^Start (the|without)")).click()
    page.wait_for_url("**/attempts/**")
    page.locator("#text-sizes:not([hidden])").wait_for(state="attached")
    return "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]


def tools_button(page: Page) -> Locator:
    """The button that opens the menu: in the bar, or from 1,023 px down in the navigator. Asked for by its
    place and not by what is visible, which is both while the page's styles are still on their way."""
    wide = (page.viewport_size or {"width": 1440})["width"] >= 1024
    place = page.get_by_role("banner") if wide else page.get_by_role("navigation", name="Questions")
    return place.get_by_role("button", name="Tools")


def open_menu(page: Page) -> None:
    """The Tools menu: in the bar, or on a phone in the navigator."""
    handle = page.locator(".sheet-handle")
    if handle.is_visible():
        handle.click()
    tools_button(page).click()


def open_tool(page: Page, name: str) -> None:
    """Open the menu and press a tool in it, a link or a button."""
    open_menu(page)
    page.locator("#tools").get_by_text(name).click()


def faults_in(page: Page) -> list[str]:
    """What axe finds in both themes, and whether the page is wider than a screen of 320 px."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += faults_of(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size(size or {"width": 320, "height": 700})
    return found + ([f"{wider} px too wide at 320 px"] if wider > 0 else [])
