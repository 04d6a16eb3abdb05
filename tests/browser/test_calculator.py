"""The calculator: its arithmetic case by case, its keypad, its keyboard, its memory and history."""

import math
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Served
from tests.browser.tools_of import begin, faults_in, open_tool, practice_paper, tools_button

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("tools")]

# With angles in degrees and `ans` 21. A number to twelve digits, or the words for what is wrong.
CASES: dict[str, float | str] = {
    # precedence, signs, side by side
    "1+2*3": 7, "(1+2)*3": 9, "2-3-4": -5, "12/3/2": 2, "-2^2": -4, "(-2)^2": 4, "2^3^2": 512, "2^-1": 0.5,
    "--5": 5, "3*-2": -6, "2π": 2 * math.pi, "3(4)": 12, "(2)(3)": 6, "2^3(4)": 32, "1/2π": 1 / (2 * math.pi),
    "2sin 30": 1, "sin 30 sin 90": 0.5, "sin(30)^2": 0.25, "√16": 4, "2√9": 6, "(1": 1, "3 × 4 − 2 ÷ 1": 10,
    # numbers as they are written
    ".5+1.": 1.5, "2e3": 2000, "2E−3": 0.002, "2e": 2 * math.e, "1e308*10": "Too large", "0.1+0.2": 0.3,
    "0.1+0.2-0.3": 0,
    # postfix, remainder, last result
    "10!": 3628800, "3!!": 720, "50%": 0.5, "200*10%": 20, "7 mod 3": 1, "-7 mod 3": 2, "ans*2": 42,
    # functions: round angles are exact
    "sin 180": 0, "sin 30": 0.5, "cos 60": 0.5, "cos 90": 0, "tan 45": 1, "tan 135": -1, "sin 390": 0.5,
    "sin(-30)": -0.5,
    "asin 0.5": 30, "acos 0": 90, "atan 1": 45, "ln e": 1, "log 1000": 3, "log2(8)": 3, "logb(3, 81)": 4,
    "log25": math.log10(25),
    "root(3, -8)": -2, "root(4, 81)": 3, "cbrt(-27)": -3, "∛(27)": 3, "exp(0)": 1, "abs(-3)": 3, "sinh 0": 0,
    # what can't be worked out, in words
    "5/0": "Can't divide by 0", "0^-1": "Can't divide by 0", "7 mod 0": "Can't divide by 0",
    "tan 90": "tan is not defined there",
    "√(-1)": "No square root of a negative number", "log 0": "A logarithm needs a number above 0",
    "asin 2": "asin takes −1 to 1", "171!": "Too large", "2.5!": "n! needs a whole number from 0",
    "9^9^9": "Too large",
    "(-8)^0.5": "No broken power of a negative number", "root(2, -4)": "No even root of a negative number",
    "1+": "Something is missing at the end", "": "Something is missing at the end", "1)": "“)” doesn't fit there",
    "(1+2": 3, "(1 2)": "A bracket is not closed", "2**3": "“*” doesn't fit there",
    "1.2.3": "“0.3” doesn't fit there",
    "alert(1)": "“alert” doesn't fit there", "constructor": "“constructor” doesn't fit there",
    "__proto__": "“_” doesn't fit there",
    "logb(2)": "logb takes 2 numbers in brackets", "(" * 60 + "1": "Too many brackets",
    "1" * 201: "At most 200 characters",
}  # fmt: skip
WORK_OUT = """async ([base, sums, degrees]) => {
  const { evaluate } = await import(`${base}arithmetic.js`);
  return sums.map((sum) => {
    try { return evaluate(sum, { degrees, ans: 21 }) } catch (error) { return error.message }
  });
}"""


def worked_out(page: Page, sums: list[str], degrees: bool = True) -> list[Any]:
    base = page.locator("script[src*='/room/room.js']").get_attribute("src") or ""
    found: list[Any] = page.evaluate(WORK_OUT, [base.replace("room.js", "tools/"), sums, degrees])
    return found


def test_the_arithmetic_is_right_and_says_what_is_wrong(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, practice_paper(served))
    for (asked, wanted), found in zip(CASES.items(), worked_out(page, list(CASES)), strict=True):
        close = isinstance(wanted, int | float) and isinstance(found, int | float) and math.isclose(
            found, wanted, rel_tol=1e-12, abs_tol=1e-15)  # fmt: skip
        assert close or found == wanted, f"{asked}: {found} for {wanted}"
    assert worked_out(page, ["sin(π/2)", "cos π", "atan 1"], degrees=False) == [1, -1, math.pi / 4]


def test_the_calculator_is_worked_by_keyboard_alone(open_page: Open, served: Served) -> None:
    page = open_page()
    begin(page, practice_paper(served))
    page.keyboard.press("k")
    entry, result = page.get_by_label("Sum"), page.locator("#calculator-result")
    expect(entry).to_be_focused()
    page.keyboard.type("2+3*4n")  # letters are the field's now: nothing moves in the room
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(result).to_have_text("14")
    expect(page.locator("#title-1")).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("5/0")
    page.keyboard.press("Enter")
    expect(result).to_have_text("Can't divide by 0")
    expect(entry).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#calculator")).to_be_hidden()
    expect(page.locator("#announce")).to_have_text("Calculator closed")
    page.keyboard.press("n")
    expect(page.locator("#title-2")).to_be_visible()


def test_the_keypad_has_memory_angles_and_a_history_that_outlast_a_reload(open_page: Open, served: Served) -> None:
    page = open_page(size=PHONE)
    begin(page, practice_paper(served))
    open_tool(page, "Calculator")
    pad = page.locator("#calculator")
    for name in ("sin sine", "9", "0", ") closing bracket", "= equals", "MS memory store", "× times", "4", "= equals"):
        pad.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#calculator-result")).to_have_text("4")
    expect(page.locator("#calculator-memory")).to_have_text("M = 1")
    pad.get_by_text("Radians").click()
    page.reload()
    open_tool(page, "Calculator")
    expect(pad.get_by_label("Radians")).to_be_checked()
    pad.get_by_text("History").click()
    pad.get_by_role("button", name="sin(90) = 1").click()
    expect(page.get_by_label("Sum")).to_have_value("sin(90)")
    pad.get_by_role("button", name="C clear", exact=True).click()
    pad.get_by_role("button", name="MR memory recall").click()
    expect(page.get_by_label("Sum")).to_have_value("1")
    assert faults_in(page) == []


def test_a_paper_that_allows_no_calculator_has_none(open_page: Open) -> None:
    page = open_page()
    begin(page, "fastapi-mock-1")
    page.keyboard.press("k")
    tools_button(page).click()
    expect(page.get_by_role("link", name="Scratchpad")).to_be_visible()
    expect(page.get_by_role("button", name="Calculator")).to_have_count(0)
    assert page.locator("#calculator").count() == 0
