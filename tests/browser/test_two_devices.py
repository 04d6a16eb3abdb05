"""Two tabs and a phone on one attempt: each is told what it doesn't know, and no answer goes over a newer one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Served
from tests.browser.test_offline import on_another_device, start, status
from tests.browser.tools_of import tools_button
from tests.browser.truth import all_is_kept, code_of, shown, stored, told_the_truth

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("faults")]


def pick(page: Page, number: int, place: int) -> None:
    if page.locator(".sheet-handle").is_visible():
        page.locator(".sheet-handle").click()
    page.locator(f"#cell-{number}").click()
    page.locator(f"#question-{number} [name=choice]").nth(place).check()


def test_two_tabs_and_a_phone(open_page: Open, served: Served) -> None:
    first = open_page()
    room = start(first)
    second = first.context.new_page()
    second.goto(f"{room}/questions/2")
    phone = on_another_device(open_page, first, f"{room}/questions/3", size=PHONE)
    pick(first, 2, 0)
    status(first, "Saved")
    expect(second.locator("#question-2 [name=choice]").nth(0)).to_be_checked()  # told by the other tab
    pick(second, 2, 1)
    status(second, "Saved")
    expect(first.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    told_the_truth(first, served)
    pick(phone, 2, 2)  # knows nothing of either
    expect(phone.locator("#notice")).to_contain_text("Here: C, ")
    expect(phone.locator("#notice")).to_contain_text("There: B, ")
    assert not told_the_truth(phone, served)
    phone.get_by_role("button", name="Answer here from now on").click()
    expect(phone.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    pick(phone, 2, 3)
    pick(phone, 5, 0)
    all_is_kept(phone, served)
    goes_on_in_the_first(first, served)
    assert stored(served, code_of(first))[2] == shown(phone)[2]


def goes_on_in_the_first(first: Page, served: Served) -> None:
    pick(first, 3, 0)  # another question: nobody else has touched it
    pick(first, 2, 0)
    expect(first.locator("#notice")).to_contain_text("Here: A, ")
    expect(first.locator("#notice")).to_contain_text("There: D, ")
    first.get_by_role("button", name="Take the other one").click()
    status(first, "Saved")
    answers = stored(served, code_of(first))
    assert {number for number in answers if answers[number][0]} == {2, 3, 5}
    assert answers[2] == shown(first)[2]


def test_a_guest_goes_on_on_a_phone_by_the_rooms_code(open_page: Open, served: Served) -> None:
    laptop = open_page()
    start(laptop)
    pick(laptop, 2, 1)
    status(laptop, "Saved")
    tools_button(laptop).click()
    laptop.get_by_role("button", name="Continue on another device").click()
    dialog = laptop.get_by_role("dialog", name="Continue on another device")
    code = dialog.get_by_label("Code").inner_text()
    dialog.get_by_role("link", name="Back to the test").click()
    expect(laptop.get_by_role("heading", name="Question 2 of 20")).to_be_visible()
    phone = open_page("/continue", size=PHONE)
    phone.get_by_label("Code", exact=True).fill(code.lower())
    phone.get_by_role("button", name="Continue here").click()
    expect(phone.locator("#question-2 [name=choice]").nth(1)).to_be_checked()
    pick(phone, 3, 0)
    all_is_kept(phone, served)
    # Coming back to it, the old page asks the server; it is told, and can go on with everything.
    laptop.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(laptop.locator("#notice")).to_contain_text("goes on on another device", timeout=30_000)
    laptop.get_by_role("button", name="Answer here from now on").click()
    expect(laptop.locator("#question-3 [name=choice]").nth(0)).to_be_checked()


def test_the_code_without_scripts(open_page: Open) -> None:
    page = open_page("/papers/aptitude", scripts=False)
    page.get_by_role("button", name="Start without signing up").click()
    page.locator("form[action$='device-codes']").evaluate("form => form.submit()")
    code = page.get_by_label("Code").inner_text()
    phone = open_page("/continue", size=PHONE, scripts=False)
    phone.get_by_label("Code", exact=True).fill(code)
    phone.get_by_role("button", name="Continue here").click()
    expect(phone.get_by_role("heading", name="Question 1 of 20")).to_be_visible()
