"""The review of a made-up sheet, for a test's editor: what candidates would read at a moment, and nothing before it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mockhall.exam.draws import Draw
from mockhall.exam.kinds import Kind
from mockhall.exam.made_up import right_answer, wrong_answer
from mockhall.exam.marking import Outcome, mark
from mockhall.exam.paper import Key
from mockhall.exam.scheme import PRESETS
from mockhall.exam.terms import Accommodation
from mockhall.papers.accommodations import Whom, give
from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from tests.attempts.test_preview import draft, stored
from tests.bank.desk_of import ravi
from tests.make import START, Site, make_person, single

PREVIEW = "/desk/papers/mock-1/preview?page=review"
KEYS: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.SINGLE, {"options": ["o2"]}), (Kind.MULTIPLE, {"options": ["o1", "o3"]}),
    (Kind.TRUE_FALSE, {"options": ["t"]}),
    (Kind.NUMERIC, {"value": "2.5", "tolerance": "0.1"}), (Kind.NUMERIC, {"low": "-3", "high": "9"}),
    (Kind.TEXT, {"answers": ["gather"], "case": False}), (Kind.ORDER, {"order": ["a", "b", "c"]}),
    (Kind.MATCH, {"pairs": {"a": "x", "b": "y"}}),
    (Kind.CLOZE, {"gaps": {"1": {"answers": ["def"], "case": True}, "2": {"value": "7"}}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written"), KEYS)
def test_made_up_answers_are_right_and_wrong_for_every_kind(kind: Kind, written: dict[str, Any]) -> None:
    key, scheme = Key.from_json(written), PRESETS["placement"]
    options = ["t", "f"] if kind is Kind.TRUE_FALSE else ["o1", "o2", "o3"]
    assert mark(kind, key, right_answer(kind, key), scheme).outcome is Outcome.RIGHT
    assert mark(kind, key, wrong_answer(kind, key, options), scheme).outcome is Outcome.WRONG


def test_an_editor_reads_what_candidates_will_and_nothing_is_stored(site: Site) -> None:
    browser = draft(site)
    before = stored(site)
    page = browser.get(PREVIEW)
    assert (page.status_code, stored(site)) == (200, before)
    for said in ("SOLUTION-SECRET", "A made-up sheet, handed in", "Correct answer", "left blank"):
        assert said in page.text
    words = [re.sub(r"<.*", "", each) for each in re.findall(r'aria-label="Question \d+, ([a-z ]+)', page.text)]
    assert words == ["right", "wrong", "not answered", "right", "wrong"]
    assert "/attempts/preview" not in page.text
    assert "<form" not in page.text.split("made-up sheet")[1]


def test_the_review_opens_when_the_last_who_may_sit_it_has_closed(sqlite_site: Site) -> None:
    browser = draft(sqlite_site, reveal="contest", closes_at=START + timedelta(days=1))
    with sqlite_site.writing() as db:
        paper, asha = db.exec(select(Paper)).one(), make_person(db, "Asha")
        given = Accommodation(is_own=True, closes_at=START + timedelta(days=10))
        give(db, paper, Whom(asha), given, "Ill", asha, START)
    assert "It opens 2 December 2026 at 09:00 UTC." in browser.get(PREVIEW).text
    assert "SOLUTION-SECRET" not in browser.get(f"{PREVIEW}&at=2026-11-30T09:00").text
    assert "SOLUTION-SECRET" in browser.get(f"{PREVIEW}&at=2026-12-02T09:01").text


def test_before_its_time_the_review_says_when_and_holds_no_key(sqlite_site: Site) -> None:
    closes = {"opens_at": START - timedelta(days=1), "closes_at": START + timedelta(days=1)}
    browser = draft(sqlite_site, reveal="contest", **closes)
    page = browser.get(PREVIEW).text
    assert "It opens 23 November 2026 at 09:00 UTC." in page
    assert "SOLUTION-SECRET" not in page
    assert "SOLUTION-SECRET" in browser.get(f"{PREVIEW}&at=2026-11-23T09:01").text
    assert "Nobody can have handed it in by then." in browser.get(f"{PREVIEW}&at=2026-11-20T09:00").text


def test_without_a_closing_time_answers_that_wait_for_it_have_no_review(sqlite_site: Site) -> None:
    page = draft(sqlite_site, reveal="contest").get(PREVIEW).text
    assert "it has no closing time yet" in page
    assert "SOLUTION-SECRET" not in page


def test_a_matrix_that_shows_less_shows_less_here_too(sqlite_site: Site) -> None:
    later = ["attempt", "correctness", "max_marks"]
    browser = draft(sqlite_site)
    with sqlite_site.writing() as db:
        version = db.exec(select(PaperVersion)).one()
        version.reveal = {"immediately": later[:2], "later": later}
        db.add(version)
    page, after = browser.get(PREVIEW).text, browser.get(f"{PREVIEW}&at=2026-11-22T09:02").text
    assert "Question 2, wrong" in page
    assert ("of 3" in page, "of 3" in after) == (False, True)
    for secret in ("SOLUTION-SECRET", "Correct answer", "Accepted"):
        assert secret not in page + after


def test_drawn_questions_pages_of_ten_and_an_empty_test(sqlite_site: Site) -> None:
    browser = draft(sqlite_site, sections={"First": [single(stem=f"S{n}") for n in range(1, 13)]},
                    draws={"First": [Draw(900)]})  # fmt: skip
    assert "No review at that moment" in browser.get(PREVIEW).text
    browser.post("/desk/papers/mock-1/sections/1", data={"then": "remove_draw:1", "version": "1"})
    page = browser.get(f"{PREVIEW}&n=11").text
    assert "Page 2 of 2" in page
    assert 'id="q11"' in page
    assert "&amp;n=1&amp;" in page.split('rel="prev"')[0].rpartition("<a ")[2]


def test_only_editors_look_at_it(sqlite_site: Site) -> None:
    draft(sqlite_site, status=PaperStatus.PUBLISHED)
    assert ravi(sqlite_site).get(PREVIEW).status_code == 404
