"""Changes of many questions at once, each with its undo; what is refused is refused whole."""

import re
from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.bank import actions as bank
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion
from mockhall.bank.pool import pool
from mockhall.bank.standing import waiting
from tests.bank.desk_of import create, edit, ravi, stored, tara, verify
from tests.bank.test_list import stems
from tests.make import START, Site, make_paper, queries, single

BULK = "/desk/questions/bulk"
JSON = {"Accept": "application/json"}


def three(site: Site, **changes: Any) -> list[str]:
    """Questions A, B and C under Python, Loops; their codes. There is a topic SQL, Joins too."""
    with site.writing() as db:
        bank.topic_named(db, "Joins", bank.topic_named(db, "SQL"))
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        contents = [single(**({"stem": stem, "topic": "Loops"} | changes)) for stem in "ABC"]
        return [bank.new_question(db, topic, each, START)[0].code for each in contents]


def press(browser: TestClient, then: str, codes: list[str], **fields: Any) -> str:
    """Press a button of the bar; returns what the list says afterwards."""
    reply = browser.post(BULK, data={"question": codes, "then": then} | fields)
    assert reply.status_code == 303, reply.text
    return said(browser.get(reply.headers["location"]).text)


def said(page: str) -> str:
    return str(re.findall(r'role="status">.*?<span>(.*?)</span>', page)[0])


def undo(browser: TestClient) -> str:
    """Press Undo of the last change; returns what the list says."""
    address = browser.undo_address  # type: ignore[attr-defined]
    reply = browser.post(address)
    assert reply.status_code == 303
    return said(browser.get(reply.headers["location"]).text)


def changed(browser: TestClient, then: str, codes: list[str], **fields: Any) -> dict[str, Any]:
    """The same as a script; `undo` is remembered for `undo()`."""
    reply = browser.post(BULK, data={"question": codes, "then": then} | fields, headers=JSON)
    found: dict[str, Any] = reply.json()
    if reply.status_code == 200:
        browser.undo_address = f"/desk/questions/changes/{found['undo']}/undo"  # type: ignore[attr-defined]
    return found


def tags_of(site: Site, code: str) -> list[str]:
    return stored(site, code)[1][-1].tags


def status_of(site: Site, *codes: str) -> list[str]:
    return [stored(site, code)[0].status for code in codes]


def test_a_tag_is_added_to_those_that_lack_it_in_a_version_of_its_own(site: Site) -> None:
    codes, browser = three(site, tags=["Deep"]), tara(site)
    assert press(browser, "tag", codes[:2], word=" new  tag ") == "2 questions tagged new tag."
    question, versions = stored(site, codes[0])
    assert (question.version, [each.tags for each in versions]) == (2, [["Deep"], ["Deep", "new tag"]])
    assert tags_of(site, codes[2]) == ["Deep"]
    assert len(stems(browser, "/desk/questions?tag=NEW+tag")) == 2
    assert changed(browser, "tag", codes, word="deep")["text"] == "All have the tag deep. Nothing was changed."
    assert changed(browser, "untag", codes, word="DEEP")["said"] == "Tag DEEP taken from 3 questions."
    assert tags_of(site, codes[0]) == ["new tag"]


def test_a_move_files_questions_under_the_topic_and_keeps_what_was_verified(site: Site) -> None:
    codes, browser = three(site), tara(site)
    with site.writing() as db:
        question = db.exec(select(Question).where(Question.code == codes[0])).one()
        question.status, question.verified_version, question.verified_at = QuestionStatus.VERIFIED, 1, START
        db.add(question)
    assert press(browser, "move", codes, to="sql-joins") == "3 questions moved to Joins."
    question, versions = stored(site, codes[0])
    assert (question.status, question.verified_version, question.version) == ("verified", 2, 2)
    assert versions[-1].topic == "Joins"
    assert len(stems(browser, "/desk/questions?topic=sql")) == 3
    assert len(stems(browser, "/desk/questions?q=joins")) == 3
    assert stems(browser, "/desk/questions?topic=python") == []


def test_a_change_is_taken_back_by_who_made_it(site: Site) -> None:
    codes, browser = three(site, tags=["deep"]), tara(site)
    for then, fields in (("tag", {"word": "x"}), ("move", {"to": "sql-joins"}), ("in_review", {}), ("delete", {})):
        changed(browser, then, codes, **fields)
        assert undo(browser) == "Taken back for 3 questions."
        assert undo(browser) == "That was taken back already."
    question, versions = stored(site, codes[1])
    assert (question.status, question.deleted_at) == ("draft", None)
    assert (versions[-1].tags, versions[-1].topic) == (["deep"], "Loops")
    assert len(stems(browser, "/desk/questions?topic=python-loops&tag=deep&q=loops")) == 3


def test_what_somebody_changed_since_stays_as_it_is(site: Site) -> None:
    codes, browser = three(site), tara(site)
    changed(browser, "tag", codes, word="x")
    edit(browser, codes[0], stem="Mine")
    reply = browser.post(browser.undo_address)  # type: ignore[attr-defined]
    page = browser.get(reply.headers["location"]).text
    assert said(page) == "Taken back for 2 questions. 1 was changed since, so it stays."
    assert f'1 question: Changed since. <a href="/desk/questions/{codes[0]}">Mine</a>' in page
    assert stored(site, codes[0])[1][-1].stem == "Mine"
    left = changed(browser, "in_review", codes)
    browser.post(browser.undo_address)  # type: ignore[attr-defined]
    assert "Changed since" not in browser.get(f"/desk/questions?done={left['undo']}").text


def test_an_undo_is_its_makers_alone_and_for_ten_minutes(site: Site) -> None:
    codes, browser = three(site), tara(site)
    changed(browser, "retired", codes)
    other = ravi(site)
    assert other.post(browser.undo_address).status_code == 404  # type: ignore[attr-defined]
    assert browser.post("/desk/questions/changes/222222222222/undo").status_code == 404
    site.clock.forward(minutes=11)
    assert undo(browser) == "That can be taken back for 10 minutes only. Nothing was changed."
    assert status_of(site, *codes) == ["retired"] * 3


def test_states_are_set_but_nobody_verifies_many_at_once(site: Site) -> None:
    codes, browser = three(site), tara(site)
    assert press(browser, "in_review", codes) == "3 questions sent to review."
    assert press(browser, "draft", codes[:1]) == "1 question set to draft."
    assert status_of(site, *codes) == ["draft", "in_review", "in_review"]
    assert changed(browser, "draft", codes[:1])["text"] == "They are draft already."
    assert browser.post(BULK, data={"question": codes, "then": "verified"}).status_code == 422
    assert stored(site, codes[0])[0].version == 1


def test_questions_no_test_had_are_deleted_and_the_others_retired(site: Site) -> None:
    codes, browser = three(site), tara(site)
    with site.writing() as db:
        make_paper(db, sections={"One": [single(stem="Held")]})
        held = db.exec(select(Question.code).join(QuestionVersion).where(QuestionVersion.stem == "Held")).one()
    words = press(browser, "delete", [*codes[:2], held], sure="1")
    assert words == "2 questions deleted. 1 question retired instead: a test has or had it."
    assert sorted(stems(browser, "/desk/questions")) == ["C", "Held"]
    assert "A" not in stems(browser, "/desk/questions?q=A")
    assert browser.get(f"/desk/questions/{codes[0]}").status_code == 404
    assert status_of(site, held) == ["retired"]


def test_all_that_were_found_are_changed_up_to_five_hundred(site: Site) -> None:
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        for n in range(60):
            bank.new_question(db, topic, single(stem=f"Number {n}", tags=["many"] if n else []), START)
    browser = tara(site)
    page = browser.get("/desk/questions?tag=many").text
    assert "All 59 found" in page
    assert changed(browser, "retired", [], all="1", tag="many")["changed"] == 59
    assert "<b>59</b>" in browser.get("/desk/questions?status=retired").text


def test_more_than_five_hundred_are_refused_in_words(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        codes = [bank.new_question(db, topic, single(stem=f"Number {n}"), START)[0].code for n in range(501)]
    browser = tara(sqlite_site)
    text = "At most 500 questions are changed at once. Narrow the list, then tick again."
    assert changed(browser, "retired", codes)["text"] == text
    assert changed(browser, "retired", [], all="1")["text"] == text
    assert "Up to 500 found can be ticked at once" in browser.get("/desk/questions").text
    assert changed(browser, "retired", codes[:500])["changed"] == 500


def test_what_does_not_fit_is_said_beside_its_field_with_the_ticks_kept(site: Site) -> None:
    codes, browser = three(site), tara(site)
    for then, fields, control, words in (
        ("tag", {"word": "  "}, "word", "Write the tag."), ("tag", {"word": "a,b"}, "word", "One tag at a time"),
        ("tag", {"word": "x" * 41}, "word", "longer than 40"), ("untag", {"word": "none"}, "word", "None of them has"),
        ("move", {"to": ""}, "to", "Choose a topic."), ("move", {"to": "no-such"}, "to", "not there any more"),
        ("move", {"to": "python-loops"}, "to", "under Loops already"),
    ):  # fmt: skip
        reply = browser.post(BULK, data={"question": codes[:1], "then": then} | fields)
        assert reply.status_code == 422
        assert f'id="{control}-error"' in reply.text
        assert words in reply.text
        assert re.search(rf'value="{codes[0]}"[^>]* checked', reply.text)
        assert not re.search(rf'value="{codes[1]}"[^>]* checked', reply.text)
    for codes_sent, words in ([], "Tick the questions first."), (["2" * 12, "\0", "x" * 90], "None of these questions"):
        reply = browser.post(BULK, data={"question": codes_sent, "then": "retired"})
        assert (reply.status_code, words in reply.text) == (422, True)
    assert browser.post(BULK, data={"question": codes}).status_code == 422
    assert [stored(site, code)[0].version for code in codes] == [1, 1, 1]


def test_a_question_with_the_most_tags_gets_no_more(site: Site) -> None:
    codes, browser = three(site, tags=[f"tag {n}" for n in range(20)]), tara(site)
    assert "20 tags already" in changed(browser, "tag", codes, word="one more")["text"]


def test_questions_go_out_as_a_file(site: Site) -> None:
    codes, browser = three(site, stem="=1+1 <b>", tags=["x"]), tara(site)
    reply = browser.post(BULK, data={"question": codes[:2], "then": "export"})
    assert reply.headers["content-disposition"] == 'attachment; filename="questions-2026-11-22.json"'
    file = reply.json()
    assert [each["code"] for each in file["questions"]] == codes[:2]
    first = file["questions"][0]
    assert (first["stem"], first["subject"], first["topic"], first["key"]) == (
        "=1+1 <b>",
        "Python",
        "Loops",
        {"options": ["o1"]},
    )


def test_many_take_as_many_statements_as_few(site: Site) -> None:
    codes, browser = three(site, tags=["y"]), tara(site)
    with site.writing() as db:
        topic = bank.topic_named(db, "Loops", bank.topic_named(db, "Python"))
        codes += [
            bank.new_question(db, topic, single(stem=f"Number {n}"), START + timedelta(n))[0].code for n in range(60)
        ]
    for then, fields in (("tag", {"word": "x"}), ("move", {"to": "sql-joins"}), ("retired", {}), ("delete", {})):
        with queries(site) as few:
            changed(browser, then, codes[:1], **fields)
        undo(browser)
        with queries(site) as many:
            changed(browser, then, codes, **fields)
        undo(browser)
        assert len(many) <= len(few) + 2, (then, len(few), len(many))
    create(browser)
    with site.reading() as db:
        assert all(db.exec(select(col(Question.deleted_at).is_(None))))


def test_a_deleted_question_is_drawn_no_more_and_waits_for_nobody(site: Site) -> None:
    codes, browser = three(site), tara(site)
    for code in codes[:2]:
        verify(browser, code)
    with site.reading() as db:
        assert len(pool(db)) == 2
    press(browser, "delete", codes)
    with site.reading() as db:
        assert pool(db) == []
        assert waiting(db, START).review == 0
