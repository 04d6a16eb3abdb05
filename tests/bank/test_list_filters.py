"""The list's rarer filters and its orders: who wrote it, is it used, what the figures say, when it was verified."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import Person
from mockhall.bank import actions as bank
from mockhall.bank.models import Question, QuestionFigures
from tests.bank.desk_of import create, tara
from tests.bank.test_list import stems
from tests.make import START, Site, single

DAY = timedelta(days=1)


def bank_of(site: Site) -> None:
    """A to D: used 3, 0, 1, 0 times; facility 20, none, 80, 50; verified long ago, never, lately, due again."""
    facts: dict[str, dict[str, Any]] = {
        "A": {"used": 3, "verified_at": START - 400 * DAY},
        "B": {},
        "C": {"used": 1, "verified_at": START - 2 * DAY},
        "D": {"verified_at": START - 100 * DAY, "due_at": START - DAY},
    }
    figures = {"A": (20.0, 300, "Hard"), "C": (80.0, 300, ""), "D": (50.0, 5, "")}
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        for stem, changes in facts.items():
            question, _ = bank.new_question(db, topic, single(stem=stem), START)
            for name, value in changes.items():
                setattr(question, name, value)
            if stem in figures:
                facility, answers, finding = figures[stem]
                db.add(QuestionFigures(question_id=question.id or 0, answers=answers, facility=facility,
                                       finding=finding, counted_at=START))  # fmt: skip


def listed(browser: TestClient, query: str) -> str:
    return "".join(stems(browser, f"/desk/questions?{query}"))


def test_each_rare_filter_narrows_the_list(site: Site) -> None:
    bank_of(site)
    browser = tara(site)
    for query, expected in {
        "used=yes": "AC", "used=no": "BD", "health=flagged": "A", "health=sound": "C", "health=none": "B",
        "verified=never": "B", "verified=year": "A", "verified=month": "C", "verified=due": "D",
        "author=files": "ABCD", "author=nobody": "ABCD", "tag=none": "", "topic=none": "ABCD",
        "used=x&health=x&verified=x": "ABCD",
    }.items():  # fmt: skip
        assert sorted(listed(browser, query)) == list(expected), query


def test_each_order_goes_both_ways_with_what_has_no_figure_last(site: Site) -> None:
    bank_of(site)
    browser = tara(site)
    for query, expected in {
        "question": "ABCD", "-question": "DCBA", "used": "BDCA", "-used": "ACDB", "facility": "ADCB",
        "-facility": "CDAB", "verified": "ADCB", "-verified": "CDAB", "topic": "ABCD", "-topic": "DCBA",
        "edited": "ABCD", "-edited": "DCBA",
    }.items():  # fmt: skip
        assert listed(browser, f"sort={query}") == expected, query
    assert (
        'aria-sort="ascending"><a href="/desk/questions?sort=-facility">'
        in browser.get("/desk/questions?sort=facility").text
    )


def test_every_order_walks_forth_and_back_over_the_same_rows(site: Site) -> None:
    bank_of(site)
    with site.writing() as db:
        topic = bank.topic_named(db, "Joins", bank.topic_named(db, "SQL"))
        for n in range(56):
            question, _ = bank.new_question(db, topic, single(stem=f"Number {n}"), START + n * DAY)
            question.used, question.verified_at = n % 3, START - n * DAY if n % 2 else None
            if n % 5:
                db.add(QuestionFigures(question_id=question.id or 0, answers=40, facility=n % 7, counted_at=START))
    browser = tara(site)
    for order in ("edited", "-used", "facility", "-facility", "verified", "-verified", "question", "-topic"):
        first = browser.get(f"/desk/questions?sort={order}", headers={"Accept": "application/json"}).json()
        second = browser.get(first["next"], headers={"Accept": "application/json"}).json()
        back = browser.get(second["previous"], headers={"Accept": "application/json"}).json()
        codes = [[each["code"] for each in page["questions"]] for page in (first, second, back)]
        assert (len(set(codes[0] + codes[1])), codes[2]) == (60, codes[0]), order
        assert (first["previous"], second["next"], back["previous"]) == (None, None, None)


def test_an_author_is_offered_and_chips_take_each_filter_away(site: Site) -> None:
    browser = tara(site)
    create(browser, tags="<b>")
    with site.reading() as db:
        author = db.exec(select(Person.code)).one()
    page = browser.get("/desk/questions", params={"author": author, "tag": "<b>", "used": "no", "sort": "used"}).text
    assert "<b>1</b> question" in page
    assert "Remove filter By Tara" in page
    assert "Remove filter Tag: &lt;b&gt;" in page
    assert f'href="/desk/questions?author={author}&amp;used=no&amp;sort=used"' in page
    assert "Clear all" in page
    with site.reading() as db:
        assert db.exec(select(Question.used)).one() == 0


def test_a_topic_or_an_author_that_nobody_knows_counts_as_not_set(site: Site) -> None:
    bank_of(site)
    browser = tara(site)
    with site.reading() as db:
        reader = db.exec(select(Person.code)).one()  # Tara, who has written nothing yet
    page = browser.get(f"/desk/questions?topic=nosuch&author={reader}&used=yes").text
    assert "<b>2</b> of 4 questions" in page
    assert ("nosuch" in page, reader in page, "Remove filter In a test" in page) == (False, False, True)
    sent = {"name": "Lost", "topic": "nosuch"}
    assert "The filter “topic” can&#39;t be read" in browser.post("/desk/questions/views", data=sent).text
