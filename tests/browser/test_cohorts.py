"""A class as its teacher and a student see it: addresses pasted, a dry run, a join code, the gradebook."""

import re

import pytest
from playwright.sync_api import Page, expect

from mockhall.accounts.models import Role
from tests.browser.conftest import PHONE, Open, Served, sign_in
from tests.browser.test_accessibility import check, faults_of, overflow_of, start, stay
from tests.make import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("cohorts")]


def new_cohort(page: Page, name: str) -> str:
    """Made by the form; returns its address."""
    page.goto("/desk/cohorts")
    page.get_by_role("link", name=re.compile("New cohort|Make the first cohort")).first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Make the cohort").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    return page.url.split("?")[0]


def dry_run(page: Page, at: str, text: str) -> None:
    page.goto(f"{at}/add")
    page.get_by_label("Addresses").fill(text)
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("Nothing has been stored yet")).to_be_visible()


def confirm_with_accounts(page: Page) -> None:
    """Add everybody, a new account for who has none; its link is there to be kept."""
    page.get_by_label("Create a student account").check()
    page.get_by_role("button", name="Add people").click()
    expect(page.get_by_role("heading", name="2 people added")).to_be_visible()
    assert "/reset/" in page.get_by_role("row", name="ila").inner_text()
    page.get_by_role("link", name="I have kept them, go on").click()


def come_in(page: Page, join: str, email: str) -> None:
    """From the join code by way of signing in, and the button."""
    page.goto(join)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    form = page.locator("form", has=page.get_by_role("button", name="Sign in", exact=True)).last
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Join").click()


def sit_aptitude(page: Page) -> None:
    """Start and hand in, nothing answered."""
    room = start(page, "aptitude")
    page.goto(f"{room}/submission")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("heading", name="Your result").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_list_is_checked_confirmed_and_stands_in_the_gradebook(
    open_page: Open, served: Served, scripts: bool
) -> None:
    name = "Class 9B" if scripts else "Class 9C"
    teacher, asha, ben = (f"{each}{'x' if scripts else 'y'}" for each in ("Sita", "Asha", "Ben"))
    page = open_page(scripts=scripts)
    sign_in(page, served.person(teacher, Role.STAFF))
    at = new_cohort(page, name)
    dry_run(page, at, f"{served.person(asha)}\nila{name[-1]}@example.edu\nnot an address")
    row = page.get_by_role("row", name="not an address")
    expect(row).to_contain_text("3")
    confirm_with_accounts(page)
    page.get_by_role("button", name="Turn on").click()
    join = page.locator("a[href*='/join/']").inner_text()

    student = open_page(size=PHONE, scripts=scripts)
    come_in(student, join, served.person(ben))
    expect(student.get_by_text(f"You are in {name} now.")).to_be_visible()
    if scripts:
        sit_aptitude(student)

    page.goto(at)
    page.get_by_role("link", name="Gradebook").last.click()
    if scripts:
        expect(page.get_by_role("row", name=ben)).to_contain_text("0.0%")
        expect(page.get_by_role("row", name=asha)).to_contain_text("Missing")
        page.get_by_role("link", name=re.compile(f"of {ben} in")).click()
        expect(page).to_have_url(re.compile("/desk/attempts/"))
    else:
        expect(page.get_by_text("Nobody has sat a test yet")).to_be_visible()


def test_a_removal_is_undone(open_page: Open, served: Served) -> None:
    page = open_page()
    sign_in(page, served.person("Usha", Role.STAFF))
    at = new_cohort(page, "Class of undo")
    dry_run(page, at, served.person("Ulla"))
    page.get_by_role("button", name="Add 1 person").click()
    page.get_by_role("button", name="Remove Ulla").click()
    expect(page.get_by_text("Ulla was removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Remove Ulla")).to_be_visible()


def test_pages_of_cohorts_are_open_to_everybody(open_page: Open, served: Served) -> None:
    page = open_page()
    sign_in(page, served.person("Vera", Role.ADMIN))
    at = new_cohort(page, "Class of axe")
    check(
        page, [("/desk/cohorts", stay), ("/desk/cohorts?show=archived", stay), ("/desk/cohorts/new", stay), (at, stay)]
    )
    check(page, [(f"{at}/add", stay), ("/desk/gradebook", stay)])
    book = f"/desk/gradebook?cohort={at.rpartition('/')[2]}"
    check(page, [(book, stay)])
    dry_run(page, at, f"{served.person('Vasu')}\nvita@example.edu\nnobody")
    assert faults_of(page) == []
    assert overflow_of(page) <= 0
    page.get_by_label("Create a student account").check()
    page.get_by_role("button", name="Add people").click()
    assert faults_of(page) == []
    assert overflow_of(page) <= 0
    page.goto(at)
    page.get_by_role("button", name="Turn on").click()
    join = page.locator("a[href*='/join/']").inner_text()
    page.get_by_role("button", name="Remove Vasu").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Undo").click()
    student = open_page()
    check(student, [(join, stay), ("/join/nothing", stay)])
    sign_in(student, "vasu@example.edu")
    check(student, [(join, stay), ("/account", stay)])
    sit_aptitude(student)
    check(page, [(book, stay), (f"{book}&paper=aptitude&paper=fastapi-mock-1&score=average", stay)])
