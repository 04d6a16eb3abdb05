"""A change of many questions says first which published tests would feel it, and does it when pressed again."""

from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.bank.models import Question
from mockhall.exam.draws import Draw
from tests.bank.desk_of import JSON, create, stored, tara
from tests.bank.test_bulk import BULK, changed, three
from tests.fields import sent_by
from tests.make import Site, make_paper, queries, single
from tests.papers_desk.test_stakes import drawing


def joins(browser: TestClient, count: int = 2) -> list[str]:
    """So many verified questions of Joins, tagged; a draft of Loops stands beside them."""
    create(browser, topic="Loops", stem="A draft?")
    return [create(browser, "verified", topic="Joins", tags="deep", stem=f"Join {n}?") for n in range(count)]


def warned(browser: TestClient, then: str, codes: list[str], **fields: str) -> Any:
    reply = browser.post(BULK, data={"question": codes, "then": then} | fields, headers=JSON)
    assert reply.status_code == 409, reply.text
    said = reply.json()
    assert said["reason"] == "in_use"
    return [(each["slug"], each["why"]) for each in said["tests"]]


def test_what_takes_from_a_draw_is_said_first_and_done_when_one_is_sure(site: Site) -> None:
    browser = tara(site)
    codes = joins(browser)
    drawing(site, 2, "needs-both")
    drawing(site, 1, "needs-one")
    for then, fields in (("retired", {}), ("delete", {}), ("move", {"to": "python-loops"})):
        [(slug, why)] = warned(browser, then, codes[:1], **fields)
        assert (slug, why.startswith("2 questions of “Joins” can't be drawn. The bank has 1")) == ("needs-both", True)
    assert len(warned(browser, "retired", codes)) == 2
    assert stored(site, codes[0])[0].status == "verified"
    assert changed(browser, "move", codes[:1], to="python-loops", sure="1")["changed"] == 1


def test_a_tag_that_a_draw_looks_for_is_missed(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    codes = joins(browser)
    with sqlite_site.writing() as db:
        make_paper(db, sections={"One": [single(stem="Fixed")]}, draws={"One": [Draw(2, tag="Deep")]})
    assert [slug for slug, _ in warned(browser, "untag", codes[:1], word="DEEP")] == ["mock-1"]
    assert changed(browser, "move", codes, to="python-loops")["changed"] == 2, "where it is filed is not asked for"


def test_what_a_test_asks_is_named_and_moving_it_is_no_matter(site: Site) -> None:
    browser, codes = tara(site), three(site)
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem=f"Held {n}?") for n in range(2)]})
        held = [each.code for each in db.exec(select(Question)) if each.code not in codes]
    for then in ("retired", "delete"):
        assert warned(browser, then, [*held, codes[0]]) == [
            ("mock-1", "It asks 2 of them, and goes on asking them until they are taken out there.")
        ]
    assert changed(browser, "move", held, to="sql-joins")["changed"] == 2
    assert changed(browser, "retired", held, sure="1")["changed"] == 2
    assert changed(browser, "delete", held)["changed"] == 2, "what is retired already was warned of then"


def test_the_page_keeps_the_ticks_and_its_button_does_just_that(site: Site) -> None:
    browser = tara(site)
    codes = joins(browser)
    drawing(site, 2)
    reply = browser.post(BULK, data={"all": "1", "topic": "python-joins", "then": "move", "to": "python-loops"})
    assert reply.status_code == 409
    assert "1 published test would feel this" in reply.text
    assert '<option value="python-loops" selected>' in reply.text.split('id="to"')[1]
    form = sent_by(reply.text.split('id="felt"')[1].split("</form>")[0])
    assert (sorted(form["question"]), form["to"], form["sure"]) == (sorted(codes), ["python-loops"], ["1"])
    done = browser.post(BULK, data=form | {"then": "move"})
    assert (done.status_code, "topic=python-joins" in done.headers["location"]) == (303, True)
    reply = browser.post(BULK, data={"question": codes[:1], "then": "retired"})
    assert reply.status_code == 303, "Joins has lost it already"


def test_many_questions_are_looked_at_in_as_few_queries_as_one(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    codes = joins(browser, 6)
    for n in range(3):
        drawing(sqlite_site, 6, f"mock-{n}")
    with queries(sqlite_site) as one:
        warned(browser, "retired", codes[:1])
    with queries(sqlite_site) as many:
        warned(browser, "retired", codes)
    assert len(many) == len(one)
