"""Writing and editing a question: what is stored, and what the buttons of the form do."""

from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry
from mockhall.bank import actions as bank
from mockhall.bank.models import Question, Topic
from tests.bank.desk_of import HTMX, counts, create, filled, form_of, stored, tara
from tests.make import START, Site, queries, single


def test_a_new_question_is_stored_whole(site: Site) -> None:
    code = create(tara(site), tags="lists, Len ,, lists", reference="https://a.example/3", full="4", wrong="−1/3")
    question, (version,) = stored(site, code)
    assert (question.status, question.kind, question.difficulty) == ("draft", "single", "Easy")
    assert question.edited_at_desk
    assert [row["text"] for row in version.options] == ["1", "0", "None"]
    assert version.key == {"options": [version.options[1]["id"]]}
    assert (version.topic, version.tags) == ("Lists", ["lists", "Len"])
    assert version.scheme == {"full": "4", "wrong": "-1/3"}
    assert version.created_by_id is not None


def test_option_ids_are_random_and_tell_neither_place_nor_key(site: Site) -> None:
    browser = tara(site)
    ids = [[row["id"] for row in stored(site, create(browser))[1][0].options] for _ in range(2)]
    assert not set(ids[0]) & set(ids[1])
    assert all(len(each) == 7 and each[0].isalpha() for row in ids for each in row)


def test_an_edit_makes_a_version_and_leaves_the_old_one_as_it_was(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    before = stored(site, code)[1][0].model_dump()
    edit = form_of(browser, code) | {"stem": "What does `len(())` return?"}
    reply = browser.post(f"/desk/questions/{code}", data=edit)
    assert reply.status_code == 303
    question, versions = stored(site, code)
    assert question.version == 2
    assert versions[0].model_dump() == before
    assert versions[1].stem == "What does `len(())` return?"
    assert versions[1].options == versions[0].options, "ids are kept"


def test_saving_without_a_change_makes_no_version(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    browser.post(f"/desk/questions/{code}", data=form_of(browser, code))
    assert stored(site, code)[0].version == 1


@pytest.mark.parametrize("kind", ["single", "numeric", "relative", "range", "text"])
def test_opening_and_saving_any_stored_question_changes_nothing(sqlite_site: Site, kind: str) -> None:
    browser = tara(sqlite_site)
    fields: dict[str, dict[str, Any]] = {
        "single": {"shuffle": "", "pin_last": "1"},
        "numeric": {"kind": "numeric", "value": "-12.50", "tolerance": "0.05", "unit": "cm"},
        "relative": {"kind": "numeric", "value": "100", "tolerance": "2.5", "tolerance_is": "percent"},
        "range": {"kind": "numeric", "right_is": "range", "low": "1e3", "high": "2000"},
        "text": {"kind": "text", "answers": "gather\nasyncio.gather", "case": "1"},
    }
    code = create(browser, **fields[kind])
    assert stored(sqlite_site, code)[0].version == 1
    again = form_of(browser, code) | fields[kind]
    assert browser.post(f"/desk/questions/{code}", data=again).status_code == 303
    assert stored(sqlite_site, code)[0].version == 1


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"value": "12,5"}, {"value": "12.5"}),
        ({"value": "१२.५", "tolerance": "0.1"}, {"value": "12.5", "tolerance": "0.1"}),
        ({"value": "−3e8", "tolerance": "5", "tolerance_is": "percent"}, {"value": "-300000000", "relative": "0.05"}),
        ({"right_is": "range", "low": "3", "high": "4", "value": "junk stays out"}, {"low": "3", "high": "4"}),
    ],
)
def test_numbers_are_stored_as_they_are_understood(
    sqlite_site: Site, changes: dict[str, str], key: dict[str, str]
) -> None:
    code = create(tara(sqlite_site), **{"kind": "numeric"} | changes)
    assert stored(sqlite_site, code)[1][0].key == key


def test_the_form_says_how_a_number_was_understood(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post(
        "/desk/questions", data=filled(kind="numeric", value="12,5", tolerance="0,5", then="preview")
    )
    assert "Read as 12.5" in reply.text
    assert "Counts as right: 12 to 13, both included." in reply.text


def test_accepted_answers_that_compare_equal_count_once(sqlite_site: Site) -> None:
    code = create(tara(sqlite_site), kind="text", answers="Gather\r\n gather \r\n\r\nasyncio.gather")
    assert stored(sqlite_site, code)[1][0].key == {"answers": ["Gather", "asyncio.gather"], "case": False}


def test_a_choice_taken_out_may_come_back_under_its_own_id(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    first = form_of(browser, code)
    short = first | {"option_id": first["option_id"][:2], "option_text": first["option_text"][:2]}
    browser.post(f"/desk/questions/{code}", data=short)
    browser.post(f"/desk/questions/{code}", data=first | {"version": "2"})
    versions = stored(sqlite_site, code)[1]
    assert len(versions) == 3
    assert versions[2].options == versions[0].options


def test_the_buttons_of_the_choices_work_without_javascript_and_store_nothing(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)

    def rows(then: str) -> list[str]:
        page = browser.post("/desk/questions", data=filled(then=then))
        assert page.status_code == 200
        return [part.split("</textarea>")[0].split(">\n")[1] for part in page.text.split('name="option_text"')[1:]]

    assert rows("add_row") == ["1", "0", "None", ""]
    assert rows("remove:2") == ["1", "None"]
    assert rows("up:2") == ["0", "1", "None"]
    assert rows("down:2") == ["1", "None", "0"]
    assert rows("up:1") == rows("down:3") == rows("kind") == ["1", "0", "None"]
    assert counts(sqlite_site) == (0, 0)


def test_an_eleventh_row_is_not_added(sqlite_site: Site) -> None:
    many = {"option_id": [f"new{n}" for n in range(1, 11)], "option_text": [str(n) for n in range(10)]}
    page = tara(sqlite_site).post("/desk/questions", data=filled(**many, then="add_row")).text
    assert page.count('name="option_text"') == 10
    assert "Ten choices are the most" in page


def test_htmx_gets_the_rows_and_the_preview_alone(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/questions", data=filled(then="add_row"), headers=HTMX)
    assert "<html" not in reply.text
    assert reply.text.count('id="answer-fields"') == reply.text.count('id="preview"') == 1
    assert 'id="option-new4" name="option_text" aria-label="Choice D" autofocus' in reply.text


def test_changing_the_type_keeps_what_was_written_for_the_other(sqlite_site: Site) -> None:
    page = tara(sqlite_site).post("/desk/questions", data=filled(kind="numeric", value="7", then="kind")).text
    assert 'value="7"' in page
    assert ">\nNone</textarea>" in page


def test_save_and_new_keeps_type_topic_difficulty_and_marks(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    reply = browser.post("/desk/questions", data=filled(then="save_new", difficulty="Advanced", full="4", wrong="-1"))
    page = browser.get(reply.headers["location"]).text
    for text in ('value="Lists"', 'value="Python"', '<option value="Advanced" selected', 'value="4"', 'value="-1"'):
        assert text in page
    assert "len([])" not in page
    assert 'name="stem" spellcheck="true" aria-describedby="stem-hint" autofocus' in page


def test_save_and_new_says_what_was_saved_with_a_way_back_to_it(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    address = browser.post("/desk/questions", data=filled(then="save_new")).headers["location"]
    with sqlite_site.reading() as db:
        code = db.exec(select(Question.code)).one()
    page = browser.get(address).text
    assert "Saved as a new question. Here is the next one." in page
    assert f'href="/desk/questions/{code}">Open the question you have just saved' in page
    assert "javascript" not in browser.get("/desk/questions/new?after=javascript:x").text.split("<main")[1]


def test_the_pinned_last_choice_is_stored_and_shown_again(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser, pin_last="1")
    assert [row["pinned"] for row in stored(sqlite_site, code)[1][0].options] == [False, False, True]
    assert 'name="pin_last" value="1" checked' in browser.get(f"/desk/questions/{code}").text


def test_a_pin_a_file_put_in_the_middle_survives_an_edit(sqlite_site: Site) -> None:
    contents = single(options=("A", "B", "C"))
    contents["options"][1]["pinned"] = True
    with sqlite_site.writing() as db:
        question, _ = bank.new_question(db, bank.topic_named(db, "X", bank.topic_named(db, "Y")), contents, START)
    browser = tara(sqlite_site)
    page = browser.get(f"/desk/questions/{question.code}").text
    assert '<input type="hidden" name="pinned" value="o2">' in page
    browser.post(f"/desk/questions/{question.code}", data=form_of(browser, question.code) | {"pinned": "o2"})
    assert [row["pinned"] for row in stored(sqlite_site, question.code)[1][-1].options] == [False, True, False]


def test_a_floor_from_a_file_survives_an_edit_of_the_marks(sqlite_site: Site) -> None:
    scheme = {"full": "4", "wrong": "-1", "partial": "none", "floor": "0", "no_negative": []}
    with sqlite_site.writing() as db:
        topic = bank.topic_named(db, "X", bank.topic_named(db, "Y"))
        question, _ = bank.new_question(db, topic, single(scheme=scheme), START)
    browser = tara(sqlite_site)
    edit = form_of(browser, question.code) | {"full": "5", "wrong": "−1", "partial": "none"}
    browser.post(f"/desk/questions/{question.code}", data=edit)
    assert stored(sqlite_site, question.code)[1][-1].scheme == scheme | {"full": "5"}


def test_the_log_tells_a_changed_key_from_a_changed_text(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    form = form_of(browser, code)
    browser.post(f"/desk/questions/{code}", data=form | {"stem": "Other?"})
    browser.post(f"/desk/questions/{code}", data=form | {"stem": "Other?", "version": "2", "key": form["option_id"][0]})
    with site.reading() as db:
        lines = [line.verb for line in db.exec(select(AuditEntry)) if code in line.subject]
    assert lines == ["question", "question", "key"]


def test_topics_are_found_again_and_c_is_not_c_plus_plus(site: Site) -> None:
    browser = tara(site)
    for topic in ("C", "C++", " c ", "C++"):
        create(browser, topic=topic)
    with site.reading() as db:
        assert sorted(db.exec(select(Topic.title)).all()) == ["C", "C++", "Python"]


def test_the_form_takes_few_queries(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    with queries(site) as shown:
        browser.get(f"/desk/questions/{code}")
    assert len(shown) <= 9
    for n in range(2, 6):
        browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"stem": f"Version {n}"})
    with queries(site) as later:
        browser.get(f"/desk/questions/{code}")
    assert len(later) == len(shown)
