"""A regrade and a ruling for the walk and for who may reach what."""

import re

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from mockhall.accounts.models import Person
from mockhall.bank.models import Question
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Action, Ruling
from mockhall.papers.models import Paper
from mockhall.results import regrading, rulings
from tests.make import START


def applied_regrade(db: Session, actor: Person) -> str:
    """The code of a regrade that is over."""
    paper = db.exec(select(Paper).where(Paper.slug == "mock-1")).one()
    made = regrading.begin(db, paper, "An example", actor, START)
    made.state = regrading.Stage.APPLIED
    made.applied_at = START
    return made.code


def with_regrade(staff: TestClient) -> None:
    """A dry run that finds nothing to change, dropped."""
    reply = staff.post("/desk/papers/mock-1/regrade", data={"reason": "To see"})
    at = reply.headers["location"]
    staff.get(at)
    staff.get(at, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    staff.post(f"{at}/drop")


def applied_ruling(db: Session, actor: Person) -> str:
    """The code of a ruling that is over: on the question whose address the tests take."""
    question = db.exec(select(Question)).first()
    assert question is not None
    made = rulings.begin(db, question, 1, Ruling(Action.UPHOLD), "An example", actor, START)
    made.state, made.applied_at = regrading.Stage.APPLIED, START
    return made.code


def with_rulings(editor: TestClient) -> None:
    """The controls of a new key for a question of each kind; a ruling dropped, and one applied."""
    url, at = "", ""
    for kind in Kind:
        found = re.search(r'href="(/desk/questions/\w{12})"', editor.get(f"/desk/questions?kind={kind}").text)
        if found:
            url = f"{found[1]}/rulings"
            editor.get(url)
            editor.post(url, data={"action": "change_key", "reason": ""})
    for action, then in (("dropped", "drop"), ("all_right", "apply")):
        at = editor.post(url, data={"action": action, "reason": "To see"}).headers["location"]
        editor.get(at)
        editor.get(at, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
        editor.post(f"{at}/{then}")
        editor.get(at)
    assert editor.post(f"{at}/take-back", data={"reason": ""}).status_code == 422
    editor.get(editor.post(f"{at}/take-back", data={"reason": "It was right"}).headers["location"])
    editor.get(url)
