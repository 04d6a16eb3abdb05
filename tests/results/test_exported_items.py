"""Items as files: the vector of exam-semantics, section 7, to the printed digits in CSV, JSON, XLSX and PDF."""

import json
from typing import Any

import pytest

from mockhall.results import statistics
from tests.make import Site, single
from tests.results.files import DESK, csv_rows, pdf_text, records, sheets, staff_browser
from tests.results.sitting import JSON, chose, example_paper, paper, person, sit

ROWS = ("4 4 4 4 0", "4 4 -1 4 4", "4 -1 4 0 4", "4 4 -1 -1 -1", "-1 0 -1 -1 4", "4 -1 0 -1 -1")
VECTOR = [
    ("79.1667", "51.0310", "24.6321", "37.5000", "18.0784"),
    ("41.6667", "64.5497", "23.1699", "23.2877", "21.4261"),
    ("20.8333", "62.0819", "21.3469", "23.1156", "20.5201"),
    ("20.8333", "62.0819", "78.8025", "100.0000", "26.3571"),
    ("41.6667", "64.5497", "-15.1292", "-18.0556", "13.6182"),
]
NUMBERS = [tuple(map(float, row)) for row in VECTOR]
INDICES = ("facility", "sd", "discrimination", "efficiency", "effective_weight")
PAPER = {
    "mean": 8.1667, "median": 8.0, "sd": 6.7651, "skewness": 0.0529, "kurtosis": -2.4447, "consistency": 43.5178,
    "error_ratio": 75.1546, "standard_error": 5.0843,
}  # fmt: skip


@pytest.fixture
def vector(site: Site) -> Site:
    scheme = {"full": "4", "wrong": "-1"}
    made = paper(site, sections={"S": [single() for _ in range(5)]}, scheme=scheme, shuffle_options=False)
    given = {"4": chose("o1"), "-1": chose("o2")}
    for place, row in enumerate(ROWS):
        answers = {number: given[mark] for number, mark in enumerate(row.split(), 1) if mark in given}
        sit(site, made, person(site, f"p{place}"), answers)
    return site


def test_csv_has_every_index_with_four_decimals(vector: Site) -> None:
    rows = csv_rows(staff_browser(vector).get(f"{DESK}/items.csv").text)
    assert [tuple(row[name] for name in INDICES) for row in rows] == VECTOR
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row["people"] for row in rows} == {"6"}
    assert (rows[0]["right"], rows[0]["wrong"], rows[0]["blank"]) == ("5", "1", "0")


def test_json_has_the_paper_on_top(vector: Site) -> None:
    found = staff_browser(vector).get(f"{DESK}/items.json").json()
    assert found["figures"] == PAPER
    assert (found["version"], found["attempts"], found["people"], found["max"]) == (1, "first", 6, 20)
    assert [tuple(row[name] for name in INDICES) for row in found["items"]] == [
        tuple(map(float, row)) for row in VECTOR
    ]
    assert json.loads(found["items"][0]["options"])[0] == {"id": "o1", "key": True, "chosen": 5, "top": 2, "bottom": 1}


def test_the_workbook_has_them_as_numbers_on_their_sheet(vector: Site) -> None:
    rows = records(sheets(staff_browser(vector).get(f"{DESK}/report.xlsx").content)["Items"])
    assert [tuple(row[name] for name in INDICES) for row in rows] == NUMBERS


def test_the_pdf_has_them_in_whole_per_cent_as_the_page(vector: Site) -> None:
    text = pdf_text(staff_browser(vector).get(f"{DESK}/report.pdf").content)
    assert "79 % 51 % 25 % 38 % 18 %" in text
    assert "42 % 65 % −15 % −18 % 14 %" in text
    assert "Reliability (alpha) 0.44, standard error 5.08 marks" in text


def test_ids_are_those_of_the_long_form(vector: Site) -> None:
    browser = staff_browser(vector)
    responses: list[dict[str, Any]] = browser.get(f"{DESK}/responses.json").json()["responses"]
    codes = {row["question"]: row["number"] for row in browser.get(f"{DESK}/items.json").json()["items"]}
    assert codes == {row["question"]: row["number"] for row in responses}


def test_the_attempts_analysed_can_be_chosen_and_the_name_says_so(vector: Site) -> None:
    reply = staff_browser(vector).get(f"{DESK}/items.csv?attempts=highest&version=1")
    assert 'filename="items-mock-1-version-1-highest.csv"' in reply.headers["content-disposition"]


def test_a_test_that_nobody_has_counted_yet_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "FEW", 0)
    made = example_paper(site)
    sit(site, made, person(site, "Asha"))
    browser = staff_browser(site)
    refused = browser.get(f"{DESK}/items.json", headers=JSON)
    assert (refused.status_code, refused.json()["reason"]) == (409, "not_counted")
    assert set(sheets(browser.get(f"{DESK}/report.xlsx").content)) == {"About", "Attempts"}
    assert browser.get(f"{DESK}/report.pdf").status_code == 200


def test_items_of_a_test_nobody_has_sat_are_an_empty_table(site: Site) -> None:
    example_paper(site)
    assert staff_browser(site).get(f"{DESK}/items.json").json()["items"] == []
