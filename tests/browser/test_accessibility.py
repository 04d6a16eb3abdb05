"""WCAG 2.2 AA on every page, light and dark, phone and desktop, by axe-core; no sideways scroll at 320 px."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from mockhall.accounts.models import Role
from tests.browser.conftest import DESKTOP, PHONE, Open, Served, axe_source, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a theme changes


def faults_of(page: Page, rules: dict[str, Any] = EVERYTHING) -> list[str]:
    """What axe finds on the page, a line each. evaluate() is not subject to the page's CSP."""
    page.evaluate(axe_source())
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary'][:300]}"
        for each in result["violations"]
        for node in each["nodes"]
    ]


def overflow_of(page: Page) -> int:
    """Pixels a page is wider than its window of 320 px."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size(size or {"width": 320, "height": 700})
    return wider


# What lies under a bar that sticks to the bottom counts as too small a target, though it can be scrolled free.
LET_GO = "document.querySelectorAll('.editor-bar').forEach(bar => bar.style.position = 'static')"
Visit = tuple[str, Callable[[Page], None]]


def check(page: Page, visits: list[Visit]) -> None:
    """Visit each place in both sizes, and look at the colours of the dark theme there too."""
    found = []
    for path, then in visits:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            page.goto(path)
            then(page)
            page.evaluate(LET_GO)
            found += [f"[light {size[0]}] {fault}" for fault in faults_of(page)]
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            found += [f"[dark {size[0]}] {fault}" for fault in faults_of(page, COLOURS)]
        if (wider := overflow_of(page)) > 0:
            found.append(f"{path} is {wider} px too wide at 320 px")
    assert found == []


def stay(_page: Page) -> None:
    """Nothing more to do on this page."""


def wrong_code(page: Page) -> None:
    page.get_by_label("Code", exact=True).fill("AAAA-AAAA")
    page.get_by_role("button", name="Continue here").click()
    page.get_by_role("alert").wait_for()


def refused(button: str) -> Callable[[Page], None]:
    """Send the form empty, so that its errors show."""

    def press(page: Page) -> None:
        page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
        page.get_by_role("button", name=button, exact=True).last.click()
        page.wait_for_load_state()

    return press


def ticked(page: Page) -> None:
    """Tick two questions, so that the bar with what can be done shows, and open a part of it."""
    for place in (0, 1):
        page.locator("td > input[name=question]").nth(place).check()
    page.locator("summary", has_text="Tag").click()
    page.evaluate("scrollTo(0, 0)")  # half under the sticky header a link counts as too small


def start(page: Page, slug: str) -> str:
    """A new attempt; returns its address."""
    page.goto(f"/papers/{slug}")
    page.get_by_role("button", name=re.compile("^Start (the|without)")).click()
    page.wait_for_url("**/attempts/**")
    return "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]


def test_pages_for_everybody(open_page: Open) -> None:
    places = ["/", "/papers?q=nothing-like-this", "/topics/fastapi", "/papers/fastapi-mock-1", "/accessibility",
              "/privacy", "/report", "/reset", "/no-such-page", "/attempts"]  # fmt: skip
    visits: list[Visit] = [(path, stay) for path in places]
    visits += [
        ("/sign-in", stay),
        ("/continue", stay),
        ("/continue", wrong_code),
        ("/sign-in", refused("Sign in")),
        ("/sign-up", refused("Create account")),
    ]
    check(open_page(), visits)


def test_the_exam_room(open_page: Open) -> None:
    page = open_page()
    room = start(page, "aptitude")

    def summary(at: Page) -> None:
        if handle(at).is_visible():
            handle(at).click()
        at.get_by_role("button", name="Review and hand in").click()
        at.get_by_role("button", name="Keep working").wait_for()

    def sheet(at: Page) -> None:
        if handle(at).is_visible():
            handle(at).click()

    visits: list[Visit] = [(f"{room}/questions/{n}", stay) for n in (1, 2, 8, 14, 20)]
    visits += [(f"{room}/questions/1", sheet), (f"{room}/questions/1", summary), (f"{room}/submission", stay)]
    check(page, visits)
    code = start(page, "fastapi-mock-1")
    check(page, [(f"{code}/questions/{n}", stay) for n in (1, 7)])


def handle(page: Page) -> Any:
    """The button that opens the navigator on a phone."""
    return page.locator(".sheet-handle")


def test_result_and_review(open_page: Open) -> None:
    page = open_page()
    for slug in ("aptitude", "fastapi-mock-1"):
        room = start(page, slug)
        for option in page.locator("form[data-number]:visible [name=choice]").all()[:1]:
            option.check()
        page.goto(f"{room}/submission")
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("heading", name="Your result").wait_for()
        places = ("result", "what-if", "what-if?scheme=skip-unsure", "review", "review?show=wrong", "review?show=blank")
        check(page, [(f"{room}/{each}", stay) for each in places])
        page.goto(f"{room}/share")
        page.get_by_role("button", name="Make a link").click()
        link = page.get_by_label("Anybody who has it sees your result").input_value()
        check(page, [(f"{room}/share", stay), (f"{room}/share", refused("Make a new link"))])
        ended = page.goto(link)
        assert ended, link
        assert ended.status == 404, "a new link has ended it"
        check(page, [(page_shared(page, room), stay)])
    check(page, [("/attempts", stay), ("/papers/aptitude", stay)])


def page_shared(page: Page, room: str) -> str:
    """A new link to the result of an attempt."""
    page.goto(f"{room}/share")
    page.get_by_role("button", name="Make a new link").click()
    return page.get_by_label("Anybody who has it sees your result").input_value()


def test_account(open_page: Open, served: Served) -> None:
    page = open_page()
    sign_in(page, served.person("Ben"))
    check(page, [("/account", stay), ("/attempts", stay), ("/papers/aptitude", stay)])


def test_desk(open_page: Open, served: Served) -> None:
    page = open_page()
    sign_in(page, served.person("Tara", Role.ADMIN))
    places = ["/desk/questions", "/desk/questions?q=nothing-like-this", "/desk/questions/new",
              "/desk/papers", "/desk/papers/new", "/desk/questions/drafts", "/desk/questions/returned",
              "/desk/papers/aptitude", "/desk/papers/aptitude/report", "/desk/papers/aptitude/accommodations",
              "/desk/papers/aptitude/preview?page=review",
              "/desk/papers/aptitude/report/items", "/desk/papers/aptitude/report/items/1",
              "/desk/papers/aptitude/room?show=all",
              "/desk/papers/aptitude/room", "/desk/papers/aptitude/project", "/desk/people",
              "/desk/people?q=nobody-here", "/desk/corrections"]  # fmt: skip
    visits: list[Visit] = [(path, stay) for path in places]
    visits += [("/desk/questions/new", refused("Save")), ("/desk/questions?status=verified&used=yes", ticked)]
    check(page, visits)
    page.goto("/desk/questions")
    href = page.locator("main th a[href^='/desk/questions/']").first.get_attribute("href") or ""
    check(page, [(f"{href}{tail}", stay) for tail in ("", "/versions", "/figures")])
