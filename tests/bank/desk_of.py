"""The desk as its tests need it: who comes to it, a filled form, a counter of queries."""

import re
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import Role
from mockhall.bank.models import Question, QuestionVersion, Verification
from tests.fields import sent_by
from tests.make import Site, make_person

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def tara(site: Site) -> TestClient:
    """Tara, who edits."""
    return _as(site, "Tara", Role.EDITOR)


def usha(site: Site) -> TestClient:
    """Usha, who edits too."""
    return _as(site, "Usha", Role.EDITOR)


def ravi(site: Site) -> TestClient:
    """Ravi, a student who must see nothing of the desk."""
    return _as(site, "Ravi", Role.STUDENT)


def sita(site: Site) -> TestClient:
    """Sita, staff: she reads reports and writes no questions."""
    return _as(site, "Sita", Role.STAFF)


def _as(site: Site, name: str, role: Role) -> TestClient:
    with site.writing() as db:
        person = make_person(db, name, role)
    return site.signed_in(person)


def filled(**changes: Any) -> dict[str, Any]:
    """The form of a single-choice question, new, with B right."""
    return {
        "version": "0", "kind": "single", "stem": "What does `len([])` return?", "option_id": ["new1", "new2", "new3"],
        "option_text": ["1", "0", "None"], "key": "new2", "right_is": "value", "tolerance_is": "absolute",
        "solution": "An empty list has no items.", "subject": "Python", "topic": "Lists", "difficulty": "Easy",
        "shuffle": "1", "then": "save", "alike_too": "1",
    } | changes  # fmt: skip


def create(browser: TestClient, status: Any = "draft", **changes: Any) -> str:
    """Write a question at the desk, `verified` where asked, by its author if nobody else edits; returns its code."""
    reply = browser.post("/desk/questions", data=filled(**changes))
    assert reply.status_code == 303, reply.text
    code = str(reply.headers["location"].rsplit("/", 1)[1])
    if status == "verified":
        verify(browser, code)
    return code


def step(browser: TestClient, code: str, then: str, version: Any = None, **fields: Any) -> Any:
    """Press a button of the card that says where a question stands, by default on the newest version."""
    if version is None:
        page = browser.get(f"/desk/questions/{code}").text
        version = int(re.findall(r'name="version" value="(\d+)"', page)[0])
        fields = {"verified_at": "".join(re.findall(r'name="verified_at" value="(.*?)"', page))} | fields
    sent = {"then": then, "version": version} | fields
    return browser.post(f"/desk/questions/{code}/status", data=sent)


def verify(browser: TestClient, code: str) -> None:
    """Through review where it isn't there yet, and verified by whoever this is."""
    step(browser, code, "review")  # refused where an edit brought it there
    reply = step(browser, code, "verify", evidence="Ran it.")
    assert reply.status_code == 303, reply.text


def form_of(browser: TestClient, code: str) -> dict[str, Any]:
    """The form of a stored choice question as its page holds it, ready to be changed and sent."""
    page = browser.get(f"/desk/questions/{code}").text
    return filled(
        version=re.findall(r'name="version" value="(\d+)"', page)[0],
        option_id=re.findall(r'name="option_id" value="(\w+)"', page),
        option_text=[_unescaped(text) for text in re.findall(r'name="option_text"[^>]*>\n([^<]*)</textarea>', page)],
        key=re.findall(r'name="key" value="(\w+)" checked', page),
    )


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def edit(browser: TestClient, code: str, **changes: Any) -> None:
    """Save a question with changes."""
    reply = browser.post(f"/desk/questions/{code}", data=form_of(browser, code) | changes)
    assert reply.status_code == 303, reply.text


def card(browser: TestClient, code: str) -> str:
    """What a question's page says of where it stands."""
    page = browser.get(f"/desk/questions/{code}").text
    return page.split('id="standing"')[1].split("</section>")[0]


KINDS: dict[str, dict[str, Any]] = {
    "true_false": {"kind": "true_false", "stem": "`True` is an `int`.", "truth": "t"},
    "match": {
        "kind": "match", "stem": "Match.", "pair_id": ["new1", "new2", "new3", "new4"], "pair_right_id": [""] * 4,
        "pair_left": ["200", "404", "201", ""], "pair_right": ["Success", "Not found", "Success", "Teapot"],
    },
    "order": {
        "kind": "order", "stem": "Put in order.", "step_id": ["new1", "new2", "new3"],
        "step_text": ["First", "Second", "Third"],
    },
    "cloze": {
        "kind": "cloze", "stem": "`[[1]] def f()` then `[[2]] g()`, which takes [[3]] s.", "gap": ["1", "2", "3"],
        "gap_type": ["choice", "text", "number"], "gap_lines": ["* async\nawait", "await\nAWAIT", "2 ± 0.5"],
        "gap_case": ["2"],
    },
    "numeric": {"kind": "numeric", "value": "12.5", "tolerance": "0.1", "also": "3 to 4\n10 ± 5 %"},
    "decimals": {"kind": "numeric", "value": "1.25", "places": "2", "places_how": "truncate"},
    "text": {"kind": "text", "answers": "a = 1\nb*", "case": "1", "spaces": "1", "wildcards": "1"},
}  # fmt: skip
"""A filled form of each kind that isn't a choice: `filled(**KINDS["match"])`."""


def fields_in(page: str) -> dict[str, Any]:
    """What a browser would send of the question form on a page, but for its buttons."""
    return sent_by(page.split('id="question-form"')[1].split("</form>", maxsplit=1)[0])


def errors_in(page: str) -> dict[str, str]:
    """What the page says beside its fields, by control."""
    found = re.findall(r'<span class="error" id="([\w-]+)-error">.*?</svg> (.*?)</span>', page)
    return {name: _unescaped(text) for name, text in found}


def stored(site: Site, code: str) -> tuple[Question, list[QuestionVersion]]:
    """A question with all its versions, oldest first."""
    with site.reading() as db:
        question = db.exec(select(Question).where(Question.code == code)).one()
        query = select(QuestionVersion).where(QuestionVersion.question_id == question.id)
        return question, list(db.exec(query.order_by(col(QuestionVersion.number))))


def signed(site: Site) -> list[Verification]:
    """All verifications, oldest first."""
    with site.reading() as db:
        return list(db.exec(select(Verification).order_by(col(Verification.id))))


def counts(site: Site) -> tuple[int, int]:
    """How many questions and versions there are."""
    with site.reading() as db:
        return len(db.exec(select(Question.id)).all()), len(db.exec(select(QuestionVersion.id)).all())
