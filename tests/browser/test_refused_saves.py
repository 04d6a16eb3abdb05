"""A save that the server refuses: the page never calls it saved, and shows the answer that stands."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_accessibility import faults_of
from tests.browser.test_offline import cell, on_another_device, start, status

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("refused")]


def test_a_number_that_cannot_be_read(open_page: Open) -> None:
    page = open_page()
    start(page)
    page.locator("#answer-1").fill("12")
    status(page, "Saved")
    page.locator("#answer-1").fill("12 per cent")
    expect(page.locator("#question-1 .error")).to_contain_text("It is not saved. Your earlier answer, 12, stands.")
    status(page, "Not saved")
    cell(page, 1, "answered")  # as the server has it, and as it will be marked
    page.get_by_role("button", name="Save & next").click()
    expect(page.locator("#notice")).to_contain_text("Question 1: ")
    page.get_by_role("button", name="Go back to it").click()
    page.locator("#answer-1").fill("13")
    status(page, "Saved")
    expect(page.locator("#notice")).to_have_text("")


def test_handing_in_names_what_could_not_be_read(open_page: Open) -> None:
    page = open_page()
    start(page)
    page.locator("#answer-1").fill("three")
    status(page, "Not saved")
    page.get_by_role("button", name="Review and hand in").locator("visible=true").first.click()
    dialog = page.get_by_role("dialog", name="Hand in your paper?")
    expect(dialog).to_contain_text("What you wrote at question 1 is not saved, because it can't be read.")
    assert faults_of(page) == []
    dialog.get_by_role("button", name="Go back to it").click()
    page.locator("#answer-1").fill("3")
    status(page, "Saved")
    page.get_by_role("button", name="Review and hand in").locator("visible=true").first.click()
    expect(dialog).not_to_contain_text("is not saved")


def test_one_blank_that_cannot_be_read_holds_up_the_others_and_says_so(open_page: Open) -> None:
    page = open_page("/papers/question-types")
    page.get_by_role("button", name="Start without signing up").click()
    page.wait_for_url("**/attempts/**")
    page.goto(page.url.split("/questions/")[0] + "/questions/14")
    question = page.locator("#question-14")
    question.locator("input[name^='gap.'][inputmode=decimal]").first.fill("six")
    expect(question.locator(".error")).to_contain_text("None of this question's answers is saved")


def test_an_answer_given_elsewhere_meanwhile(open_page: Open) -> None:
    first = open_page()
    room = start(first)
    second = on_another_device(open_page, first, f"{room}/questions/2")
    first.locator("#cell-2").click()
    first.locator("#question-2 [name=choice]").first.check()
    status(first, "Saved")
    second.get_by_role("button", name="Mark for review & next").click()
    expect(second.locator("#notice")).to_contain_text("Question 2 was answered in another tab or on another device.")
    expect(second.locator("#notice")).to_contain_text("Here: no answer, marked for review. There: A, ")
    status(second, "Not saved")
    cell(second, 2, "answered")


def test_after_handing_in_elsewhere_nothing_looks_saved(open_page: Open) -> None:
    first = open_page()
    room = start(first)
    second = first.context.new_page()
    second.goto(f"{room}/questions/2")
    first.goto(f"{room}/submission")
    first.get_by_role("button", name="Hand in").click()
    expect(first.get_by_role("heading", name="Your result")).to_be_visible()
    second.locator("#question-2 [name=choice]").first.check()
    expect(second.locator("#notice")).to_contain_text("This test is handed in. 1 answer came too late to count.")
    status(second, "Not saved")
    cell(second, 2, "not answered")
    expect(second.locator("#question-2")).to_have_attribute("inert", "")


def test_the_time_of_a_save_reads_alike_before_and_after_a_reload(open_page: Open) -> None:
    page = open_page()
    start(page)
    page.locator("#answer-1").fill("12")
    status(page, "Saved")
    expect(page.locator("#save-status")).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
    said = page.locator("#save-status").inner_text()
    page.reload()
    expect(page.locator("#save-status")).to_have_text(said)
