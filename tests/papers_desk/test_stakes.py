"""What a published test would feel if a question were no longer verified, and what it never feels: an edit."""

import pytest
from sqlmodel import select

from mockhall.bank.models import Question, QuestionStatus
from mockhall.exam.draws import Draw
from mockhall.papers.desk_stakes import stakes
from mockhall.papers.models import PaperStatus
from tests.attempts.room_of import sit
from tests.bank.desk_of import create, form_of, step, stored, tara
from tests.make import Site, make_paper, queries, single


def drawing(site: Site, count: int, slug: str = "mock-1", status: PaperStatus = PaperStatus.PUBLISHED) -> None:
    """A test that draws so many of Joins, and asks one question besides."""
    with site.writing() as db:
        draws = {"One": [Draw(count, "Joins")]}
        make_paper(db, slug, {"One": [single(stem="Fixed")]}, title=slug, draws=draws, status=status)


def said_of(site: Site, code: str) -> list[tuple[str, str]]:
    with site.reading() as db:
        question = db.exec(select(Question).where(Question.code == code)).one()
        return [(each.slug, each.why) for each in stakes(db, question)]


def test_a_draw_that_needs_the_question_is_named_one_that_can_do_without_is_not(site: Site) -> None:
    browser = tara(site)
    codes = [create(browser, status="verified", topic="Joins", stem=f"Join {n}?") for n in range(2)]
    drawing(site, 2, "needs-both")
    drawing(site, 1, "needs-one")
    drawing(site, 2, "a-draft", PaperStatus.DRAFT)
    [(slug, why)] = said_of(site, codes[0])
    assert slug == "needs-both"
    assert why.startswith("2 questions of “Joins” can't be drawn. The bank has 1")
    reply = step(browser, codes[0], "withdraw")
    assert reply.status_code == 409
    assert "needs-both" in reply.text
    assert stored(site, codes[0])[0].status == QuestionStatus.VERIFIED


def test_a_question_nobody_needs_is_retired_at_once(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser, status="verified", topic="Joins")
    drawing(sqlite_site, 1, "a-draft", PaperStatus.DRAFT)
    assert said_of(sqlite_site, code) == []
    assert step(browser, code, "retire").status_code == 303


def test_a_draw_goes_on_with_the_verified_version_while_an_edit_waits(site: Site) -> None:
    browser = tara(site)
    code = create(browser, status="verified", topic="Joins", stem="As verified?")
    drawing(site, 1)
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "Mended?", "topic": "Joins"})
    assert stored(site, code)[0].status == QuestionStatus.IN_REVIEW
    asha = sit(site)
    assert "As verified?" in asha.question(2)["stem_html"]


@pytest.mark.parametrize("papers", [1, 4])
def test_looking_takes_as_few_queries_for_many_tests_as_for_one(sqlite_site: Site, papers: int) -> None:
    code = create(tara(sqlite_site), status="verified", topic="Joins")
    for n in range(papers):
        drawing(sqlite_site, 1, f"mock-{n}")
    with queries(sqlite_site) as sent:
        assert len(said_of(sqlite_site, code)) == papers
    assert len(sent) <= 5
