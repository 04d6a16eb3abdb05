"""Many questions put into a test at once: all or none, with a sentence that names what is in the way."""

import re
from typing import Any

from fastapi.testclient import TestClient

from mockhall.papers import uses
from mockhall.papers.models import Paper, PaperStatus
from mockhall.papers.queries import find
from tests.bank.desk_of import stored, tara
from tests.bank.test_bulk import changed, three
from tests.bank.test_list import stems
from tests.fields import sent_by
from tests.make import Site, make_paper, queries
from tests.papers_desk.test_questions import board, lettered, version


def put(browser: TestClient, codes: list[str], **fields: Any) -> str:
    """Put these into the second section; returns what the page says."""
    reply = browser.post("/desk/papers/mock-1/questions", data={"question": codes, "section": "2"} | fields)
    if reply.status_code == 303:
        page = browser.get(reply.headers["location"]).text
        return str(re.findall(r'role="status">.*?<span>(.*?)</span>', page)[0])
    assert reply.status_code == 409
    return reply.text


def test_ticked_questions_are_put_into_a_section_of_the_test_chosen(site: Site) -> None:
    browser = tara(site)
    lettered(site, status=PaperStatus.DRAFT, title="Chosen")
    with site.writing() as db:
        make_paper(db, "mock-2", title="Other")
    codes = three(site)
    page = browser.post("/desk/papers/put", data={"question": codes, "paper": "mock-1"}).text
    assert "Add 3 questions to a test" in page
    assert 'action="/desk/papers/mock-1/questions"' in page
    assert "2. Two" in page
    began = re.findall(r'name="version" value="(\d+)"', page)[0]
    assert put(browser, codes, version=began).startswith("3 questions added to “Two”.")
    assert board(site)[1] == ["C", "A", "B", "C"]
    assert [stored(site, code)[0].used for code in codes] == [1, 1, 1]
    assert len(stems(browser, "/desk/questions?used=yes")) == 11


def test_where_the_section_is_known_one_button_adds_them_to_it(site: Site) -> None:
    browser = tara(site)
    lettered(site, status=PaperStatus.DRAFT, title="Chosen")
    codes = three(site)
    assert "Picking questions for section 2 of the test." in browser.get("/desk/questions?paper=mock-1&section=2").text
    sent = {"question": codes, "paper": "mock-1", "section": "2"}
    page = browser.post("/desk/papers/put", data=sent).text
    first = page.split('id="where"')[1].split("<details>")[0]
    assert "Add 3 questions to section 2 of Chosen</button>" in first
    assert put(browser, codes, **sent_by(first)).startswith("3 questions added to “Two”.")
    assert "<details>" not in browser.post("/desk/papers/put", data=sent | {"section": "9"}).text.split('id="where"')[1]


def test_it_is_all_or_none(site: Site) -> None:
    browser, held = tara(site), lettered(site, status=PaperStatus.DRAFT)
    codes = three(site)
    changed(browser, "retired", codes[2:])
    for sent, words in (
        ([*codes[:1], held["A"], held["B"]], "2 of the 3 are in the test already: “A”, “B”. None was added."),
        ([*codes[:1], "2" * 12, "\0"], "2 of these questions are no longer in the bank. None was added."),
        (codes, "“C”: This question is retired."),
    ):
        assert words in put(browser, sent)
    assert "That section is no longer in the test." in put(browser, codes[:2], section="9")
    assert "Someone changed this test" in put(browser, codes[:2], version="9")
    assert version(site) == 1


def test_a_published_test_takes_what_is_verified_only(site: Site) -> None:
    browser = tara(site)
    lettered(site)
    assert "“A”: The test is published" in put(browser, three(site))


def test_the_page_says_when_nothing_is_ticked_or_there_is_no_test(site: Site) -> None:
    browser = tara(site)
    reply = browser.post("/desk/papers/put", data={})
    assert (reply.status_code, "Tick the questions first." in reply.text) == (422, True)
    assert "There is no test yet" in browser.post("/desk/papers/put", data={"question": three(site)}).text


def test_a_question_is_used_while_the_newest_version_of_a_test_holds_it(site: Site) -> None:
    browser, held = tara(site), lettered(site, status=PaperStatus.DRAFT)
    browser.post(f"/desk/papers/mock-1/questions/{held['A']}", data={"then": "remove"})
    assert [stored(site, held[each])[0].used for each in "ABC"] == [0, 1, 1]
    with site.writing() as db:
        shown = find(db, "mock-1")
        assert shown
        paper = db.get_one(Paper, shown.paper.id)
        paper.status = PaperStatus.ARCHIVED
        db.flush()
        with queries(site) as seen:
            uses.recount(db, paper)
        assert len(seen) == 1
    assert [stored(site, held[each])[0].used for each in "ABC"] == [0, 0, 0]
    assert changed(browser, "delete", [held["A"]])["said"].startswith("1 question retired instead")
