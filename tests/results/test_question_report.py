"""A question's figures in all its tests, beside its form: read from what was kept, added up, never counted anew."""

from fractions import Fraction
from typing import Any

from sqlmodel import select

from mockhall.bank.models import Question, QuestionVersion
from mockhall.results import statistics
from mockhall.results.question_report import performance
from tests.attempts.room_of import sit
from tests.bank.desk_of import HTMX, form_of, tara, verify
from tests.make import Site, make_paper, queries, single

SIX = ["o1", "o1", "o1", "o1", "o2", "o3"]


def answered(site: Site, choices: list[str], slug: str = "mock-1") -> None:
    """So many candidates, each with a choice of the first question."""
    for choice in choices:
        asha = sit(site, slug=slug)
        site.clock.forward(seconds=20)
        asha.save(1, choice=choice, seq="1", active_ms="9000")
        asha.submit()
    site.clock.forward(minutes=2)
    statistics.refresh_stale(site.app.state.database, site.clock.at)


def question(site: Site) -> str:
    with site.reading() as db:
        query = select(Question.code).join(QuestionVersion).where(QuestionVersion.stem == "Ours?")
        return str(db.exec(query.distinct()).one())


def found(site: Site, code: str) -> Any:
    with site.reading() as db:
        return performance(db, db.exec(select(Question).where(Question.code == code)).one())


def paper(site: Site, slug: str = "mock-1", **more: Any) -> None:
    with site.writing() as db:
        make_paper(db, slug, {"A": [single(stem="Ours?"), single(stem="Another?")]}, title=slug, **more)


def test_the_figures_of_one_test_are_its_own(site: Site) -> None:
    paper(site)
    answered(site, SIX)
    shown = found(site, question(site))
    assert (shown.answers, shown.since, shown.third) == (6, 1, 2)
    assert [(row.option, row.chosen) for row in shown.options] == [("o1", 4), ("o2", 1), ("o3", 1), ("o4", 0)]
    figures = shown.tests[0].figures
    assert (shown.facility, shown.discrimination) == (figures.figures.facility, figures.figures.discrimination)
    assert figures.max == Fraction(3)


def test_a_page_and_a_card_show_them_to_editors(site: Site) -> None:
    paper(site)
    answered(site, SIX)
    code, browser = question(site), tara(site)
    page = browser.get(f"/desk/questions/{code}/figures").text
    assert "From 6 answers in 1 test since version 1." in page
    assert "A, key" in page
    assert "<b>mock-1</b>" in page, "an editor has no reports to be led to"
    card = browser.get(f"/desk/questions/{code}/figures", headers=HTMX).text
    assert card.lstrip().startswith('<div class="stack" id="question-figures">')
    assert "6 attempts" in browser.get(f"/desk/papers/uses/{code}").text


def test_a_question_nobody_had_says_so(sqlite_site: Site) -> None:
    paper(sqlite_site)
    reply = tara(sqlite_site).get(f"/desk/questions/{question(sqlite_site)}/figures")
    assert "No test with this question has been counted yet." in reply.text


def test_a_mended_text_goes_on_counting_and_another_key_begins_anew(site: Site) -> None:
    paper(site)
    answered(site, SIX)
    code, browser = question(site), tara(site)
    edit = form_of(browser, code)
    browser.post(f"/desk/questions/{code}", data=edit | {"stem": "Ours, mended?"})
    verify(browser, code)
    browser.post("/desk/papers/mock-1/newest", data={})
    answered(site, ["o1", "o4"])
    shown = found(site, code)
    assert (shown.answers, shown.since, [each.version for each in shown.tests]) == (8, 1, [2, 1])
    assert [row.chosen for row in shown.options] == [5, 1, 1, 1]
    browser.post(f"/desk/questions/{code}", data=edit | {"version": "2", "stem": "Ours, mended?", "key": "o4"})
    verify(browser, code)
    assert (found(site, code).answers, found(site, code).since) == (0, 3)


def test_no_response_is_counted_and_the_queries_are_few(site: Site) -> None:
    paper(site)
    answered(site, SIX)
    code = question(site)
    with queries(site) as sent:
        found(site, code)
    assert len(sent) == 3
    assert not [statement for statement in sent if "responses" in statement or "marks" in statement]
