"""The last change of a test taken back: every kind of change, and what stands in the way."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.bank.models import Question, QuestionStatus
from mockhall.papers.models import PaperStatus
from tests.accounts.cohorts_of import cohort_of
from tests.bank.desk_of import HTMX, JSON, tara, usha
from tests.bank.test_bulk import three
from tests.fields import sent_by
from tests.make import Site, make_paper
from tests.papers_desk.test_papers import paper_of, rules
from tests.papers_desk.test_questions import board, lettered, version
from tests.papers_desk.test_rules import form_on

PAPER = "/desk/papers/mock-1"
WAS = [["A", "B"], ["C"]]


def take_back(browser: Any, page: str) -> str:
    """Press the Undo of this page; returns the next one."""
    form = page.split(f'action="{PAPER}/undo"')[1].partition("</form>")[0]
    reply = browser.post(f"{PAPER}/undo", data=sent_by(form))
    assert reply.status_code == 303, reply.text
    return str(browser.get(reply.headers["location"]).text)


def button(page: str) -> str:
    """What stands on the button that takes back."""
    return page.split('id="undo">')[1].split("</svg>")[1].partition("</button>")[0].strip()


@pytest.mark.parametrize(
    ("address", "sent", "becomes", "named"),
    [
        ("/questions/{A}", {"then": "remove"}, [["B"], ["C"]], "1 question taken out"),
        ("/questions/{A}", {"then": "down"}, [["B", "A"], ["C"]], "another order"),
        ("/order", {"what": "section:2", "to": "1"}, [["C"], ["A", "B"]], "another order"),
        ("/sections", {"title": "Three"}, [["A", "B"], ["C"], []], "1 section added"),
        ("/sections/1", {"then": "add_draw", "draw_count": "1"}, WAS, "other draws"),
    ],
)  # fmt: skip
def test_a_change_of_questions_draws_and_sections_is_taken_back_and_made_again(
    sqlite_site: Site, address: str, sent: dict[str, str], becomes: list[list[str]], named: str
) -> None:
    browser, codes = tara(sqlite_site), lettered(sqlite_site, status=PaperStatus.DRAFT)
    with sqlite_site.writing() as db:
        make_paper(db, "mock-2")  # something to draw
    reply = browser.post(PAPER + address.format(**codes), data=sent | {"version": "1"})
    assert reply.headers["location"].startswith(f"{PAPER}?changed=2")
    page = browser.get(reply.headers["location"]).text
    count = 4 if becomes is WAS else sum(map(len, becomes))
    assert (board(sqlite_site), paper_of(sqlite_site, "mock-1")[0].question_count) == (becomes, count)
    page = take_back(browser, page)
    assert (board(sqlite_site), paper_of(sqlite_site, "mock-1")[0].question_count) == (WAS, 3)
    assert (f"Taken back: {named}." in page, button(page)) == (True, "Do it again")
    page = take_back(browser, page)
    assert board(sqlite_site) == becomes
    assert (f"Done again: {named}." in page, button(page)) == (True, "Undo")


def test_rules_with_their_cohorts_and_what_the_card_says_are_taken_back(site: Site) -> None:
    with site.writing() as db:
        cohort = cohort_of(db, name="B").id
        make_paper(db, access="cohort", cohorts=[cohort], title="As it was")
    browser = tara(site)
    before = form_on(browser.get(PAPER).text)
    sent = rules(title="Other", summary="New.", subject="Else", minutes="99", access="public", version="1")
    page = browser.get(browser.post(PAPER, data=sent).headers["location"]).text
    assert form_on(page)["title"] == ["Other"]
    page = take_back(browser, page)
    assert "Taken back: rules changed (Title, Subject, Difficulty, Short description, Minutes, " in page
    assert form_on(browser.get(PAPER).text) | {"version": ["1"]} == before
    take_back(browser, page)
    assert form_on(browser.get(PAPER).text)["summary"] == ["New."]


def test_questions_added_from_the_list_are_taken_out_again(site: Site) -> None:
    browser = tara(site)
    lettered(site, status=PaperStatus.DRAFT)
    codes = three(site)
    reply = browser.post(f"{PAPER}/questions", data={"question": codes, "section": "2", "version": "1"})
    page = browser.get(reply.headers["location"]).text
    assert "3 questions added to “Two”." in page
    take_back(browser, page)
    assert board(site) == WAS


def test_htmx_gets_the_undo_in_the_board_and_a_script_its_version(sqlite_site: Site) -> None:
    browser, codes = tara(sqlite_site), lettered(sqlite_site)
    sent = {"then": "remove", "version": "1"}
    reply = browser.post(f"{PAPER}/questions/{codes['A']}", data=sent, headers=HTMX)
    fragment = browser.get(reply.headers["location"], headers=HTMX).text
    assert f'hx-post="{PAPER}/undo" hx-target="#board"' in fragment
    form = fragment.split('id="rules-form"')[1]
    assert ('hx-swap-oob="true"' in form, sent_by(form)["version"]) == (True, ["2"]), "the rules as they stand now"
    assert "Taken out of the test." in fragment
    reply = browser.post(f"{PAPER}/undo", data={"version": "2"}, headers=JSON)
    assert reply.json() == {
        "said": "Taken back: 1 question taken out.", "version": 3, "changed": True,
    }  # fmt: skip
    assert browser.post(f"{PAPER}/undo", headers=JSON).status_code == 422


def test_a_change_that_somebody_built_on_is_not_taken_back(site: Site) -> None:
    browser, codes = tara(site), lettered(site)
    browser.post(f"{PAPER}/questions/{codes['A']}", data={"then": "remove", "version": "1"})
    usha(site).post(f"{PAPER}/sections/1", data={"then": "rename", "title": "Hers", "version": "2"})
    reply = browser.post(f"{PAPER}/undo", data={"version": "2"})
    assert reply.status_code == 409
    assert "that change stays: it was not taken back. This is version 3." in reply.text
    assert browser.post(f"{PAPER}/undo", data={"version": "2"}, headers=JSON).json()["reason"] == "stale"
    assert (board(site), version(site)) == ([["B"], ["C"]], 3)
    assert 'id="undo"' not in browser.get(f"{PAPER}?changed=2").text


def test_a_change_from_before_the_publishing_stays(sqlite_site: Site) -> None:
    browser, codes = tara(sqlite_site), lettered(sqlite_site, status=PaperStatus.DRAFT)
    browser.post(f"{PAPER}/questions/{codes['A']}", data={"then": "remove", "version": "1"})
    sqlite_site.clock.forward(minutes=1)
    assert browser.post(f"{PAPER}/status", data={"then": "publish", "version": "2"}).status_code == 303
    assert 'id="undo"' not in browser.get(f"{PAPER}?changed=2").text
    reply = browser.post(f"{PAPER}/undo", data={"version": "2"})
    assert (reply.status_code, "published, withdrawn or archived since" in reply.text) == (409, True)
    assert browser.post("/desk/papers/mock-1/undo", data={"version": "9"}).status_code == 409


def test_a_question_that_may_not_be_asked_any_more_does_not_come_back(sqlite_site: Site) -> None:
    browser, codes = tara(sqlite_site), lettered(sqlite_site)
    browser.post(f"{PAPER}/questions/{codes['A']}", data={"then": "remove", "version": "1"})
    for change, said in (
        ({"status": QuestionStatus.RETIRED}, "This question is retired."),
        ({"status": QuestionStatus.VERIFIED, "verified_version": None}, "this question isn’t verified"),
        ({"deleted_at": sqlite_site.clock.at}, "no longer in the bank"),
    ):
        with sqlite_site.writing() as db:
            question = db.exec(select(Question).where(Question.code == codes["A"])).one()
            for name, value in change.items():
                setattr(question, name, value)
            db.add(question)
        reply = browser.post(f"{PAPER}/undo", data={"version": "2"})
        assert (reply.status_code, said.replace("’", "&#39;") in reply.text or said in reply.text) == (409, True), said
    assert board(sqlite_site) == [["B"], ["C"]]
