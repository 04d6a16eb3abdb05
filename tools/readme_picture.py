"""The README's picture of the exam room, from a running app: python -m tools.readme_picture

Starts a server of its own, answers a few questions of FastAPI mock 1, marks one, and writes docs/pictures/room.png.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.servers.chromium import args, find_chromium
from tools.screenshot import server

PICTURE = Path("docs/pictures/room.png")
STEPS = ("Save & next", "Save & next", "Mark for review & next", "Save & next", "Save & next")


def main() -> None:
    """Take it."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with server(None) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=args())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{base}/papers/fastapi-mock-1")
        page.get_by_label(re.compile("^Name")).fill("Asha Raman")
        page.get_by_role("button", name="Start without signing up").click()
        page.wait_for_url("**/attempts/**")
        answer(page)
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE)


def answer(page: Page) -> None:
    """A few answers, one question left blank, and back to one with code."""
    for place, button in enumerate(STEPS):
        choices = page.locator("form[data-number]:visible [name=choice]")
        if place != 1 and choices.count():
            choices.nth(place % choices.count()).check()
        page.get_by_role("button", name=button).click()
    page.get_by_role("button", name=re.compile("^Question 3, ")).click()
    page.locator("#save-status[data-state=saved]").wait_for()


if __name__ == "__main__":
    main()
