"""Full-text search: what is found, in which words, and that it keeps step with the newest version."""

from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.bank import actions as bank
from mockhall.bank import search
from mockhall.bank.models import Question
from tests.bank.desk_of import create, form_of, tara
from tests.bank.test_list import stems
from tests.make import START, Site, single

HINDI = {"hi": {"stem": "सूची की लंबाई क्या है?", "options": {"o1": "अनुक्रम"}}}


def found(browser: TestClient, words: str) -> list[str]:
    """The headlines a search finds."""
    return stems(browser, str(browser.get("/desk/questions", params={"q": words}).url))


def add(site: Site, **changes: Any) -> str:
    """A question `A` unless said otherwise; returns its code."""
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        contents = single(**({"stem": "A", "topic": "Loops"} | changes))
        question, _ = bank.new_question(db, topic, contents, START)
        return question.code


def test_every_text_of_a_question_finds_it_and_so_do_its_tags_topic_subject_and_code(site: Site) -> None:
    code = add(site, stem="Which [1, 2] is *lazy*?", options=["generator", "tuple"], solution="Because of `yield`.",
               tags=["deep water"], passage_code="p", passage="A river flows.", translations=HINDI)  # fmt: skip
    add(site, stem="Another")
    browser = tara(site)
    for words in (
        "lazy",
        "LAZY which",
        "generator",
        "yield",
        "deep water",
        "loops another"[:5],
        "python lazy",
        "river",
        "अनुक्रम",
        code,
    ):
        assert "Which [1, 2] is lazy?" in found(browser, words), words
    assert found(browser, "lazy another") == []


def test_the_last_word_may_be_begun_only(site: Site) -> None:
    add(site, stem="Coroutines and generators")
    browser = tara(site)
    assert found(browser, "generators corout") == ["Coroutines and generators"]
    assert found(browser, "gener coroutines") == []


def test_hindi_words_keep_their_vowel_signs(site: Site) -> None:
    add(site, stem="सूची क्या है?")
    add(site, stem="सच क्या है?")
    browser = tara(site)
    assert found(browser, "सूची") == ["सूची क्या है?"]
    assert found(browser, "सू") == ["सूची क्या है?"]
    assert found(browser, "सच") == ["सच क्या है?"]
    assert len(found(browser, "क्या है")) == 2


OPERATORS = ("-loop", 'lo"op', "loop*", "NEAR(loop, 2)", "loop OR x", "(loop", "loop'", "loop & !x", "{loop}", "^loop")


def test_operators_do_nothing(site: Site) -> None:
    add(site, stem="A loop near lo op or x 2")
    browser = tara(site)
    for words in OPERATORS:
        assert found(browser, words) == ["A loop near lo op or x 2"], words
    for words in ('"', "*", "\\", ":*", "words:loop", "rowid:1", "%", "_"):
        assert found(browser, words) == [], words


def test_signs_that_belong_to_a_word_are_looked_for(site: Site) -> None:
    add(site, stem="Written in C++")
    add(site, stem="Written in C")
    browser = tara(site)
    assert found(browser, "c++") == ["Written in C++"]
    assert len(found(browser, "c written")) == 2


def test_a_search_longer_than_any_word_is_answered(site: Site) -> None:
    add(site)
    browser = tara(site)
    for words in (
        "a" * 10_000,
        "a " * 5_000,
        "a" + "\u0315\u0300" * 4_000,
        "\0",
        "a\0b",
        "\ud800".encode("utf-8", "replace").decode(),
    ):
        assert browser.get("/desk/questions", params={"q": words}).status_code == 200


def test_an_edit_is_found_by_its_new_words_alone(site: Site) -> None:
    browser = tara(site)
    code = create(browser, stem="About tuples?", tags="old")
    fields = form_of(browser, code) | {"stem": "About lists?", "tags": "new"}
    assert browser.post(f"/desk/questions/{code}", data=fields).status_code == 303
    assert found(browser, "tuples") == found(browser, "old") == []
    assert found(browser, "lists new") == ["About lists?"]
    assert stems(browser, "/desk/questions?tag=new") == ["About lists?"]
    assert stems(browser, "/desk/questions?tag=old") == []


def test_a_question_that_moves_is_found_by_its_new_subject_alone(site: Site) -> None:
    browser = tara(site)
    create(browser, stem="About tuples?")
    other = create(browser, stem="Elsewhere?", subject="Mathematics", topic="Sets")
    assert found(browser, "mathem tuples") == []
    assert found(browser, "mathem") == ["Elsewhere?"]
    fields = form_of(browser, other) | {"subject": "Python", "topic": "Lists"}
    assert browser.post(f"/desk/questions/{other}", data=fields).status_code == 303
    assert found(browser, "mathematics") == []
    assert len(found(browser, "python")) == 2


def test_of_a_word_that_is_everywhere_not_all_are_counted(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        for n in range(1_002):
            bank.new_question(db, topic, single(stem=f"Everywhere {n}"), START)
    browser = tara(sqlite_site)
    assert "<b>1,000+</b> of 1,002 questions" in browser.get("/desk/questions?q=everywhere").text
    assert "<b>1,002</b> questions" in browser.get("/desk/questions?difficulty=Easy").text


def test_what_is_forgotten_is_found_no_more(site: Site) -> None:
    add(site, stem="Gone soon")
    with site.writing() as db:
        search.forget(db, list(db.exec(select(Question.id))))
    assert found(tara(site), "gone") == []
