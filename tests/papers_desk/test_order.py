"""The order of sections, questions and draws, changed by buttons and by one form with the new place; draws in place."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.bank.models import Question
from mockhall.exam.draws import Draw
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import find
from mockhall.papers.versions import plan_of
from tests.bank.desk_of import HTMX, errors_in, tara
from tests.make import Site, make_paper, single
from tests.papers_desk.test_papers import paper_of

PAPER = "/desk/papers/mock-1"
EASY, ANY = Draw(1, difficulty="Easy"), Draw(2)


def made(site: Site, **given: Any) -> Any:
    """Tara before sections A (1, 2, 3) and B (4), with draws in A, and a bank to draw from."""
    sections = {"A": [single(stem=str(n)) for n in (1, 2, 3)], "B": [single(stem="4")]}
    with site.writing() as db:
        make_paper(db, "bank", {"X": [single() for _ in range(5)]})
        make_paper(db, sections=sections, draws={"A": [EASY, ANY]}, **given)
    return tara(site)


def order(site: Site) -> list[tuple[str, list[int], list[Draw]]]:
    """Sections with their questions, counted from 1 as they were made, and their draws."""
    with site.reading() as db:
        shown = find(db, "mock-1")
        assert shown
        plan = plan_of(db, shown.version)
        return [(each.title, [v - 5 for v in each.question_versions], each.draws) for each in plan]


def put(browser: Any, what: str, to: str, **headers: Any) -> Any:
    return browser.post(f"{PAPER}/order", data={"what": what, "to": to, "version": "1"}, **headers)


@pytest.mark.parametrize(
    ("what", "to", "said", "expected"),
    [
        ("question:1:3", "1:1", "The question, now 1 of 3 in “A”.", [("A", [3, 1, 2], [EASY, ANY]), ("B", [4], [])]),
        ("question:1:1", "2:2", "The question, now 2 of 2 in “B”.", [("A", [2, 3], [EASY, ANY]), ("B", [4, 1], [])]),
        ("draw:1:2", "1:1", "2 questions, now 1 of 2 in “A”.", [("A", [1, 2, 3], [ANY, EASY]), ("B", [4], [])]),
        ("draw:1:1", "2:1", "1 Easy question, now 1 of 1 in “B”.", [("A", [1, 2, 3], [ANY]), ("B", [4], [EASY])]),
        ("section:2", "1", "“B”, now 1 of 2.", [("B", [4], []), ("A", [1, 2, 3], [EASY, ANY])]),
    ],
)
def test_what_is_put_elsewhere_stands_there_and_it_is_said(
    site: Site, what: str, to: str, said: str, expected: list[Any]
) -> None:
    browser = made(site)
    assert put(browser, what, to).status_code == 303
    assert order(site) == expected
    assert said in browser.get(PAPER).text


@pytest.mark.parametrize(
    ("what", "to"),
    [("question:1:9", "1:1"), ("question:1:1", "9:1"), ("question:1:1", "1:9"), ("draw:2:1", "1:1"), ("section:3", "1"),
     ("section:1", "0"), ("", ""), ("paper:1", "1"), ("question:1", "1:1"), ("section:1:1", "1"),
     ("question:x:-1", "1:1"), ("question:1:1:1", "1:1")],
)  # fmt: skip
def test_a_place_that_is_not_there_changes_nothing(sqlite_site: Site, what: str, to: str) -> None:
    browser = made(sqlite_site)
    before = order(sqlite_site)
    reply = put(browser, what, to)
    assert reply.status_code == 409
    assert "no longer in the test" in reply.text
    assert order(sqlite_site) == before
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_a_place_decided_on_an_older_version_is_refused(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    assert put(browser, "section:2", "1").status_code == 303
    reply = put(browser, "section:2", "1", headers=HTMX)
    assert reply.status_code == 409
    assert "Someone changed this test" in reply.text


def test_what_stays_where_it_is_makes_no_version(sqlite_site: Site) -> None:
    assert put(made(sqlite_site), "question:1:1", "1:1").status_code == 303
    assert paper_of(sqlite_site, "mock-1")[0].version == 1


def test_buttons_move_sections_and_draws_as_far_as_they_go(site: Site) -> None:
    browser = made(site)
    for then, position in (("down", 1), ("down", 2), ("draw_up:2", 2), ("draw_up:1", 2)):
        assert browser.post(f"{PAPER}/sections/{position}", data={"then": then}).status_code == 303
    assert order(site) == [("B", [4], []), ("A", [1, 2, 3], [ANY, EASY])]
    assert "as far as it can go" in browser.get(PAPER).text
    assert browser.post(f"{PAPER}/sections/2", data={"then": "draw_down:9"}).status_code == 409


def test_the_buttons_of_a_question_say_where_it_stands_now(sqlite_site: Site) -> None:
    browser = made(sqlite_site)
    with sqlite_site.reading() as db:
        code = db.exec(select(Question.code).where(Question.id == 6)).one()
    browser.post(f"{PAPER}/questions/{code}", data={"then": "down"})
    assert "The question, now 2 of 3 in “A”." in browser.get(PAPER).text


# ---------------------------------------------------------------- draws changed where they stand


def save(browser: Any, **fields: str) -> Any:
    typed = {"draw_count": "1", "draw_topic": "", "draw_difficulty": "", "draw_tag": "", "then": "save_draw:1"}
    return browser.post(f"{PAPER}/sections/1", data=typed | fields)


def test_a_draw_is_changed_where_it_stands(site: Site) -> None:
    browser = made(site)
    assert save(browser, draw_count="3", draw_topic="basics", draw_difficulty="Easy").status_code == 303
    assert order(site)[0][2] == [Draw(3, "basics", "Easy"), ANY]
    page = browser.get(PAPER).text
    assert 'id="draw_count-1-1" name="draw_count" value="3"' in page


@pytest.mark.parametrize(
    ("fields", "control", "said"),
    [
        ({"draw_count": "6", "draw_topic": "kept"}, "draw_topic-1-1", "There is no topic “kept”"),
        ({"draw_count": "60"}, "draw_count-1-1", "has 9, of which 4 are in this test already"),
        ({"draw_count": "1001"}, "draw_count-1-1", "from 1 to"),
        ({"draw_count": "1000"}, "draw_count-1-1", "at most 1,000 questions"),
        ({"draw_difficulty": "Hard"}, "draw_difficulty-1-1", "one of"),
    ],
)
def test_a_change_that_can_not_be_is_said_beside_its_field_and_stays_typed(
    sqlite_site: Site, fields: dict[str, str], control: str, said: str
) -> None:
    browser = made(sqlite_site, status=PaperStatus.DRAFT)
    reply = save(browser, **fields)
    assert reply.status_code == 422
    assert said in errors_in(reply.text)[control]
    assert set(errors_in(reply.text)) == {control}
    if "draw_count" in fields:
        assert f'id="draw_count-1-1" name="draw_count" value="{fields["draw_count"]}"' in reply.text
    assert order(sqlite_site)[0][2] == [EASY, ANY]


def test_of_two_draws_that_can_not_be_filled_each_can_be_mended(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, sections={"A": [single()]}, draws={"A": [Draw(7), Draw(8)]}, status=PaperStatus.DRAFT)
        make_paper(db, "bank", {"X": [single() for _ in range(5)]})
    browser = tara(sqlite_site)
    assert save(browser, draw_count="2").status_code == 303
    assert save(browser, draw_count="3", then="save_draw:2").status_code == 303
    assert save(browser, draw_count="4", then="save_draw:2").status_code == 303
    assert "other draws of this test" in browser.get(PAPER).text
