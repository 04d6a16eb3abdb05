"""Every kind of question in a real browser: by keyboard alone, without scripts, cleared, reviewed, and seen by axe."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from mockhall.attempts.models import Attempt, Response
from mockhall.papers.models import Paper
from tests.browser.conftest import DESKTOP, PHONE, Open, Served
from tests.browser.test_accessibility import faults_of, overflow_of
from tests.browser.tools_of import begin
from tests.kinds import cloze, match, order, true_false
from tests.make import make_paper

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("kinds")]

SCHEME = {"full": "4", "wrong": "-1", "partial": "ratio"}


@pytest.fixture
def kinds(served: Served) -> str:
    """A paper whose options stand as written but for the order, which is shuffled always."""
    with served.app.state.database.writing() as db:
        if db.exec(select(Paper).where(Paper.slug == "kinds")).first() is None:
            questions = [true_false(), match(), order(), cloze()]
            make_paper(db, "kinds", {"All": questions}, title="Kinds", now=served.clock(), scheme=SCHEME)
    return "kinds"


def stored(served: Served, room: str) -> list[Response]:
    """What the server has of an attempt."""
    with served.app.state.database.reading() as db:
        query = select(Response).join(Attempt, col(Attempt.id) == col(Response.attempt_id))
        return list(
            db.exec(query.where(Attempt.code == room.rsplit("/", maxsplit=1)[-1]).order_by(col(Response.number)))
        )


def wait_saved(page: Page) -> None:
    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")


def shown_order(page: Page) -> list[str]:
    found: list[str] = page.locator("#question-3 [data-items] > li").evaluate_all(
        "each => each.map((li) => li.dataset.id)"
    )
    return found


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_each_kind_is_answered_by_keyboard_alone(open_page: Open, served: Served, kinds: str, size: Any) -> None:
    page = open_page("/", size=size)
    room = begin(page, kinds)
    press(page, "2", "n")
    tab_to(page, "#question-2 select")
    press(page, "ArrowDown", "Tab", "ArrowDown", "ArrowDown")
    expect(page.locator("#question-2 [data-matched]")).to_contain_text("2 of 3 matched")
    press(page, "Control+Enter")
    first = shown_order(page)
    tab_to(page, "#question-3 [data-move='1']")
    press(page, "ArrowDown")
    expect(page.locator("#announce")).to_contain_text("now 2 of 4")
    press(page, "Enter")
    expect(page.locator("#announce")).to_contain_text("now 3 of 4")
    moved = [first[1], first[2], first[0], first[3]]
    assert shown_order(page) == moved
    press(page, "Control+Enter")
    tab_to(page, "#question-4 [name='gap.1']")
    press(page, "ArrowDown", "Tab", *"await", "Tab", "5", "Tab")
    page.wait_for_timeout(900)  # what was typed is sent 600 ms after the last key
    wait_saved(page)
    rows = stored(served, room)
    assert [row.answered for row in rows] == [True] * 4
    assert (rows[0].choice, len(rows[1].parts), rows[2].choice) == (["f"], 2, moved)
    assert (rows[3].parts["2"], rows[3].parts["3"], set(rows[3].parts)) == ("await", "5", {"1", "2", "3"})


def test_answers_of_every_kind_are_there_after_a_reload_and_in_the_review(
    open_page: Open, served: Served, kinds: str
) -> None:
    page = open_page("/")
    room = begin(page, kinds)
    page.get_by_label("False").check()
    page.goto(f"{room}/questions/2")
    page.locator("#question-2 select").nth(0).select_option("r2")
    page.goto(f"{room}/questions/3")
    page.get_by_role("button", name="Keep this order").click()
    kept = shown_order(page)
    wait_saved(page)
    page.goto(f"{room}/questions/4")
    page.get_by_label("Blank 1 of 3").select_option(label="async def")
    page.get_by_label("Blank 2 of 3").fill("wait")
    page.get_by_label("Blank 2 of 3").blur()
    wait_saved(page)
    page.reload()
    expect(page.get_by_label("Blank 2 of 3")).to_have_value("wait")
    page.goto(f"{room}/questions/3")
    assert shown_order(page) == kept
    expect(page.locator("#question-3 [data-untouched]")).to_be_hidden()
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").click()
    page.goto(f"{room}/review")
    expect(page.locator("#q2")).to_contain_text("Created")
    expect(page.locator("#q2")).to_contain_text("Correct: Not found")
    expect(page.locator("#q4")).to_contain_text("async def")
    expect(page.locator("#q4 [data-result=wrong]")).to_contain_text("wait")


def test_an_order_that_was_only_looked_at_stays_blank_and_clear_makes_it_so_again(
    open_page: Open, served: Served, kinds: str
) -> None:
    page = open_page("/")
    room = begin(page, kinds)
    page.goto(f"{room}/questions/3")
    first = shown_order(page)
    page.get_by_role("button", name="Save & next").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-3 [data-untouched]")).to_be_visible()
    assert stored(served, room)[2].answered is False
    page.locator("#question-3 [data-move='-1']").last.click()
    wait_saved(page)
    moved = shown_order(page)
    assert moved != first
    page.get_by_role("button", name="Clear").click()
    assert shown_order(page) == first
    expect(page.locator("#cell-3")).to_have_attribute("data-state", "skipped")
    page.get_by_role("button", name="Undo").click()
    assert shown_order(page) == moved
    wait_saved(page)
    page.wait_for_timeout(500)
    assert stored(served, room)[2].choice == moved


def test_without_scripts_each_kind_is_answered_and_kept(open_page: Open, served: Served, kinds: str) -> None:
    page = open_page(f"/papers/{kinds}", scripts=False)
    page.get_by_role("button", name=re.compile("^Start (the|without)")).click()
    room = "/attempts/" + page.url.split("/attempts/")[1].split("/")[0]

    def save() -> None:
        page.get_by_role("button", name="Save & next").click()

    page.get_by_label("True").check()
    save()
    page.locator("#question-2 select").nth(2).select_option(label="Gone")
    save()
    assert page.get_by_role("button", name="Keep this order").count() == 0
    for place, item in enumerate(("i2", "i4", "i1", "i3")):
        page.locator("#question-3 select").nth(place).select_option(item)
    save()
    page.get_by_label("Blank 3 of 3").fill("many")
    save()
    expect(page.get_by_role("alert")).to_contain_text("Blank 3: Write a number")
    page.get_by_label("Blank 3 of 3").fill("5")
    save()
    rows = stored(served, room)
    assert [row.choice for row in rows] == [["t"], [], ["i2", "i4", "i1", "i3"], []]
    assert (list(rows[1].parts.values()), rows[3].parts) == (["r4"], {"3": "5"})


def test_what_cannot_be_read_in_a_gap_is_said_and_the_kept_answer_stands(
    open_page: Open, served: Served, kinds: str
) -> None:
    page = open_page("/")
    room = begin(page, kinds)
    page.goto(f"{room}/questions/4")
    page.get_by_label("Blank 3 of 3").fill("5")
    page.get_by_label("Blank 3 of 3").blur()
    wait_saved(page)
    page.get_by_label("Blank 3 of 3").fill("five")
    page.get_by_label("Blank 3 of 3").blur()
    expect(page.get_by_role("alert")).to_contain_text("Blank 3: Write a number")
    assert stored(served, room)[3].parts == {"3": "5"}


def test_a_passage_stands_beside_its_questions_and_nowhere_else(open_page: Open, served: Served) -> None:
    page = open_page("/")
    room = begin(page, "question-types")
    passage = page.get_by_role("region", name="Passage for questions 15 to 17")
    page.goto(f"{room}/questions/16")
    expect(passage).to_be_visible()
    page.get_by_role("button", name="Save & next").click()
    expect(page.get_by_role("heading", name="Question 17")).to_be_visible()
    expect(passage).to_be_visible()
    page.goto(f"{room}/questions/14")
    page.wait_for_timeout(200)
    assert passage.count() == 0 or not passage.is_visible()


# So high that no bar stuck to an edge lies over half a button, which axe would take for a small one.
@pytest.mark.parametrize("size", [DESKTOP, (PHONE[0], 2400)])
def test_axe_finds_nothing_in_the_room_or_the_review_of_any_kind(open_page: Open, served: Served, size: Any) -> None:
    page = open_page("/", size=size)
    room = begin(page, "question-types")
    found: list[str] = []

    def look() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found.extend(faults_of(page))
        found.extend([f"{page.url} is too wide at 320 px"] if overflow_of(page) > 0 else [])

    for number in (3, 8, 9, 10, 11, 12, 13, 14, 15):
        page.goto(f"{room}/questions/{number}")
        page.wait_for_timeout(150)
        look()
    page.goto(f"{room}/questions/9")
    page.locator("#question-9 select").nth(0).select_option(index=1)
    page.goto(f"{room}/questions/11")
    page.get_by_role("button", name="Keep this order").click()
    wait_saved(page)
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").click()
    for path in ("review", "review?page=2"):
        page.goto(f"{room}/{path}")
        look()
    assert found == [], "\n".join(found)
