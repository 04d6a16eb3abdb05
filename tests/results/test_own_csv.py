"""One's own result as CSV: the example's rows, empty cells for what may not be seen, safe in a spreadsheet."""

import csv
import io
from datetime import timedelta

from mockhall.accounts.models import Role
from mockhall.results.own_csv import COLUMNS
from tests.make import START, Site, single
from tests.results.sitting import EXAMPLE_ANSWERS, begin, browse, chose, example_paper, paper, person, sit


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_rows_of_the_example_are_those_worked_by_hand(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    reply = browse(site, asha).get(f"/attempts/{attempt.code}/result.csv")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"].startswith('attachment; filename="result-mock-1.csv"')
    rows = rows_of(reply.text)
    assert list(rows[0]) == list(COLUMNS)
    wanted = [
        ("1", "First", "Routing", "single", "right", "3", "3", "3", "1"),
        ("2", "First", "Routing", "multiple", "partly", "2", "2", "4", "2"),
        ("3", "First", "Numbers", "numeric", "wrong", "-0.333333", "'-1/3", "3", "3"),
        ("4", "First", "Words", "text", "blank", "0", "0", "3", ""),
        ("5", "Second", "Routing", "single", "wrong", "-1", "-1", "3", "4"),
    ]
    names = ("number", "section", "topic", "kind", "outcome", "marks", "marks_exact", "max", "place")
    assert [tuple(row[name] for name in names) for row in rows] == wanted
    assert {row["counted"] for row in rows} == {"yes"}


def test_what_may_not_be_seen_is_an_empty_cell(site: Site) -> None:
    asha = person(site, "Asha")
    made = example_paper(site, reveal="contest", closes_at=START + timedelta(hours=2))
    attempt = sit(site, made, asha, EXAMPLE_ANSWERS)
    site.clock.at = START + timedelta(minutes=10)
    rows = rows_of(browse(site, asha).get(f"/attempts/{attempt.code}/result.csv").text)
    for row in rows:
        assert {row[name] for name in ("outcome", "marks", "marks_exact", "counted", "median", "people")} == {""}
        assert row["max"] in {"3", "4"}
    site.clock.at = START + timedelta(hours=3)
    rows = rows_of(browse(site, asha).get(f"/attempts/{attempt.code}/result.csv").text)
    assert [row["outcome"] for row in rows] == ["right", "partly", "wrong", "blank", "wrong"]


def test_titles_that_are_formulas_arrive_as_text(sqlite_site: Site) -> None:
    asha = person(sqlite_site, "Asha")
    made = paper(sqlite_site, sections={"=1+1": [single(topic='=HYPERLINK("x")')]})
    attempt = sit(sqlite_site, made, asha, {1: chose("o1")})
    [row] = rows_of(browse(sqlite_site, asha).get(f"/attempts/{attempt.code}/result.csv").text)
    assert (row["section"], row["topic"]) == ("'=1+1", '\'=HYPERLINK("x")')


def test_only_its_owner_takes_it_away_and_not_while_it_runs(site: Site) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    url = f"/attempts/{attempt.code}/result.csv"
    assert browse(site, asha).get(url).headers["location"] == f"/attempts/{attempt.code}"
    assert browse(site, person(site, "Zoe", Role.STAFF)).get(url).status_code == 404
