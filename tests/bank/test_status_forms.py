"""The forms of the card that says where a question stands: fields, warnings, and what a script is told."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mockhall.bank.models import Question, QuestionStatus
from tests.bank.desk_of import HTMX, JSON, card, create, errors_in, signed, step, stored, tara, usha
from tests.make import START, Site, make_paper, single

BAD = {
    "no evidence": ({"evidence": " "}, "evidence"),
    "long evidence": ({"evidence": "x" * 1001}, "evidence"),
    "NUL in the evidence": ({"evidence": "a\0b"}, "evidence"),
    "unknown time": ({"due": "7"}, "due"),
    "no day": ({"due": "date", "due_on": ""}, "due_on"),
    "nonsense day": ({"due": "date", "due_on": "31.12."}, "due_on"),
    "today": ({"due": "date", "due_on": START.date().isoformat()}, "due_on"),
    "in eleven years": ({"due": "date", "due_on": "2037-12-01"}, "due_on"),
}


def test_what_does_not_fit_stands_beside_its_field_and_what_was_typed_is_kept(sqlite_site: Site) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    step(browser, code, "review")
    for changes, control in BAD.values():
        sent = {"evidence": "Looked it <up>.", "due": "24"} | changes
        reply = step(browser, code, "verify", **sent)
        assert reply.status_code == 422
        assert list(errors_in(reply.text)) == [control]
        assert control == "evidence" or "Looked it &lt;up&gt;." in reply.text
    reply = step(browser, code, "send_back", remark="")
    assert list(errors_in(reply.text)) == ["remark"]
    assert signed(sqlite_site) == []


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ({"due": "never"}, None),
        ({"due": "3"}, timedelta(days=92)),
        ({"due": "date", "due_on": "2026-12-22"}, timedelta(days=30)),
    ],
)
def test_when_it_is_due_again_can_be_chosen(sqlite_site: Site, sent: dict[str, str], due: timedelta | None) -> None:
    browser = tara(sqlite_site)
    code = create(browser)
    step(browser, code, "review")
    step(browser, code, "verify", evidence="x", **sent)
    expected = START.replace(hour=0) + due if due else None
    assert stored(sqlite_site, code)[0].due_at == expected
    assert "Due again" not in card(browser, code) if due is None else "Due again on" in card(browser, code)
    if due:
        sqlite_site.clock.at = START.replace(hour=0) + due
        later = card(usha(sqlite_site), code)
        assert "</svg>Due again</span>" in later
        assert ">Verify it again<" in later


def test_retiring_what_a_published_test_asks_warns_first_and_names_it(site: Site) -> None:
    browser = tara(site)
    with site.writing() as db:
        make_paper(db, title="Mock <one>", sections={"A": [single(stem="Held?")]})
        code = db.exec(select(Question.code)).one()
    for then in ("retire", "withdraw"):
        reply = step(browser, code, then)
        assert reply.status_code == 409
        assert "1 published test would feel this" in reply.text
        assert '<a href="/desk/papers/mock-1">Mock &lt;one&gt;</a>' in reply.text
        assert stored(site, code)[0].status == QuestionStatus.VERIFIED
        data = {"then": then, "version": "1"}
        reply = browser.post(f"/desk/questions/{code}/status", data=data, headers=JSON).json()
        assert (reply["reason"], reply["tests"][0]["slug"]) == ("in_use", "mock-1")
    assert step(browser, code, "retire", sure="1").status_code == 303
    assert stored(site, code)[0].status == QuestionStatus.RETIRED
    step(browser, code, "bring_back")
    assert stored(site, code)[0].status == QuestionStatus.VERIFIED


def test_a_script_is_told_where_it_stands(site: Site) -> None:
    browser = tara(site)
    code = create(browser)
    reply = browser.post(f"/desk/questions/{code}/status", data={"then": "review", "version": "1"}, headers=JSON)
    assert reply.json() == {
        "status": "in_review", "version": 1, "verified_version": None, "verified_at": None, "due_at": None,
    }  # fmt: skip
    reply = browser.post(f"/desk/questions/{code}/status", data={"then": "verify", "version": "1"}, headers=JSON)
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["evidence"])
    reply = browser.post(f"/desk/questions/{code}/status", data={"then": "vanish", "version": "1"}, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (422, "nonsense")


def test_the_list_says_how_many_wait_for_a_reviewer(site: Site) -> None:
    browser = tara(site)
    assert browser.get("/desk/waiting").headers["location"] == "/desk/questions?status=in_review"
    assert "Nothing to review" in browser.get("/desk/waiting", headers=HTMX).text
    for n in range(2):
        step(browser, create(browser, stem=f"Waits {n}?"), "review")
    code = create(browser, status="verified")
    with site.writing() as db:
        db.exec(select(Question).where(Question.code == code)).one().due_at = START
    said = browser.get("/desk/waiting", headers=HTMX).text
    assert ">2 to review</a>" in said
    assert ">1 due again</a>" in said
    step(browser, code, "retire")
    assert "due again" not in browser.get("/desk/waiting", headers=HTMX).text
