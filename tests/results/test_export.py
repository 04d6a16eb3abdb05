"""The report as CSV: the example's row, safety in a spreadsheet, batches, and the log."""

import csv
import io
from fractions import Fraction
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.attempts.models import Attempt
from mockhall.results import export_attempts
from mockhall.results.export import cell, csv_pieces, disposition
from mockhall.results.export_attempts import COLUMNS, Places, attempts_table
from mockhall.results.export_scope import scope_of
from mockhall.results.models import ScoreRow
from mockhall.results.report_filter import ReportFilter
from mockhall.results.standing import standing
from tests.make import START, Site, queries, single
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    chose,
    example_paper,
    paper,
    person,
    sit,
)  # fmt: skip

URL = "/desk/papers/mock-1/report.csv"


def staff_browser(site: Site) -> TestClient:
    return browse(site, person(site, "Zoe", Role.STAFF))


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_row_of_the_example_agrees_with_its_json(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    found = browse(site, asha).get(f"/attempts/{attempt.code}/result", headers=JSON).json()
    [row] = rows_of(staff_browser(site).get(URL).text)
    assert row == {
        "attempt": attempt.code, "candidate": "Asha", "roll": "", "email": "asha@example.edu", "state": "scored",
        "preview": "no",
        "ranked": "yes", "started_at": "2026-11-22T09:00:00.000Z", "finished_at": "2026-11-22T09:00:00.000Z",
        "seconds": "0", "score": "3.666667", "score_exact": "11/3", "max": "16", "percent": "22.9167", "gained": "5",
        "lost": "-1.333333", "right": "1", "partly": "1", "wrong": "2", "blank": "1", "rank": "1",
        "percentile": "100.0000000",
    }  # fmt: skip
    assert (row["score_exact"], row["max"]) == (found["score"], found["max"])
    for outcome in ("right", "partly", "wrong", "blank"):
        assert int(row[outcome]) == sum(each[outcome] for each in found["sections"])


def test_the_file_is_what_spreadsheets_expect(site: Site) -> None:
    sit(site, example_paper(site), person(site, "Aśha आशा"))
    reply = staff_browser(site).get(URL)
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"].startswith('attachment; filename="report-mock-1.csv"')
    assert reply.content.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert reply.content.count(b"\n") == reply.content.count(b"\r\n") == 2
    assert "Aśha आशा" in reply.content.decode()


def test_a_running_attempt_has_a_row_without_marks(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        begin(db, site, made, asha)
    browser = staff_browser(site)
    [row] = rows_of(browser.get(URL).text)
    assert (row["state"], row["finished_at"], row["score"], row["rank"]) == ("in_progress", "", "", "")
    assert set(row) == set(COLUMNS)
    site.clock.forward(minutes=31)
    assert rows_of(browser.get(URL).text)[0]["state"] == "overdue"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("a;=1+1", "a;'=1+1"), ("a; @b", "a; '@b"), ("a; b", "a; b"),
        ('a;"=1+1;b', "a;\"'=1+1;b"), ("a;b\n=2+2", "a;b\n'=2+2"),
        ("+91 98", "'+91 98"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"), ("-3", "-3"), ("-3.25", "-3.25"), ("-3-1", "'-3-1"),
        ("-1/3", "'-1/3"), ("--1", "'--1"), ("-", "'-"), ("a=1", "a=1"), ("", ""), ("x\0y", "xy"), (None, ""),
        ("\0=1+1", "'=1+1"), (True, "yes"), (False, "no"), (-4, "-4"), (Fraction(-7, 2), "-3.5"),
        (START, "2026-11-22T09:00:00.000Z"),
        (Fraction(1, 3), "0.333333"), (Fraction(-2, 3), "-0.666667"), (Fraction(0), "0"),
    ],
)  # fmt: skip
def test_no_cell_can_start_a_formula_and_numbers_stay_numbers(value: Any, expected: str) -> None:
    assert cell(value) == expected


def test_a_name_that_is_a_formula_arrives_as_text(site: Site) -> None:
    sit(site, example_paper(site), person(site, '=HYPERLINK("http://x","y")', email="=cmd@x.in"))
    [row] = rows_of(staff_browser(site).get(URL).text)
    assert row["candidate"] == '\'=HYPERLINK("http://x","y")'
    assert row["email"] == "'=cmd@x.in"


@pytest.mark.parametrize("name", ['a"b', "a\r\nX-Evil: 1", "../etc", "नमूना", "a;b"])
def test_the_file_name_is_safe_in_a_header(name: str) -> None:
    value = disposition(name)
    value.encode("ascii")
    plain = value.split('filename="')[1].split('"')[0]
    assert plain.removesuffix(".csv").replace("-", "").replace("_", "").isalnum()
    assert "\r" not in value
    assert "\n" not in value


def test_rank_and_percentile_are_those_of_the_result_page(site: Site) -> None:
    made = paper(site, sections={"S": [single(), single(), single()]}, shuffle_options=False)
    right, wrong = chose("o1"), chose("o2")
    for place, answers in enumerate([{1: right}, {1: right, 2: right}, {1: right, 2: right}, {1: wrong}, {}]):
        sit(site, made, person(site, f"p{place}"), answers)
    sit(site, made, person(site, "Tara", Role.EDITOR), {1: right, 2: right, 3: right})
    rows = rows_of(staff_browser(site).get(URL).text)
    assert [row["rank"] for row in rows] == ["3", "1", "1", "5", "4", ""]
    with site.reading() as db:
        places = Places(db, made.id or 0)
        for score in db.exec(select(ScoreRow).where(col(ScoreRow.is_ranked))):
            found = standing(db, score, is_preview=False)
            assert places.of(score.score_sort) == (found.rank, found.percentile)


def test_rows_come_in_batches_of_their_own_session(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_attempts, "BATCH", 10)
    made = paper(site, sections={"S": [single()]})
    first = sit(site, made, person(site, "Asha"))
    with site.writing() as db:
        values = (
            db.exec(select(Attempt).where(col(Attempt.id) == first.id))
            .one()
            .model_dump(exclude={"id", "code", "receipt"})
        )
        db.add_all(Attempt(**values, code=f"attempt{place:05}") for place in range(34))
    database = site.app.state.database
    with queries(site) as seen:
        pieces = []
        scope = scope_of(made, ReportFilter(), site.clock.at, site.app.state.settings.grace)
        for piece in csv_pieces(attempts_table(database, scope)):
            assert database.engine.pool.checkedout() == 0  # whoever reads slowly holds no connection
            pieces.append(piece)
    assert [piece.count("\r\n") for piece in pieces] == [1, 10, 10, 10, 5]
    assert len({row["attempt"] for row in rows_of("".join(pieces))}) == 35
    assert len(seen) == 1 + 5  # the standings, four batches and the empty one


def test_an_export_is_written_into_the_log_and_a_refused_one_is_not(site: Site) -> None:
    example_paper(site)
    zoe = person(site, "Zoe", Role.STAFF)
    browse(site, person(site, "Tara", Role.EDITOR)).get(URL)
    assert browse(site, zoe).get(URL).status_code == 200
    with site.reading() as db:
        lines = db.exec(select(AuditEntry).where(AuditEntry.verb == "export")).all()
    assert [(line.actor_id, line.subject) for line in lines] == [(zoe.id, "report.csv of mock-1")]
