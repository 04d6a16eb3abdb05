"""Files of a report: filters, hostile texts in each form, other kinds of question, batches, the log, no typst."""

import io
import json
import sys
import zipfile

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import AuditEntry
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.models import Response
from mockhall.exam.draws import Draw
from mockhall.results import export_pdf, export_responses
from mockhall.results.export import csv_pieces
from mockhall.results.export_responses import responses_table
from mockhall.results.export_scope import scope_of
from mockhall.results.report_filter import ReportFilter
from tests.kinds import cloze, match, order
from tests.make import Site, queries, single
from tests.results.files import DESK, csv_rows, pdf_text, records, sheets, staff_browser
from tests.results.sitting import JSON, begin, chose, example_paper, paper, person, sit

FILES = ("report.csv", "report.json", "report.xlsx", "report.pdf", "responses.csv", "responses.json")
HOSTILE = '=HYPERLINK("http://x","y")'


def two_attempts(site: Site) -> TestClient:
    """One scored, of Asha; one that runs, of Ben."""
    made = example_paper(site)
    sit(site, made, person(site, "Asha"), {1: chose("o1")})
    ben = person(site, "Ben")
    with site.writing() as db:
        begin(db, site, made, ben)
    return staff_browser(site)


def test_every_file_holds_only_the_attempts_the_filters_choose_and_says_so(site: Site) -> None:
    browser = two_attempts(site)
    for name in FILES:
        whole, chosen = browser.get(f"{DESK}/{name}"), browser.get(f"{DESK}/{name}?state=scored")
        assert "mock-1-state-scored." in chosen.headers["content-disposition"], name
        assert "state" not in whole.headers["content-disposition"]
    assert [row["candidate"] for row in csv_rows(browser.get(f"{DESK}/report.csv?state=in_progress").text)] == ["Ben"]
    found = browser.get(f"{DESK}/report.json?state=scored").json()
    assert found["filters"] == {"state": "scored"}
    assert [row["candidate"] for row in found["attempts"]] == ["Asha"]
    book = sheets(browser.get(f"{DESK}/report.xlsx?state=scored").content)
    assert dict(book["About"])["Only state"] == "scored"
    assert [row["candidate"] for row in records(book["Attempts"])] == ["Asha"]
    text = pdf_text(browser.get(f"{DESK}/report.pdf?state=scored").content)
    assert "Only state: Scored" in text
    assert "Ben" not in text
    assert {row["candidate"] for row in browser.get(f"{DESK}/responses.json?state=scored").json()["responses"]} == {
        "Asha"
    }


def test_a_section_adds_its_marks_and_leaves_only_its_answers(site: Site) -> None:
    browser = two_attempts(site)
    [asha, ben] = csv_rows(browser.get(f"{DESK}/report.csv?section=2").text)
    assert (asha["section_score"], asha["section_score_exact"], asha["section_max"]) == ("0", "0", "3")
    assert ben["section_score"] == ""
    rows = browser.get(f"{DESK}/responses.json?section=2").json()["responses"]
    assert {(row["section"], row["number"]) for row in rows} == {("Second", 5)}


def test_a_filter_that_can_not_be_read_counts_as_none(site: Site) -> None:
    browser = two_attempts(site)
    assert len(csv_rows(browser.get(f"{DESK}/report.csv?state=' OR 1=1").text)) == 2


def test_one_row_a_person_is_the_attempt_that_counts(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    first = sit(site, made, asha)
    sit(site, made, asha, {1: chose("o1")})
    rows = csv_rows(staff_browser(site).get(f"{DESK}/report.csv?people=1").text)
    assert [row["attempt"] for row in rows] == [first.code]


def test_a_test_nobody_has_started_gives_whole_files_without_rows(site: Site) -> None:
    example_paper(site)
    browser = staff_browser(site)
    assert browser.get(f"{DESK}/report.json").json()["attempts"] == []
    assert browser.get(f"{DESK}/responses.json").json()["responses"] == []
    assert csv_rows(browser.get(f"{DESK}/responses.csv").text) == []
    assert len(sheets(browser.get(f"{DESK}/report.xlsx").content)["Attempts"]) == 1
    assert "Nobody has started this test yet" in pdf_text(browser.get(f"{DESK}/report.pdf").content)


# ---------------------------------------------------------------- texts that mean harm


def test_a_formula_for_a_name_is_text_in_each_form_and_unharmed_where_it_can_be(site: Site) -> None:
    made = example_paper(site)
    sit(site, made, person(site, HOSTILE), {4: SaveForm(text="@SUM(A1)", seq=1)})
    browser = staff_browser(site)
    assert browser.get(f"{DESK}/report.json").json()["attempts"][0]["candidate"] == HOSTILE
    assert browser.get(f"{DESK}/responses.json").json()["responses"][3]["text"] == "@SUM(A1)"
    assert csv_rows(browser.get(f"{DESK}/responses.csv").text)[3]["text"] == "'@SUM(A1)"
    content = browser.get(f"{DESK}/report.xlsx").content
    assert records(sheets(content)["Attempts"])[0]["candidate"] == HOSTILE
    inside = zipfile.ZipFile(io.BytesIO(content))
    written = b"".join(inside.read(name) for name in inside.namelist())
    assert b"<f>" not in written
    assert b"<hyperlink" not in written
    assert HOSTILE in pdf_text(browser.get(f"{DESK}/report.pdf").content)


@pytest.mark.parametrize("name", ["a\x01b\x1fc", "x" * 79, "{=1}", "</c><f>1</f>", "1e5", "_x0041_", "😀 தமிழ்"])
def test_no_name_breaks_a_workbook_or_a_pdf(sqlite_site: Site, name: str) -> None:
    made = example_paper(sqlite_site)
    sit(sqlite_site, made, person(sqlite_site, name, email="a@example.edu"))
    browser = staff_browser(sqlite_site)
    [row] = records(sheets(browser.get(f"{DESK}/report.xlsx").content)["Attempts"])
    assert row["candidate"] == name.replace("\x01", "").replace("\x1f", "")
    assert browser.get(f"{DESK}/report.pdf").content.startswith(b"%PDF-")


# ---------------------------------------------------------------- kinds, versions, draws


def test_answers_in_parts_are_told_in_ids_and_in_words(site: Site) -> None:
    made = paper(site, sections={"All": [match(), order(), cloze()]}, shuffle_options=False)
    answers = {
        1: SaveForm(parts=(("l1", "r2"), ("l2", "r1")), seq=1), 2: chose("i3", "i1", "i4", "i2"),
        3: SaveForm(parts=(("1", "c2"), ("2", "await")), seq=1),
    }  # fmt: skip
    sit(site, made, person(site, "Asha"), answers)
    matched, ordered, filled = staff_browser(site).get(f"{DESK}/responses.json").json()["responses"]
    assert json.loads(matched["parts"]) == {"l1": "r2", "l2": "r1"}
    assert matched["choice_text"] == "`201`: Created | `404`: Not found"
    assert ordered["choice"] == "i3 i1 i4 i2"
    assert sorted(ordered["letters"].split()) == ["A", "B", "C", "D"]
    assert ordered["choice_text"] == "Middleware | Router | Dependencies | Validation"
    assert json.loads(filled["parts"]) == {"1": "c2", "2": "await"}
    assert filled["choice_text"] == "1: async def | 2: await"


def test_letters_are_those_the_candidate_saw(site: Site) -> None:
    made = paper(site, sections={"S": [single() for _ in range(8)]})
    attempt = sit(site, made, person(site, "Asha"), {number: chose("o1") for number in range(1, 9)})
    rows = staff_browser(site).get(f"{DESK}/responses.json").json()["responses"]
    with site.reading() as db:
        query = select(Response.number, Response.option_order).where(Response.attempt_id == attempt.id)
        orders = db.exec(query).all()
    shown = {number: "ABCD"[placed.index("o1")] for number, placed in orders}
    assert {row["number"]: row["letters"] for row in rows} == shown
    assert len(set(shown.values())) > 1


def test_drawn_questions_have_columns_too_and_are_empty_for_who_did_not_draw_them(site: Site) -> None:
    paper(site, slug="pool", sections={"P": [single() for _ in range(6)]})
    paper(site, sections={"S": [single()]}, draws={"S": [Draw(1)]})
    for _ in range(5):
        browser = site.browser()
        room = browser.post("/papers/mock-1/attempts").headers["location"]
        assert browser.post(f"{room}/submission").status_code == 303
    rows = csv_rows(staff_browser(site).get(f"{DESK}/report.csv?questions=1").text)
    marks = [name for name in rows[0] if name.endswith("_marks")]
    assert len(marks) >= 2
    assert [sum(row[name] != "" for name in marks) for row in rows] == [2] * 5


# ---------------------------------------------------------------- batches, the log, what isn't there


def test_responses_come_in_batches_that_hold_no_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_responses, "BATCH", 2)
    made = example_paper(site)
    for name in ("Asha", "Ben", "Chitra"):
        sit(site, made, person(site, name))
    database = site.app.state.database
    scope = scope_of(made, ReportFilter(), site.clock.at, site.app.state.settings.grace)
    with queries(site) as seen:
        pieces = []
        for piece in csv_pieces(responses_table(database, scope)):
            assert database.engine.pool.checkedout() == 0
            pieces.append(piece)
    assert [piece.count("\r\n") for piece in pieces] == [1, 10, 5]
    assert len(seen) == 1 + 3 + 2 + 1  # titles; attempts, responses, questions; the same again, questions known; none


def test_a_pdf_lists_so_many_attempts_and_says_where_the_others_are(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(export_pdf, "MOST_ATTEMPTS", 2)
    made = example_paper(site)
    for name in ("Asha", "Ben", "Chitra"):
        sit(site, made, person(site, name))
    text = pdf_text(staff_browser(site).get(f"{DESK}/report.pdf").content)
    assert "The first 2 in the order of starting" in text
    assert "Chitra" not in text


def test_each_file_taken_is_a_line_in_the_log(site: Site) -> None:
    browser = two_attempts(site)
    for name in FILES:
        assert browser.get(f"{DESK}/{name}?state=scored").status_code == 200
    with site.reading() as db:
        lines = db.exec(select(AuditEntry).where(AuditEntry.verb == "export").order_by(col(AuditEntry.id))).all()
    assert [line.subject for line in lines] == [f"{name} of mock-1 state=scored" for name in FILES]


def test_without_typst_the_pdf_is_not_there_and_no_link_shows(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    browser = two_attempts(sqlite_site)
    assert "report.pdf" in browser.get(f"{DESK}/report").text
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "report.pdf" not in browser.get(f"{DESK}/report").text
    reply = browser.get(f"{DESK}/report.pdf", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (404, "not_installed")
    assert "PDF is not installed" in reply.json()["text"]
