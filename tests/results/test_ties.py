"""Equal scores share a rank and the next one is skipped, the same wherever a rank stands."""

from mockhall.accounts.models import Role
from tests.make import Site, single
from tests.results.files import DESK, csv_rows, pdf_text, records, sheets
from tests.results.sitting import JSON, browse, chose, paper, person, sit


def test_two_who_are_equal_are_first_and_the_next_is_third_wherever_it_stands(site: Site) -> None:
    made = paper(site, sections={"Only": [single(), single()]}, shuffle_options=False)
    answers = {"Asha": {1: chose("o1")}, "Ben": {2: chose("o1")}, "Nina": {1: chose("o2")}}
    people = {name: person(site, name) for name in answers}
    attempts = {name: sit(site, made, people[name], sent) for name, sent in answers.items()}
    wanted = {"Asha": 1, "Ben": 1, "Nina": 3}
    for name, rank in wanted.items():
        browser, url = browse(site, people[name]), f"/attempts/{attempts[name].code}"
        assert browser.get(f"{url}/result", headers=JSON).json()["rank"] == rank
        assert f"<dd>{rank} <small>of 3</small>" in browser.get(f"{url}/result").text
        assert f"{rank} of 3" in pdf_text(browser.get(f"{url}/result.pdf").content)
        link = browser.post(f"{url}/share", headers=JSON).json()["url"]
        assert site.browser().get(link, headers=JSON).json()["rank"] == rank
    staff = browse(site, person(site, "Zoe", Role.STAFF))
    rows = csv_rows(staff.get(f"{DESK}/report.csv").text)
    assert {row["candidate"]: int(row["rank"]) for row in rows} == wanted
    cells = records(sheets(staff.get(f"{DESK}/report.xlsx").content)["Attempts"])
    assert {row["candidate"]: row["rank"] for row in cells} == wanted
    assert {row["candidate"]: row["rank"] for row in staff.get(f"{DESK}/report.json").json()["attempts"]} == wanted
