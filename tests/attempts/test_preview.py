"""A test seen as its candidates will, by its editor, at any moment: drafts too, and nothing is stored."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.exam.draws import Draw
from mockhall.papers.models import PaperStatus
from tests.attempts.room_of import sit
from tests.bank.desk_of import ravi, tara
from tests.make import START, Site, make_paper, single

PREVIEW = "/desk/papers/mock-1/preview"
TIMES: dict[str, Any] = {"opens_at": START + timedelta(days=1), "closes_at": START + timedelta(days=2)}


def draft(site: Site, **given: Any) -> Any:
    """Tara before a draft `mock-1`."""
    with site.writing() as db:
        make_paper(db, **{"status": PaperStatus.DRAFT} | given)
    return tara(site)


def stored(site: Site) -> tuple[int, int]:
    """People and attempts."""
    with site.reading() as db:
        return len(db.exec(select(Person.id)).all()), len(db.exec(select(Attempt.id)).all())


@pytest.mark.parametrize(
    ("at", "title"),
    [("2026-11-23T08:59", "Not open yet"), ("2026-11-23T09:00", "Ready to start?"),
     ("2026-11-24T08:59", "Ready to start?"), ("2026-11-24T09:00", "This test has closed")],
)  # fmt: skip
def test_the_front_page_is_as_it_will_be_then(site: Site, at: str, title: str) -> None:
    page = draft(site, **TIMES).get(f"{PREVIEW}?at={at}").text
    assert f'<h2 id="start-title">{title}</h2>' in page
    assert "Preview, as of" in page
    assert "is a draft" not in page


def test_the_moments_of_the_schedule_are_links(sqlite_site: Site) -> None:
    page = draft(sqlite_site, **TIMES).get(PREVIEW).text
    for words, at in (("Before it opens", "2026-11-23T08%3A00"), ("When it opens", "2026-11-23T09%3A00"),
                      ("When it has closed", "2026-11-24T09%3A00"), ("Now", "2026-11-22T09%3A00")):  # fmt: skip
        assert f"{PREVIEW}?at={at}&amp;page=front&amp;n=1&amp;language=en" in page
        assert f">{words}</a>" in page


def test_the_form_of_a_question_is_the_candidate_s_but_for_where_it_sends(site: Site) -> None:
    browser = draft(site, status=PaperStatus.PUBLISHED, shuffle_options=False)
    before = stored(site)
    page = browser.get(f"{PREVIEW}?page=room&n=2").text
    assert stored(site) == before
    assert "Start as someone else" not in page
    sitting = sit(site)
    real = sitting.browser.get(f"/attempts/{sitting.code}/questions/2").text
    for number in (1, 2, 3):
        assert _sheet(page, number) == _sheet(real, number)


def _sheet(page: str, number: int) -> str:
    """A question's form from its title on."""
    return page.split(f'id="title-{number}"')[1].split("</form>", maxsplit=1)[0]


def test_its_buttons_go_on_and_back_and_keep_nothing(site: Site) -> None:
    browser = draft(site)
    before = stored(site)
    for then, leads in (("next", "page=room&n=3"), ("back", "page=room&n=1"), ("goto:5", "page=room&n=5"),
                        ("review", "page=result"), ("clear", "page=room&n=2")):  # fmt: skip
        reply = browser.post(f"{PREVIEW}/2?at=2026-11-22T10:00", data={"then": then, "choice": "o1"})
        assert reply.status_code == 303
        assert leads in reply.headers["location"], then
        assert browser.get(reply.headers["location"]).status_code == 200
    assert browser.post(f"{PREVIEW}/0").headers["location"].startswith(f"{PREVIEW}?at=")
    assert stored(site) == before


def test_its_start_leads_on_to_the_questions_though_nothing_was_filled_in(site: Site) -> None:
    browser = draft(site, ask_name="required", access_code="lamp")
    page = browser.get(f"{PREVIEW}?at=2026-11-22T10:00").text
    [start] = re.findall(r'<form class="stack" method="post" action="([^"]+)" novalidate', page)
    reply = browser.post(html.unescape(start))
    assert "page=room&n=1" in reply.headers["location"]
    assert 'id="question-1"' in browser.get(reply.headers["location"]).text
    assert "Start as someone else" not in page


def test_sections_in_order_show_the_one_the_question_stands_in(site: Site) -> None:
    browser = draft(site, sat={"First": {"minutes_max": 10}, "Second": {"one_way": True, "question_seconds": 60}})
    first = browser.get(f"{PREVIEW}?page=room&n=1").text
    assert 'id="question-5"' not in first
    second = browser.get(f"{PREVIEW}?page=room&n=5").text
    assert 'id="question-5"' in second
    assert 'id="question-1"' not in second


def test_what_is_drawn_is_shown_and_too_few_to_draw_is_said(site: Site) -> None:
    with site.writing() as db:
        make_paper(db, "bank", {"A": [single(stem="From the bank?", difficulty="Advanced")]})
    browser = draft(site, draws={"First": [Draw(1, difficulty="Advanced")]}, sections={"First": [single()]})
    assert "From the bank?" in browser.get(f"{PREVIEW}?page=room&n=2").text
    with site.writing() as db:
        make_paper(db, "more", {"First": [single()]}, draws={"First": [Draw(2, difficulty="Advanced")]})
    page = browser.get("/desk/papers/more/preview?page=room")
    assert page.status_code == 200
    assert "too few questions" in page.text


def test_a_question_is_shown_in_another_language_of_the_test(sqlite_site: Site) -> None:
    spoken = {"First": [single(translations={"hi": {"stem": "कौन?"}})]}
    browser = draft(sqlite_site, sections=spoken, languages=["en", "hi"])
    assert _asks(browser.get(f"{PREVIEW}?page=room&language=hi").text) == "कौन?"
    assert _asks(browser.get(f"{PREVIEW}?page=room&language=xx").text) == "A single question?"


def _asks(page: str) -> str:
    return page.split('class="prose stem full"')[1].split("<p>")[1].split("</p>", maxsplit=1)[0]


def test_what_of_a_result_is_shown_stands_in_words_and_in_a_table(sqlite_site: Site) -> None:
    page = draft(sqlite_site, reveal="contest", **TIMES).get(f"{PREVIEW}?page=result").text
    assert "After the close: everything." in page
    assert page.count('aria-label="Shown"') == 2 + 2 + 4 + 8


@pytest.mark.parametrize("at", ["soon", "2026-13-01T00:00", "9999-12-31T23:59", "x" * 300, "<b>"])
def test_a_moment_that_can_not_be_read_is_said_beside_its_field_and_it_is_now(sqlite_site: Site, at: str) -> None:
    reply = draft(sqlite_site).get(PREVIEW, params={"at": at})
    assert reply.status_code == 422
    assert 'id="at-error"' in reply.text
    assert "<b>" not in reply.text.split('name="at"')[1][:200]


@pytest.mark.parametrize("n", ["0", "6", "99999", "-1", "x"])
def test_a_question_that_is_not_there_is_none(sqlite_site: Site, n: str) -> None:
    status = draft(sqlite_site).get(f"{PREVIEW}?page=room&n={n}").status_code
    assert status == (200 if n in {"-1", "x"} else 404)


def test_a_test_without_questions_says_so(sqlite_site: Site) -> None:
    assert "no questions yet" in draft(sqlite_site, sections={"First": []}).get(f"{PREVIEW}?page=room").text


def test_the_preview_is_for_editors(sqlite_site: Site) -> None:
    draft(sqlite_site)
    assert sqlite_site.browser().get(PREVIEW).status_code == 401
    assert ravi(sqlite_site).get(PREVIEW).status_code == 404
