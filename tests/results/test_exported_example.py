"""One paper worked by hand, three people: the page and every file show the same figures.

    question        Asha         Ben        Chitra
    1 single  +3/-1     right  +3    wrong  -1     wrong  -1
    2 single  +4/-1/3   wrong -1/3   right  +4     wrong -1/3
    3 numeric +2/-1/2   blank   0    right  +2     wrong -1/2
    sum of 9            8/3          5             -11/6
    per cent            29.6296      55.5556       -20.3704
    rank, percentile    2, 66.67     1, 100        3, 33.33

Mean 35/18 = 1.94, median 2.67, SD sqrt(12.0648) = 3.47."""

import json
from datetime import datetime
from typing import Any

import pytest

from tests.make import Site, numeric, single
from tests.results.files import DESK, csv_rows, pdf_text, records, sheets, staff_browser
from tests.results.sitting import chose, paper, person, sit, typed

PEOPLE: dict[str, dict[str, Any]] = {
    "Asha": {
        "score": 2.666667, "score_exact": "8/3", "max": 9, "percent": 29.6296, "gained": 3, "lost": -0.333333,
        "right": 1, "partly": 0, "wrong": 1, "blank": 1, "rank": 2, "percentile": 66.6666667,
    },
    "Ben": {
        "score": 5, "score_exact": "5", "max": 9, "percent": 55.5556, "gained": 6, "lost": -1,
        "right": 2, "partly": 0, "wrong": 1, "blank": 0, "rank": 1, "percentile": 100,
    },
    "Chitra": {
        "score": -1.833333, "score_exact": "-11/6", "max": 9, "percent": -20.3704, "gained": 0, "lost": -1.833333,
        "right": 0, "partly": 0, "wrong": 3, "blank": 0, "rank": 3, "percentile": 33.3333333,
    },
}  # fmt: skip
SHOWN = {
    "Asha": ("2.67/9", "29.6", "2", "66.7"),
    "Ben": ("5/9", "55.6", "1", "100.0"),
    "Chitra": ("−1.83/9", "−20.4", "3", "33.3"),
}
# Of each response: outcome, marks, exact marks, best marks, choice, letters, text.
RESPONSES: dict[tuple[str, int], tuple[Any, ...]] = {
    ("Asha", 1): ("right", 3, "3", 3, "o1", "A", ""),
    ("Asha", 2): ("wrong", -0.333333, "-1/3", 4, "o3", "C", ""),
    ("Asha", 3): ("blank", 0, "0", 2, "", "", ""),
    ("Ben", 1): ("wrong", -1, "-1", 3, "o2", "B", ""),
    ("Ben", 2): ("right", 4, "4", 4, "o1", "A", ""),
    ("Ben", 3): ("right", 2, "2", 2, "", "", "42"),
    ("Chitra", 1): ("wrong", -1, "-1", 3, "o2", "B", ""),
    ("Chitra", 2): ("wrong", -0.333333, "-1/3", 4, "o3", "C", ""),
    ("Chitra", 3): ("wrong", -0.5, "-0.5", 2, "", "", "-7"),
}


@pytest.fixture
def worked(site: Site) -> Site:
    first = [single(), single(scheme={"full": "4", "wrong": "-1/3"}), numeric(scheme={"full": "2", "wrong": "-1/2"})]
    made = paper(site, sections={"First": first}, shuffle_options=False, title="Worked by hand")
    sit(site, made, person(site, "Asha"), {1: chose("o1"), 2: chose("o3")})
    sit(site, made, person(site, "Ben"), {1: chose("o2"), 2: chose("o1"), 3: typed("42")})
    sit(site, made, person(site, "Chitra"), {1: chose("o2"), 2: chose("o3"), 3: typed("-7")})
    return site


def as_numbers(row: dict[str, str]) -> dict[str, Any]:
    """A row of CSV with its numbers as numbers; `score_exact` is a text, and may bear the apostrophe."""
    kept = {name: row[name] for name in PEOPLE["Asha"]}
    return {name: text.lstrip("'") if name == "score_exact" else float(text) for name, text in kept.items()}


def test_csv(worked: Site) -> None:
    rows = csv_rows(staff_browser(worked).get(f"{DESK}/report.csv").text)
    assert {row["candidate"]: as_numbers(row) for row in rows} == PEOPLE
    assert rows[2]["score_exact"] == "'-11/6"


def test_json(worked: Site) -> None:
    found = staff_browser(worked).get(f"{DESK}/report.json").json()
    rows = found["attempts"]
    assert {row["candidate"]: {name: row[name] for name in PEOPLE["Asha"]} for row in rows} == PEOPLE
    assert (found["paper"], found["title"], found["filters"]) == ("mock-1", "Worked by hand", {})


def test_xlsx(worked: Site) -> None:
    found = sheets(staff_browser(worked).get(f"{DESK}/report.xlsx").content)
    rows = records(found["Attempts"])
    assert {row["candidate"]: {name: row[name] for name in PEOPLE["Asha"]} for row in rows} == PEOPLE
    assert rows[0]["started_at"] == datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001  (a sheet knows no zone: it is UTC)
    assert dict(found["About"])["Test"] == "Worked by hand"


def test_page_and_pdf(worked: Site) -> None:
    browser = staff_browser(worked)
    page, pdf = browser.get(f"{DESK}/report").text, pdf_text(browser.get(f"{DESK}/report.pdf").content)
    lines = {line.split(" ")[0]: line for line in pdf.splitlines()}
    for name, (marks, share, rank, percentile) in SHOWN.items():
        score, most = marks.split("/")
        assert f"<b>{score}</b>/{most}" in page
        assert f"{share}%" in page
        assert lines[name].endswith(f"{marks} {share} % {rank} {percentile}")
    for label, value in (("Mean", "1.94"), ("Median", "2.67"), ("Standard deviation", "3.47"), ("Lowest", "−1.83")):
        assert f"{label}\n{value}" in pdf


def test_long_form(worked: Site) -> None:
    browser = staff_browser(worked)
    rows = browser.get(f"{DESK}/responses.json").json()["responses"]
    names = ("outcome", "marks", "marks_exact", "max", "choice", "letters", "text")
    assert {(row["candidate"], row["number"]): tuple(row[name] for name in names) for row in rows} == RESPONSES
    written = csv_rows(browser.get(f"{DESK}/responses.csv").text)
    assert [(row["candidate"], int(row["number"])) for row in written] == list(RESPONSES)
    for row, expected in zip(written, RESPONSES.values(), strict=True):
        found = (row["outcome"], float(row["marks"]), row["marks_exact"].lstrip("'"), float(row["max"]))
        assert found == expected[:4]


def test_wide_form(worked: Site) -> None:
    rows = csv_rows(staff_browser(worked).get(f"{DESK}/report.csv?questions=1&people=1").text)
    added = [name for name in rows[0] if name.startswith("q")]
    assert [name.split("_")[0] for name in added] == ["q1", "q1", "q2", "q2", "q3", "q3"]
    found = {
        (row["candidate"], place): (row[added[2 * place - 2]], float(row[added[2 * place - 1]]))
        for row in rows
        for place in (1, 2, 3)
    }
    assert found == {key: value[:2] for key, value in RESPONSES.items()}


def test_ids_are_the_same_in_every_file(worked: Site) -> None:
    browser = staff_browser(worked)
    long = browser.get(f"{DESK}/responses.json").json()["responses"]
    wide = csv_rows(browser.get(f"{DESK}/report.csv?questions=1").text)
    codes = {name.split("_")[1] for name in wide[0] if name.startswith("q1_")}
    assert codes == {row["question"] for row in long if row["number"] == 1}
    assert {row["attempt"] for row in long} == {row["attempt"] for row in wide}
    assert json.loads(browser.get(f"{DESK}/report.json").text)["attempts"][0]["attempt"] == wide[0]["attempt"]
