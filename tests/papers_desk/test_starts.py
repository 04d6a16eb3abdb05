"""A new test: a short form, and what each start sets."""

from typing import Any

import pytest

from mockhall.exam.reveal import PRESETS
from mockhall.papers.desk_starts import STARTS
from tests.bank.desk_of import errors_in, tara
from tests.fields import sent_by
from tests.make import Site
from tests.papers_desk.test_papers import paper_of, rules

SHORT = {"title": "Term end", "subject": "Python"}


def form_on(page: str) -> dict[str, Any]:
    """The form of a new test as its page holds it."""
    return sent_by(page.split('action="/desk/papers"')[1].partition("</form>")[0])


def test_a_new_test_asks_for_a_title_a_subject_and_a_start(sqlite_site: Site) -> None:
    page = tara(sqlite_site).get("/desk/papers/new").text
    assert set(form_on(page)) == {"title", "subject", "start"}
    assert form_on(page)["start"] == ["mock"]
    assert page.count('name="start"') == len(STARTS)


@pytest.mark.parametrize(
    ("start", "minutes", "attempts", "save_policy", "access", "full", "reveal"),
    [
        ("practice", None, None, "auto", "public", "1", "practice"),
        ("mock", 60, None, "auto", "public", "1", "mock"),
        ("exam", 180, 1, "strict_cbt", "sign_in", "4", "contest"),
        ("contest", 60, 1, "auto", "sign_in", "4", "contest"),
    ],
)
def test_each_start_sets_the_rules_it_names(
    sqlite_site: Site, start: str, minutes: int | None, attempts: int | None, save_policy: str, access: str,
    full: str, reveal: str,
) -> None:  # fmt: skip
    browser = tara(sqlite_site)
    reply = browser.post("/desk/papers", data=SHORT | {"start": start})
    assert reply.headers["location"] == "/desk/papers/term-end"
    paper, version = paper_of(sqlite_site, "term-end")
    assert (paper.status, paper.title, version.minutes, version.attempts_allowed) == (
        "draft", "Term end", minutes, attempts,
    )  # fmt: skip
    assert (version.save_policy, version.access, version.scheme["full"]) == (save_policy, access, full)
    assert version.reveal == PRESETS[reveal].to_json()
    assert (version.practice, version.shuffle_options) == (start == "practice", True)
    page = browser.get("/desk/papers/term-end").text
    assert ("Say when it closes." in page) is (reveal == "contest")


def test_what_doesn_t_fit_keeps_what_was_typed(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    reply = browser.post("/desk/papers", data={"title": " ", "subject": "Python", "start": "contest"})
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {"title"}
    form = form_on(reply.text)
    assert (form["subject"], form["start"]) == (["Python"], ["contest"])
    assert set(errors_in(browser.post("/desk/papers", data=SHORT | {"start": "none"}).text)) == {"start"}


def test_scripts_may_send_any_rule_beside_the_start_and_none_at_all(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    sent = SHORT | {"start": "exam", "minutes": "45", "calculator": "1", "closes": "2027-01-31T09:00"}
    assert browser.post("/desk/papers", data=sent).status_code == 303
    version = paper_of(sqlite_site, "term-end")[1]
    assert (version.minutes, version.calculator, version.save_policy) == (45, True, "strict_cbt")
    assert browser.post("/desk/papers", data=rules()).headers["location"] == "/desk/papers/fastapi-mock-2"


def test_a_rule_the_short_form_has_no_field_for_is_said_in_the_whole_form(sqlite_site: Site) -> None:
    reply = tara(sqlite_site).post("/desk/papers", data=SHORT | {"start": "exam", "minutes": "0"})
    assert reply.status_code == 422
    assert set(errors_in(reply.text)) == {"minutes"}
    form = form_on(reply.text)
    assert (form["minutes"], form["save_policy"], form["title"]) == (["0"], ["strict_cbt"], ["Term end"])
    assert "closed-right_answer" in form["shown"]
