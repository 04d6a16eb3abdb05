"""A test asks only versions that somebody verified: no older one that was sent back when a newer one was."""

from typing import Any

from fastapi.testclient import TestClient

from tests.bank.desk_of import create, edit, step, tara, usha, verify
from tests.make import Site
from tests.papers_desk.test_papers import paper_of


def with_question(site: Site, editor: TestClient, code: str) -> str:
    """A draft test that holds the version a question has now; its address."""
    at = str(editor.post("/desk/papers", data={"title": "Older", "subject": "Python", "full": "1", "wrong": "0",
             "difficulty": "Easy", "reveal": "mock", "time_up": "submit", "save_policy": "auto", "ask_name": "no",
             "ask_roll": "no", "partial": "none"}).headers["location"])  # fmt: skip
    assert editor.post(f"{at}/questions", data={"question": code, "section": "1"}).status_code == 303
    return at


def publish(site: Site, editor: TestClient, at: str) -> Any:
    version = paper_of(site, at.rpartition("/")[2])[0].version
    return editor.post(f"{at}/status", data={"then": "publish", "version": version})


def test_a_version_that_was_sent_back_keeps_a_test_from_being_published(site: Site) -> None:
    editor, reviewer = tara(site), usha(site)
    code = create(editor)
    at = with_question(site, editor, code)
    step(editor, code, "review")
    step(reviewer, code, "send_back", remark="The key is wrong.")
    edit(editor, code, stem="What does `len([1])` return?")
    verify_by(editor, reviewer, code)
    reply = publish(site, editor, at)
    assert reply.status_code == 422
    assert "Question 1 is not verified yet." in reply.text


def test_a_version_that_was_verified_itself_stays_good_when_a_newer_one_is(site: Site) -> None:
    editor, reviewer = tara(site), usha(site)
    code = create(editor)
    at = with_question(site, editor, code)
    verify_by(editor, reviewer, code)
    edit(editor, code, stem="What does `len(())` return?")
    verify_by(editor, reviewer, code)
    assert publish(site, editor, at).status_code == 303


def test_a_version_that_says_what_a_verified_one_says_is_good(site: Site) -> None:
    editor, reviewer = tara(site), usha(site)
    code = create(editor)
    at = with_question(site, editor, code)
    edit(editor, code, tags="filed")
    verify_by(editor, reviewer, code)
    assert publish(site, editor, at).status_code == 303


def verify_by(editor: TestClient, reviewer: TestClient, code: str) -> None:
    step(editor, code, "review")
    verify(reviewer, code)
