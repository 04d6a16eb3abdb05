"""Every kind of question is answered with the keyboard alone, in the shipped tour of question types."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.tools_of import begin, faults_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]
FOCUSED = """() => { const here = document.activeElement;
  return here.closest("form[data-number]:not([hidden])") ? here.dataset.move ?? here.name ?? "" : "" }"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field of the question whose name begins so has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            return
    raise AssertionError(f"no way to {name} by Tab")


def answer(page: Page, kind: str, parts: int) -> None:
    """Answer the question on screen, somehow."""
    if kind in {"single", "true_false", "multiple"}:
        page.keyboard.press("1")
    elif kind in {"numeric", "text"}:
        tab_to(page, "text")
        page.keyboard.type("4")
    elif kind == "order":
        tab_to(page, "1")  # the button that moves an item down
        page.keyboard.press("Enter")
    else:
        for _ in range(parts):
            tab_to(page, {"match": "pair.", "cloze": "gap."}[kind])
            is_list = page.evaluate("document.activeElement.matches('select')")
            page.keyboard.press("ArrowDown") if is_list else page.keyboard.type("4")


def test_every_kind_is_answered_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    room = begin(page, "question-types")
    state = page.request.get(room, headers={"Accept": "application/json"}).json()
    questions = [each for section in state["sections"] for each in section["questions"]]
    assert {each["kind"] for each in questions} == {
        "single", "multiple", "true_false", "numeric", "text", "match", "order", "cloze",
    }  # fmt: skip
    seen: set[str] = set()
    for each in questions:
        number, kind = each["number"], each["kind"]
        expect(page.locator(f"#title-{number}")).to_be_visible()
        parts = page.locator(f"#question-{number} :is([name^='pair.'], [name^='gap.'])").count()
        answer(page, kind, parts)
        expect(page.locator(f"#cell-{number}")).to_have_attribute("data-state", "answered")
        if kind not in seen:
            assert faults_in(page) == [], kind
        seen.add(kind)
        page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Keep working").wait_for()
    expect(page.get_by_role("row", name=f"Total {len(questions)} 0 0 0")).to_be_visible()
