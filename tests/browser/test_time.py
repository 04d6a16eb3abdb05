"""Time in a real browser: extra time shows and a test opens by itself, whatever the computer's own clock says."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.attempts.models import Attempt
from tests.browser.conftest import Open, Served, sign_in
from tests.browser.test_accessibility import Visit, check, refused, start, stay
from tests.make import make_paper

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("time")]
HOUR_OFF = "Date.now = (now => () => now() + 3600000)(Date.now)"


def opens_in(served: Served, slug: str, seconds: float) -> None:
    """A test that opens in so many seconds by the server's clock."""
    opens = served.clock() + timedelta(seconds=seconds)
    with served.app.state.database.writing() as db:
        make_paper(db, slug, now=served.clock(), opens_at=opens, title=f"Opens {slug}")


def give(page: Page, code: str, minutes: str) -> None:
    """Staff give one attempt time, through the form."""
    page.goto(f"/desk/attempts/{code}")
    page.get_by_label("Minutes").fill(minutes)
    page.get_by_role("button", name="Give time").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{minutes} min given to 1 attempt")


def test_extra_time_shows_within_30_seconds_without_a_reload(open_page: Open, served: Served) -> None:
    room = open_page()
    code = start(room, "aptitude").removeprefix("/attempts/")
    before = room.locator("#timer time").inner_text()
    desk = open_page()
    sign_in(desk, served.person("Sita", Role.STAFF))
    give(desk, code, "65")
    expect(room.locator("#notice-more-time")).to_contain_text("65 more minutes: your time now ends at", timeout=30_000)
    expect(room.locator("#announce")).to_contain_text("65 more minutes")
    expect(room.locator("#timer time")).to_have_text(re.compile(r"^1:\d\d:\d\d$"))
    assert not before.startswith("1:")


def test_time_given_at_the_very_end_lets_the_candidate_go_on(open_page: Open, served: Served) -> None:
    room = open_page()
    code = start(room, "fastapi-mock-1").removeprefix("/attempts/")
    desk = open_page()
    sign_in(desk, served.person("Bela", Role.STAFF))
    desk.goto(f"/desk/attempts/{code}")
    with served.app.state.database.reading() as db:
        deadline = db.exec(select(Attempt).where(Attempt.code == code)).one().deadline_at
    served.clock.forward(seconds=(deadline - served.clock()).total_seconds() - 2)
    room.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(room.get_by_role("heading", name="Time is up. Your answers are being handed in")).to_be_visible()
    desk.get_by_role("button", name="Give time").click()
    expect(desk.get_by_role("status").first).to_contain_text("5 min given to 1 attempt")
    room.wait_for_url("**/questions/*", timeout=20_000)  # the page leads back by itself
    room.locator("form[data-number]:visible [name=choice]").first.check()
    expect(room.locator("#save-status")).to_contain_text("Saved")
    served.clock.shift = timedelta()


@pytest.mark.parametrize("wrong", ["", HOUR_OFF])
def test_a_test_opens_by_itself_with_the_computers_clock_an_hour_off(
    open_page: Open, served: Served, wrong: str
) -> None:
    slug = f"opens-{len(wrong)}"
    opens_in(served, slug, 6)
    page = open_page()
    page.add_init_script(wrong)
    page.goto(f"/papers/{slug}")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:0\d$"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_role("button", name="Start without signing up")).to_be_visible(timeout=15_000)
    assert len([url for url in asked if f"/papers/{slug}" in url]) == 1, "one request opens it"
    expect(page.locator("#opened")).to_have_text("The test is open. You can start now.")
    page.get_by_role("button", name="Start without signing up").press("Enter")
    page.wait_for_url("**/attempts/**")


def test_the_countdown_reads_without_scripts_and_says_when_to_come_back(open_page: Open, served: Served) -> None:
    opens_in(served, "opens-plain", 3600)
    page = open_page("/papers/opens-plain", scripts=False)
    expect(page.locator("#start")).to_contain_text(re.compile(r"It opens in (59:\d\d|1:00:00)"))


def test_staff_watch_give_and_project_by_keyboard(open_page: Open, served: Served) -> None:
    room = open_page()
    code = start(room, "fastapi-mock-1").removeprefix("/attempts/")
    desk = open_page()
    sign_in(desk, served.person("Ira", Role.STAFF))
    desk.goto("/desk/papers/fastapi-mock-1/room?show=working")
    tick = desk.locator(f"#tick-{code}")
    tick.press("Space")
    desk.wait_for_timeout(11_000)  # the list has been asked for again
    expect(tick).to_be_checked()
    desk.get_by_role("button", name="Give it to those ticked").press("Enter")
    expect(desk.get_by_role("status").first).to_contain_text("5 min given to 1 attempt")
    expect(desk.locator("#log + * , section[aria-labelledby=log]").first).to_contain_text("5 min to attempt")
    desk.goto("/desk/papers/fastapi-mock-1/project")
    expect(desk.get_by_role("img", name=re.compile("Code to scan"))).to_have_js_property("complete", value=True)
    assert desk.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    expect(desk.locator("#started")).to_contain_text("started")


def test_pages_of_staff_and_those_that_wait_or_ask_have_no_faults(open_page: Open, served: Served) -> None:
    opens_in(served, "opens-later", 3600)
    with served.app.state.database.writing() as db:
        make_paper(db, "asks", now=served.clock(), ask_name="required", ask_roll="required", access_code="Lab7")
    room = open_page()
    code = start(room, "fastapi-mock-1").removeprefix("/attempts/")
    desk = open_page()
    sign_in(desk, served.person("Nina", Role.STAFF))
    desk.goto(f"/desk/attempts/{code}")
    person = desk.locator("dd a[href^='/desk/people/']").get_attribute("href") or ""
    visits: list[Visit] = [(path, stay) for path in (
        "/desk/papers/fastapi-mock-1/room?show=all", f"/desk/attempts/{code}", person, "/papers/opens-later",
        "/desk/papers/opens-later/project",
    )]  # fmt: skip
    check(desk, visits)
    check(open_page(), [("/papers/asks", refused("Start without signing up"))])
