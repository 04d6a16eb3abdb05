"""A ruling is taken back: what held before it holds again for everybody, looked at first and said with a reason."""

import html

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.bank.models import QuestionVersion
from mockhall.papers.models import PaperQuestion
from tests.make import Site, make_paper, single
from tests.results.ruled import Three, look, question, scores, tara
from tests.results.sitting import JSON, chose, person, sit

WHY = "The cache is never shared here."


def applied(site: Site, editor: TestClient, **fields: str) -> str:
    """The address of a ruling that holds."""
    site.clock.forward(minutes=1)
    url = look(site, editor, **fields)
    editor.post(f"{url}/apply")
    site.clock.forward(minutes=1)
    return url


def take_back(editor: TestClient, url: str) -> str:
    """The address of the ruling that takes one back, looked at."""
    reply = editor.post(f"{url}/take-back", data={"reason": WHY})
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


@pytest.mark.parametrize("action", ["dropped", "leave_out", "all_right", "more_than_one_right", "change_key"])
def test_taken_back_every_score_is_what_it_was(site: Site, three: Three, action: str) -> None:
    before, editor = scores(site), tara(site)
    url = applied(site, editor, action=action, right="o2", key="o2")
    after = scores(site)
    assert after != before
    back = take_back(editor, url)
    looked = editor.get(back, headers=JSON).json()
    assert (looked["state"], looked["takes_back"]) == ("ready", True)
    assert scores(site) == after, "first it is only looked at"
    editor.post(f"{back}/apply")
    assert scores(site) == before


def test_results_say_that_it_was_taken_back_and_why(site: Site, three: Three) -> None:
    editor = tara(site)
    back = take_back(editor, applied(site, editor, action="dropped"))
    assert "Take a ruling back: the key stands as it was set" in editor.get(back).text
    editor.post(f"{back}/apply")
    ben = three.browse(site, "Ben")
    told = ben.get(f"{three.url('Ben')}/result", headers=JSON).json()["rulings"]
    said = "An earlier decision was taken back: the right answer is again what it was before."
    assert told == [{"number": 1, "text": said, "reason": WHY}]
    assert WHY in ben.get(f"{three.url('Ben')}/result").text


def test_what_an_earlier_ruling_had_decided_holds_again(site: Site, three: Three) -> None:
    editor = tara(site)
    applied(site, editor, action="all_right")
    before = scores(site)
    back = take_back(editor, applied(site, editor, action="leave_out"))
    editor.post(f"{back}/apply")
    assert scores(site) == before
    told = three.browse(site, "Ben").get(f"{three.url('Ben')}/result", headers=JSON).json()["rulings"]
    assert told[0]["text"] == "An earlier decision was taken back. Every answer was accepted as right."


def test_a_new_key_taken_back_is_the_old_one_again_also_for_who_had_the_new_version(site: Site) -> None:
    with site.writing() as db:
        made = make_paper(db, sections={"All": [single(stem="Which one?")]})
    sit(site, made, person(site, "Asha"), {1: chose("o1")})
    editor = tara(site)
    url = applied(site, editor, action="change_key", key="o2")
    with site.writing() as db:
        newer = make_paper(db, sections={"All": [single()]}, slug="newer", title="Newer")
        asked = db.exec(select(PaperQuestion).order_by(col(PaperQuestion.id).desc())).first()
        query = select(QuestionVersion.id).where(QuestionVersion.number == 2)
        asked.question_version_id = db.exec(query).one()
    sit(site, newer, person(site, "Ben"), {1: chose("o1")})
    assert scores(site) == {"Asha": "-1 of 3", "Ben": "-1 of 3"}
    back = take_back(editor, url)
    assert "right is again A" in editor.get(back).text
    editor.post(f"{back}/apply")
    assert scores(site) == {"Asha": "3 of 3", "Ben": "3 of 3"}
    assert question(site).version == 3, "and the question has it as its own"
    again = take_back(editor, back)
    editor.post(f"{again}/apply")
    assert scores(site) == {"Asha": "-1 of 3", "Ben": "-1 of 3"}


def test_it_is_refused_in_a_sentence_once_a_later_ruling_holds(site: Site, three: Three) -> None:
    editor = tara(site)
    url = applied(site, editor, action="dropped")
    applied(site, editor, action="leave_out")
    page = html.unescape(editor.get(url).text)
    assert "A later ruling about this question was applied" in page
    assert "/take-back" not in page
    reply = editor.post(f"{url}/take-back", data={"reason": WHY}, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "not_last")


def test_without_a_reason_it_is_asked_for_beside_the_field(sqlite_site: Site) -> None:
    with sqlite_site.writing() as db:
        make_paper(db, sections={"All": [single(stem="Which one?")]})
    editor = tara(sqlite_site)
    url = applied(sqlite_site, editor, action="dropped")
    reply = editor.post(f"{url}/take-back", data={"reason": " "})
    assert reply.status_code == 422
    assert 'id="reason-error"' in reply.text
    reply = editor.post(f"{url}/take-back", data={"reason": "x" * 401}, headers=JSON)
    assert "longer than 400" in reply.json()["fields"]["reason"]
    waiting = look(sqlite_site, editor, action="leave_out")
    assert editor.post(f"{waiting}/take-back", data={"reason": WHY}).status_code == 409
