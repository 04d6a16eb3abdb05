"""Errors reported from a review: to the desk, and back with what became of them."""

import re
from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.papers.models import Paper
from mockhall.results import note_routes, reported
from mockhall.results.models import QuestionReport
from tests.make import Site, single
from tests.results.sitting import JSON, browse, chose, paper, person, sit
from tests.results.test_notes import FRAGMENT, Reviewer

WRONG_KEY = {"kind": "key", "text": "B is right <i>too</i>."}


def codes(site: Site) -> list[str]:
    with site.reading() as db:
        return [row.code for row in db.exec(select(QuestionReport).order_by(QuestionReport.id)).all()]  # type: ignore[arg-type]


def desk(site: Site, role: Role = Role.EDITOR) -> Any:
    return browse(site, person(site, f"The {role}", role))


def test_a_report_reaches_the_desk_and_its_answer_comes_back(site: Site) -> None:
    asha = Reviewer(site)
    reply = asha.post("reports/1?show=right", WRONG_KEY)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{asha.url}/review?show=right#q1")
    assert asha.own(1)["report"] == {"kind": "key", "status": "open", "outcome": ""}
    page = asha.page()
    assert "Reported</span>" in page
    assert "B is right &lt;i&gt;too&lt;/i&gt;." in page
    tara = desk(site)
    (code,) = codes(site)
    listed = tara.get("/desk/corrections").text
    assert f'href="/desk/corrections/{code}"' in listed
    assert "B is right &lt;i&gt;too&lt;/i&gt;." in listed
    assert "Asha" not in listed
    one = tara.get(f"/desk/corrections/{code}").text
    assert "A single question?" in one
    assert re.search(r'data-result="right".*?Alpha.*?Chosen by the reporter', one, re.DOTALL)
    assert "Open the question" in one
    assert "The attempt" not in one  # for staff: an editor reads no attempts
    reply = tara.post(f"/desk/corrections/{code}", data={"text": "You are right: <b>mended</b>."})
    assert (reply.status_code, reply.headers["location"]) == (303, "/desk/corrections")
    assert "No open report" in tara.get("/desk/corrections").text
    assert code in tara.get("/desk/corrections?state=closed").text
    assert "You are right: &lt;b&gt;mended&lt;/b&gt;." in asha.page()
    assert asha.own(1)["report"] == {"kind": "key", "status": "closed", "outcome": "You are right: <b>mended</b>."}
    with site.reading() as db:
        (line,) = db.exec(select(AuditEntry).where(AuditEntry.verb == "correction")).all()
    assert line.subject == f"report {code} closed"


def test_staff_come_to_the_attempt_and_not_to_the_question(site: Site) -> None:
    asha = Reviewer(site)
    asha.post("reports/1", WRONG_KEY)
    page = desk(site, Role.STAFF).get(f"/desk/corrections/{codes(site)[0]}").text
    assert f'href="/desk/attempts/{asha.attempt.code}"' in page
    assert "Open the question" not in page


def test_one_open_report_a_question_and_another_once_it_is_answered(site: Site) -> None:
    asha = Reviewer(site)
    asha.post("reports/1", WRONG_KEY)
    assert "Send report" not in asha.post("bookmarks/1", {"on": "1"}, **FRAGMENT).text
    reply = asha.post("reports/1", {"kind": "typo", "text": "Again."}, **JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "reported")
    assert asha.post("reports/2", WRONG_KEY).status_code == 303
    desk(site).post(f"/desk/corrections/{codes(site)[0]}", data={"text": "It is right."})
    assert asha.post("reports/1", {"kind": "typo", "text": "Again."}).status_code == 303
    assert len(codes(site)) == 3
    assert asha.own(1)["report"]["kind"] == "typo"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "key", "text": "   "}, "Say what is wrong"),
        ({"kind": "", "text": "It is."}, "Choose what is wrong."),
        ({"kind": "nonsense", "text": "It is."}, "Choose what is wrong."),
        ({"kind": "typo", "text": "x" * 2001}, "longer than 2,000 characters"),
        ({"kind": "typo", "text": "a\x07b"}, "can&#39;t be kept"),
        ({}, "Choose what is wrong."),
    ],
)
def test_a_report_that_does_not_fit_is_kept_in_the_form(site: Site, fields: dict[str, str], words: str) -> None:
    asha = Reviewer(site)
    reply = asha.post("reports/2", fields)
    assert reply.status_code == 422
    assert words in reply.text
    assert codes(site) == []


def test_guests_report_too(sqlite_site: Site) -> None:
    guest = person(sqlite_site, "", Role.GUEST)
    attempt = sit(sqlite_site, paper(sqlite_site), guest, {1: chose("o1")})
    reply = browse(sqlite_site, guest).post(f"/attempts/{attempt.code}/reports/1", data=WRONG_KEY)
    assert reply.status_code == 303


def test_reports_are_limited_by_the_hour(site: Site) -> None:
    asha = person(site, "Asha")
    made = paper(site, sections={"S": [single() for _ in range(note_routes.A_PERSON + 1)]})
    attempt, browser = sit(site, made, asha), browse(site, asha)
    sent = [
        browser.post(f"/attempts/{attempt.code}/reports/{number}", data=WRONG_KEY, headers=JSON)
        for number in range(1, note_routes.A_PERSON + 2)
    ]
    assert [reply.status_code for reply in sent] == [200] * note_routes.A_PERSON + [429]
    assert sent[-1].json()["reason"] == "too_many"
    assert "retry-after" in sent[-1].headers
    assert len(codes(site)) == note_routes.A_PERSON
    site.clock.forward(minutes=61)
    last = browser.post(f"/attempts/{attempt.code}/reports/{note_routes.A_PERSON + 1}", data=WRONG_KEY)
    assert last.status_code == 303


@pytest.mark.parametrize(("text", "words"), [("", "Say what became of it"), ("x" * 2001, "longer than 2,000")])
def test_an_answer_is_needed(site: Site, text: str, words: str) -> None:
    Reviewer(site).post("reports/1", WRONG_KEY)
    reply = desk(site).post(f"/desk/corrections/{codes(site)[0]}", data={"text": text})
    assert reply.status_code == 422
    assert words in reply.text
    assert "Answer and close" in reply.text


def test_a_report_is_answered_once(site: Site) -> None:
    Reviewer(site).post("reports/1", WRONG_KEY)
    tara, at = desk(site), f"/desk/corrections/{codes(site)[0]}"
    assert tara.post(at, data={"text": "First."}).status_code == 303
    reply = tara.post(at, data={"text": "Second."}, headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "closed")
    assert "First." in tara.get(at).text


def test_a_long_list_has_pages_by_key(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reported, "PAGE", 2)
    asha = Reviewer(site)
    for number in range(1, 6):
        asha.post(f"reports/{number}", {"kind": "typo", "text": f"Report {number}."})
    tara, seen, url = desk(site), [], "/desk/corrections"
    for _ in range(3):
        page = tara.get(url).text
        seen.append([number for number in range(1, 6) if f"Report {number}." in page])
        _, _, rest = page.partition(f'href="{url.partition("?")[0]}?before=')
        url = f"/desk/corrections?before={rest.partition(chr(34))[0]}"
    assert seen == [[4, 5], [2, 3], [1]]
    for nonsense in ("zzz", "' OR 1=1", "\0", "x" * 500):
        assert tara.get("/desk/corrections", params={"before": nonsense}).status_code == 200


def test_a_report_of_a_question_that_changed_since_says_so(site: Site) -> None:
    from mockhall.bank.models import Question

    Reviewer(site).post("reports/1", WRONG_KEY)
    tara, at = desk(site), f"/desk/corrections/{codes(site)[0]}"
    assert "has changed since" not in tara.get(at).text
    with site.writing() as db:
        for question in db.exec(select(Question)).all():
            question.version = 2
    assert "This is version 1; the question has changed since." in tara.get(at).text


def test_a_report_names_the_other_open_ones_of_its_question(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reported, "MOST_ALIKE", 1)
    asha = Reviewer(site)
    others = {name: person(site, name) for name in ("Ben", "Nina")}
    asha.post("reports/1", WRONG_KEY)
    asha.post("reports/2", WRONG_KEY)
    tara, (first, other) = desk(site), codes(site)
    assert "of this question" not in tara.get(f"/desk/corrections/{first}").text
    with site.reading() as db:
        made = db.get_one(Paper, asha.attempt.paper_id)
    for each in others.values():
        url = f"/attempts/{sit(site, made, each, {}).code}/reports/1"
        assert browse(site, each).post(url, data=WRONG_KEY).status_code == 303
    page = tara.get(f"/desk/corrections/{first}").text
    assert "2 more open reports of this question" in page
    assert f'href="/desk/corrections/{codes(site)[-1]}"' in page
    assert f'href="/desk/corrections/{other}"' not in page
    assert "and 1 more" in page
    tara.post(f"/desk/corrections/{codes(site)[-1]}", data={"text": "Mended."})
    assert "1 more open report of this question" in tara.get(f"/desk/corrections/{first}").text
