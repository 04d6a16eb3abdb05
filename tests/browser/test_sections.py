"""Sections in order with scripts: the warning, leaving without a network, time over, one question after the other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Served, axe_source
from tests.make import make_paper, single

THREE = {name: [single(stem=f"STEM-{name}-{n}") for n in (1, 2)] for name in ("Part A", "Part B", "Part C")}
PAPERS: dict[str, dict[str, dict[str, Any]]] = {
    "ordered": {"Part A": {"minutes_min": 1, "minutes_max": 20}, "Part B": {"minutes_max": 10}},
    "one-way": {"Part A": {"one_way": True, "question_seconds": 600}},
    "optional": {"Part A": {"choose": "best", "choose_k": 1}},
}
Start = Callable[..., Page]


@pytest.fixture(scope="module")
def papers(served: Served) -> None:
    with served.app.state.database.writing() as db:
        for slug, sat in PAPERS.items():
            make_paper(db, slug, THREE, sat=sat, title=f"The {slug} test", minutes=60, now=served.clock())


@pytest.fixture
def start(open_page: Open, papers: None) -> Start:
    """`start("ordered", size=PHONE)`: in the room of that paper."""

    def begin(slug: str, **how: object) -> Page:
        page = open_page(f"/papers/{slug}", **how)
        page.get_by_role("button", name="Start without signing up").click()
        expect(page.get_by_role("heading", name=re.compile("^Question 1"))).to_be_visible()
        return page

    return begin


def choose(page: Page, place: int = 0) -> None:
    page.locator("form[data-number]:not([hidden]) input[name=choice]").nth(place).check()
    expect(page.locator("#save-status")).to_contain_text("Saved")


def to_the_warning(page: Page) -> None:
    """Past the last question of the section."""
    page.get_by_role("button", name="Save & next").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 2"))).to_be_visible()
    page.get_by_role("button", name="Save & next").click()


def test_a_section_is_left_with_a_warning_and_then_it_is_gone(start: Start, served: Served) -> None:
    page = start("ordered")
    choose(page)
    assert "STEM-Part B" not in page.content()
    to_the_warning(page)
    dialog = page.locator("#leave-section")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("You can't come back to Part A: 1 blank, 0 marked.")
    dialog.get_by_role("button", name="Keep working").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name=re.compile("^Question 2"))).to_be_visible()
    page.get_by_role("button", name="Save & next").click()
    dialog.get_by_role("button", name="Leave Part A").click()
    expect(dialog).to_contain_text("It may be left from")
    served.clock.forward(minutes=2)
    dialog.get_by_role("button", name="Leave Part A").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 3"))).to_be_visible()
    assert "STEM-Part A" not in page.content()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("The section before is closed")


def test_leaving_without_a_network_says_what_it_needs_and_nothing_is_lost(start: Start, served: Served) -> None:
    page = start("ordered")
    choose(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save & next").click()
    page.locator("form[data-number]:not([hidden]) input[name=choice]").first.check()
    page.get_by_role("button", name="Save & next").click()
    expect(page.locator("#notice")).to_contain_text("Leaving Part A needs a connection")
    expect(page.locator("#save-status")).to_contain_text("kept on this device")
    page.context.set_offline(False)
    served.clock.forward(minutes=2)
    expect(page.locator("#save-status")).to_contain_text("Saved", timeout=20_000)
    page.get_by_role("button", name="Save & next").click()
    page.locator("#leave-section").get_by_role("button", name="Leave Part A").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 3"))).to_be_visible()
    code = page.url.split("/attempts/")[1].split("/")[0]
    page.goto(f"/attempts/{code}/submission")
    expect(page.get_by_role("row", name=re.compile("Part A"))).to_contain_text("2")


def test_when_a_sections_time_is_over_the_page_goes_on_by_itself(start: Start, served: Served) -> None:
    page = start("ordered")
    choose(page)
    served.clock.forward(minutes=20)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # asks the server for its time
    expect(page.get_by_role("heading", name=re.compile("^Question 3"))).to_be_visible(timeout=20_000)
    expect(page.locator("#sections [data-section-timer]")).to_have_text(re.compile(r"^(9:5\d|10:00)$"))


def test_an_answer_for_a_section_that_was_left_elsewhere_is_never_called_saved(start: Start, served: Served) -> None:
    page = start("ordered")
    choose(page)
    code = page.url.split("/attempts/")[1].split("/")[0]
    served.clock.forward(minutes=2)
    reply = page.context.request.post(f"/attempts/{code}/sections/1", headers={"Accept": "application/json"})
    assert reply.ok
    page.locator("form[data-number]:not([hidden]) input[name=choice]").nth(1).check()
    expect(page.locator("#save-status")).to_contain_text("Not saved")
    expect(page.locator("form[data-number]:not([hidden])")).to_contain_text("This question is closed")


def test_one_question_after_the_other_and_no_way_back(start: Start) -> None:
    page = start("one-way")
    choose(page)
    assert "STEM-Part A-2" not in page.content()
    expect(page.locator("#question-time [role=timer]")).to_have_text(re.compile(r"^(9:5\d|10:00)$"))
    page.get_by_role("button", name="Save & next").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 2"))).to_be_visible()
    assert "STEM-Part A-1" not in page.content()
    expect(page.locator("#cell-1")).to_be_disabled()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("no way back")


def test_a_questions_time_over_opens_the_next_by_itself(start: Start, served: Served) -> None:
    page = start("one-way")
    served.clock.forward(minutes=10)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", name=re.compile("^Question 2"))).to_be_visible(timeout=20_000)


def test_without_scripts_a_section_is_left_and_a_question_opened_by_forms(start: Start, served: Served) -> None:
    page = start("one-way", scripts=False)
    page.get_by_role("button", name="Save & next").click()
    page.get_by_role("button", name="Open question 2").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 2"))).to_be_visible()
    page.get_by_role("button", name="Save & next").click()
    page.get_by_role("button", name="Leave Part A").click()
    expect(page.get_by_role("heading", name=re.compile("^Question 3"))).to_be_visible()


def test_optional_questions_are_counted_while_one_answers(start: Start) -> None:
    page = start("optional")
    expect(page.locator("#choose")).to_contain_text("Answer any 1 of 2: 0 answered")
    choose(page)
    expect(page.locator("#choose")).to_contain_text("Answer any 1 of 2: 1 answered")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_the_room_and_its_warning_pass_axe(start: Start, size: tuple[int, int], scheme: str) -> None:
    page = start("ordered", size=size, scheme=scheme)
    assert faults(page) == []
    to_the_warning(page)
    expect(page.locator("#leave-section")).to_be_visible()
    assert faults(page) == []
    page.goto(page.url.split("/questions")[0] + "/sections/1")
    assert faults(page) == []
    page = start("one-way", size=size, scheme=scheme)
    assert faults(page) == []
    page.goto(page.url.replace("/questions/1", "/questions/2"))
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    page.evaluate(axe_source())
    found = page.evaluate("axe.run()")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]
