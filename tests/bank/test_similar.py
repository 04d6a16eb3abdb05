"""A question the bank has already: the form asks before it stores it twice."""

from typing import Any

import pytest
from sqlmodel import delete, select

from mockhall.bank import actions, similar
from mockhall.bank.models import QuestionPrint
from tests.bank.desk_of import HTMX, counts, create, fields_in, filled, form_of, stored, tara
from tests.make import START, Site, numeric, queries, single

JSON = {"Accept": "application/json"}
STEM = "Which of these statements about dependencies in one request is right?"


def asked(**changes: Any) -> dict[str, Any]:
    """The form as it is sent when nobody has said "all the same"."""
    return {name: value for name, value in filled(**changes).items() if name != "alike_too"}


def test_a_question_that_is_there_is_shown_before_it_is_stored_twice(site: Site) -> None:
    browser = tara(site)
    code = create(browser, stem=STEM)
    reply = browser.post("/desk/questions", data=asked(stem=f"**{STEM.upper()}**", tags="kept"))
    assert reply.status_code == 409
    assert "This looks like a question that is in the bank" in reply.text
    assert f'href="/desk/questions/{code}"' in reply.text
    assert fields_in(reply.text)["tags"] == ["kept"]
    assert counts(site) == (1, 1)
    assert 'value="save_anyway"' in reply.text


def test_save_all_the_same_stores_it_and_goes_on_as_the_button_before_said(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    create(browser, stem=STEM)
    page = browser.post("/desk/questions", data=asked(stem=STEM) | {"then": "save_new"}).text
    assert 'value="save_new_anyway"' in page
    reply = browser.post("/desk/questions", data=fields_in(page) | {"then": "save_new_anyway"})
    assert reply.headers["location"].startswith("/desk/questions/new?")
    assert counts(sqlite_site) == (2, 2)


def test_a_script_is_told_the_same(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser, stem=STEM)
    reply = browser.post("/desk/questions", data=asked(stem=STEM), headers=JSON)
    assert reply.status_code == 409
    assert reply.json()["reason"] == "similar"
    assert reply.json()["similar"] == [{"code": code, "headline": STEM}]


def test_an_edit_is_asked_only_when_it_makes_the_question_like_another(site: Site) -> None:
    browser = tara(site)
    first, second = create(browser, stem=STEM), create(browser, stem="Something else entirely is asked here, is it?")
    edit = {name: value for name, value in form_of(browser, second).items() if name != "alike_too"}
    assert browser.post(f"/desk/questions/{second}", data=edit | {"stem": STEM}).status_code == 409
    assert browser.post(f"/desk/questions/{second}", data=edit | {"stem": STEM, "alike_too": "1"}).status_code == 303
    again = {name: value for name, value in form_of(browser, first).items() if name != "alike_too"}
    again |= {"stem": STEM, "tags": "new"}
    assert browser.post(f"/desk/questions/{first}", data=again).status_code == 303, "it said so before"
    assert stored(site, first)[1][-1].tags == ["new"]


def test_a_question_is_found_by_what_it_says_now(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser, stem=STEM)
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": "A wholly different text, by now?"})
    assert browser.post("/desk/questions", data=asked(stem=STEM)).status_code == 303


def test_the_three_likest_are_shown(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    for n in range(5):
        create(browser, stem=STEM, tags=str(n))
    reply = browser.post("/desk/questions", data=asked(stem=STEM), headers=JSON)
    assert len(reply.json()["similar"]) == 3


def test_a_field_that_does_not_fit_is_said_first_and_buttons_of_rows_ask_nothing(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    create(browser, stem=STEM)
    assert browser.post("/desk/questions", data=asked(stem=STEM, key=[])).status_code == 422
    assert browser.post("/desk/questions", data=asked(stem=STEM) | {"then": "add_row"}, headers=HTMX).status_code == 200


def test_questions_from_files_and_of_an_earlier_release_are_found_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.writing() as db:
        topic = actions.topic_named(db, "Python")
        for n in range(3):
            actions.new_question(db, topic, single(stem=f"{STEM} {n}"), START)
        actions.new_question(db, topic, numeric(stem="How many are it?"), START)
        db.execute(delete(QuestionPrint))
    assert tara(site).post("/desk/questions", data=asked(stem=f"{STEM} 1")).status_code == 303
    monkeypatch.setattr(similar, "AT_ONCE", 2)
    rests: list[int] = []

    def rest() -> bool:
        rests.append(1)
        return False

    assert similar.catch_up(site.app.state.database, rest) == 4
    assert len(rests) == 2
    with site.reading() as db:
        assert len(set(db.exec(select(QuestionPrint.question_id)))) == 5
    assert similar.catch_up(site.app.state.database, lambda: False) == 0
    assert len(found(site, f"{STEM} 2")) == 1


def test_making_questions_known_ends_with_the_server_and_leaves_what_was_edited_meanwhile(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.writing() as db:
        topic = actions.topic_named(db, "Python")
        made = [actions.new_question(db, topic, single(stem=f"{STEM} {n}"), START) for n in range(3)]
        db.execute(delete(QuestionPrint))
    stale, database = made[2][1], site.app.state.database
    monkeypatch.setattr(similar, "AT_ONCE", 1)
    assert similar.catch_up(database, lambda: True) == 1
    with site.writing() as db:
        actions.new_version(db, made[2][0], topic, single(stem="How many wheels does a common car have?"), START)
        similar.keep_missing(db, [stale])
    assert [each.share for each in found(site, "How many wheels does a common car have?")] == [1.0]


def found(site: Site, stem: str) -> list[similar.Alike]:
    with site.reading() as db:
        return similar.like(db, {"stem": stem, "options": []})


def test_looking_takes_two_queries_however_many_are_alike(site: Site) -> None:
    with site.writing() as db:
        topic = actions.topic_named(db, "Python")
        for _ in range(40):
            actions.new_question(db, topic, single(stem=STEM), START)
    with queries(site) as seen:
        assert len(found(site, STEM)) == 3
    assert len(seen) == 2


def test_a_deleted_question_is_no_longer_found_by_what_it_says(site: Site) -> None:
    browser = tara(site)
    code = create(browser, stem=STEM)
    browser.post("/desk/questions/bulk", data={"question": code, "then": "delete"})
    assert browser.post("/desk/questions", data=asked(stem=STEM)).status_code == 303
