"""The versions of a question: what changed in words, two compared, an old one brought back."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion
from tests.bank.desk_of import KINDS, create, edit, errors_in, fields_in, form_of, step, stored, tara, verify
from tests.make import Site, make_paper, make_person, queries, single

JSON = {"Accept": "application/json"}


def restore(browser: TestClient, code: str, number: int, version: int, **more: Any) -> Any:
    return browser.post(f"/desk/questions/{code}/restore", data={"number": number, "version": version}, **more)


def lines(browser: TestClient, code: str) -> dict[int, str]:
    """What the history says of each version, without its markup."""
    page = browser.get(f"/desk/questions/{code}/versions").text
    found = re.findall(r'id="v-(\d+)">(.*?)</li>', page, re.DOTALL)
    return {int(number): " ".join(re.sub(r"<[^>]+>", " ", text).split()) for number, text in found}


def compared(browser: TestClient, code: str, query: str = "") -> str:
    return str(browser.get(f"/desk/questions/{code}/versions/compare{query}").text)


def test_the_history_says_in_words_what_changed_who_did_it_and_why(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    form = form_of(browser, code)
    edit(browser, code, option_text=["1", "zero", "None"], solution="Else.", note="  Reworded <C>  ")
    edit(browser, code, key=form["option_id"][0], tags="a")
    said = lines(browser, code)
    assert list(said) == [3, 2, 1]
    assert said[3].startswith("3 Newest Right answer, Explanation, Tags Tara, ")
    assert said[2].startswith("2 Choice B, Explanation Tara, ")
    assert "“Reworded &lt;C&gt;”" in said[2]
    assert "First version" in said[1]
    assert "Reworded &lt;C&gt;" in browser.get(f"/desk/questions/{code}").text


def test_choices_added_taken_out_and_moved_are_named(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    one, two, three = form_of(browser, code)["option_id"]
    edit(browser, code, option_id=[two, one, "new1"], option_text=["0", "1", "Nothing"])
    assert "Choice C added, Choice C taken out, Order of the choices" in lines(browser, code)[2]
    edit(browser, code, shuffle="0")
    assert "3 Newest Choices " in lines(browser, code)[3]
    assert three not in form_of(browser, code)["option_id"]


def test_who_verified_what_and_which_test_holds_it_stand_beside_the_version(site: Site) -> None:
    browser = tara(site)
    with site.writing() as db:
        make_paper(db, title="Mock <one>", sections={"A": [single(stem="Held?")]})
        code = db.exec(select(Question.code)).one()
    edit(browser, code, stem="Held still?")
    with site.writing() as db:
        usha = make_person(db, "Usha", Role.EDITOR)
    reviewer = site.signed_in(usha)
    step(reviewer, code, "send_back", remark="Not <yet>")
    verify(reviewer, code)
    said = lines(browser, code)
    assert "Live" in said[2]
    assert "Verified by Usha" in said[2]
    assert "Sent back by Usha" in said[2]
    assert "Not &lt;yet&gt;" in said[2]
    assert "Used by Mock &lt;one&gt;" in said[1]
    step(reviewer, code, "withdraw", sure="1")
    assert "withdrawn on" in lines(browser, code)[2]
    assert "Live" not in lines(browser, code)[2]


def test_two_versions_are_compared_word_by_word_with_words_for_who_sees_no_colour(site: Site) -> None:
    browser = tara(site)
    code = create(browser, stem="What does <b>it</b> print?")
    edit(browser, code, stem="What does <b>it</b> return?", tags="new")
    browser.get("/desk/questions")  # where the message after saving is shown
    page = compared(browser, code, "?from=1&to=2")
    assert '&lt;b&gt;it&lt;/b&gt; <del><span class="visually-hidden">Taken out: </span>print' in page
    assert '<ins><span class="visually-hidden">Added: </span>return' in page
    assert re.findall(r'<h3 class="fs-m">(.*?)</h3>', page) == ["Question", "Tags"]
    assert page == compared(browser, code), "the newest two, unless others are asked for"
    assert "Added: </span>print" in compared(browser, code, "?from=2&to=1")
    assert "they are one" in compared(browser, code, "?from=2&to=2")


@pytest.mark.parametrize(
    "query", ["?from=1&to=9", "?from=0&to=1", "?from=x", "?to=-1", "?from=%00", "?from=99999999999"]
)
def test_a_version_that_is_not_there_is_404(sqlite_site: Site, query: str) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    assert browser.get(f"/desk/questions/{code}/versions/compare{query}").status_code == 404


def test_an_old_version_comes_back_as_a_new_one_and_that_is_undone_alike(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    edit(browser, code, stem="Other?", option_text=["7", "8", "9"])
    assert restore(browser, code, 1, 2).status_code == 303
    question, versions = stored(site, code)
    assert question.version == 3
    for name in ("stem", "options", "key", "solution", "tags", "topic"):
        assert getattr(versions[2], name) == getattr(versions[0], name)
    assert "“As in version 1”" in lines(browser, code)[3]
    assert restore(browser, code, 2, 3).status_code == 303
    assert stored(site, code)[1][3].stem == "Other?"
    assert restore(browser, code, 4, 4, headers=JSON).json() == {"version": 4, "status": "draft"}


def test_going_back_to_what_was_verified_needs_no_new_look(site: Site) -> None:
    browser = tara(site)
    code = create(browser, status="verified")
    edit(browser, code, stem="Worse?")
    restore(browser, code, 1, 2)
    question, _ = stored(site, code)
    assert (question.status, question.verified_version) == (QuestionStatus.VERIFIED, 3)


def test_a_restore_decided_on_an_older_version_is_refused(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    edit(browser, code, stem="Two?")
    edit(browser, code, stem="Three?")
    reply = restore(browser, code, 1, 2)
    assert reply.status_code == 409
    assert "Somebody saved this question while you looked at it" in reply.text
    reply = restore(browser, code, 1, 2, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "stale")
    for number in (0, 4, 99999999):
        assert restore(browser, code, number, 3).status_code == 422
    assert stored(site, code)[0].version == 3


def test_what_no_longer_passes_the_checks_is_not_restored(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    edit(browser, code, stem="Two?")
    with site.writing() as db:
        old = db.exec(select(QuestionVersion).where(QuestionVersion.number == 1)).one()
        old.reference = "javascript:alert(1)"  # as a check of long ago would have let through
        db.add(old)
    reply = restore(browser, code, 1, 2)
    assert reply.status_code == 422
    assert "Nothing was restored." in reply.text
    assert "Write a whole address" in reply.text
    assert stored(site, code)[0].version == 2


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_comes_back_whole(sqlite_site: Site, name: str) -> None:
    browser = tara(sqlite_site)
    code = create(browser, **KINDS[name])
    page = browser.get(f"/desk/questions/{code}").text
    browser.post(f"/desk/questions/{code}", data=fields_in(page) | {"solution": "Changed.", "then": "save"})
    assert lines(browser, code)[2].startswith("2 Newest Explanation Tara")
    assert restore(browser, code, 1, 2).status_code == 303
    _, (first, _, third) = stored(sqlite_site, code)
    assert (first.key, first.options, first.solution) == (third.key, third.options, third.solution)


def test_a_passage_that_others_share_comes_back_as_they_say_it_today(site: Site) -> None:
    browser = tara(site)
    code = create(browser, passage_code="river-2", passage="Old water.")
    create(browser, passage_code="river-2", stem="And this?")
    changes = {"passage_code": "river-2", "passage": "New water.", "passage_everywhere": "1", "stem": "Newer?"}
    edit(browser, code, **changes)
    assert restore(browser, code, 1, 2).status_code == 303
    newest = stored(site, code)[1][-1]
    assert (newest.stem, newest.passage) == ("What does `len([])` return?", "New water.")


def test_a_note_is_at_most_two_hundred_letters(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    reply = browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | {"note": "x" * 201, "stem": "Kept?"})
    assert (reply.status_code, list(errors_in(reply.text))) == (422, ["note"])
    assert "Kept?" in reply.text


def test_a_long_history_comes_in_pages_of_as_few_queries(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    with queries(sqlite_site) as few:
        browser.get(f"/desk/questions/{code}/versions")
    form = form_of(browser, code)
    for number in range(1, 35):
        browser.post(f"/desk/questions/{code}", data=form | {"version": str(number), "stem": f"Version {number + 1}?"})
    with queries(sqlite_site) as many:
        assert list(lines(browser, code)) == list(range(35, 5, -1))
    assert len(many) == len(few)
    page = browser.get(f"/desk/questions/{code}/versions?before=6").text
    assert page.count('id="v-') == 5
    assert "Older" not in page
    assert browser.get(f"/desk/questions/{code}/versions?before=nonsense").status_code == 200
