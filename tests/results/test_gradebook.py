"""The gradebook as staff read it, and the same as a file: hand-worked scores, what is missing, what never counts."""

import csv
import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, update

from mockhall.accounts.models import Cohort, Person, Role
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.papers.models import Paper
from tests.accounts.cohorts_of import make_cohort
from tests.accounts.people import verbs
from tests.make import START, Site, queries, single
from tests.results.sitting import Answers, begin, browse, chose, paper, person, sit

HALF, WHOLE = {1: chose("o1")}, {1: chose("o1"), 2: chose("o1")}
WRONG: Answers = {1: chose("o2"), 2: chose("o2")}
NONE: Answers = {}


def two(site: Site, slug: str, title: str) -> Paper:
    """A test of two questions, 3 marks right and 1 off wrong: 50, 100, 0 and −33.3 per cent."""
    return paper(site, slug=slug, title=title, sections={"First": [single(), single()]}, shuffle_options=False)


def staff(site: Site) -> TestClient:
    return browse(site, person(site, "Sita", Role.STAFF))


def sat(site: Site, which: Paper, who: Person, *attempts: Answers) -> list[Attempt]:
    """Attempts one after the other."""
    found = []
    for answers in attempts:
        site.clock.forward(minutes=1)
        found.append(sit(site, which, who, answers))
    return found


def table(browser: TestClient, cohort: Cohort, asked: str = "") -> dict[str, list[str]]:
    """The table as words: the cells of each row by its heading, links and hidden words left out."""
    page = browser.get(f"/desk/gradebook?cohort={cohort.code}{asked}").text
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        plain = re.sub(r'<span class="visually-hidden">.*?</span>|<svg.*?</svg>', "", row, flags=re.DOTALL)
        cells = re.findall(r"<t[hd].*?</t[hd]>", plain, re.DOTALL)
        cells = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]
        found[cells[0]] = cells[1:]
    return found


def rows_of(browser: TestClient, cohort: Cohort, asked: str = "") -> list[dict[str, str]]:
    """The file's rows by column."""
    reply = browser.get(f"/desk/gradebook.csv?cohort={cohort.code}{asked}")
    assert reply.status_code == 200
    return list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))


def a_class(site: Site) -> tuple[Cohort, Person, Person, Paper, Paper]:
    """Asha sat both tests, the first one twice; Ben none; Cid works."""
    asha, ben, cid = (person(site, name) for name in ("Asha", "Ben", "Cid"))
    cohort = make_cohort(site, ben, cid, asha)
    one, other = two(site, "one", "Unit one"), two(site, "other", "Unit other")
    sat(site, one, asha, HALF, WHOLE)
    sat(site, other, asha, WRONG)
    with site.writing() as db:
        begin(db, site, one, cid)
    return cohort, asha, ben, one, other


@pytest.mark.parametrize(
    ("score", "asha", "mean"),
    [
        ("best", ["−33.3%", "100.0% best of 2", "33.3%", "−133.3"], "100.0% 1 did it"),
        ("first", ["−33.3%", "50.0% first of 2", "8.3%", "−83.3"], "50.0% 1 did it"),
        ("last", ["−33.3%", "100.0% last of 2", "33.3%", "−133.3"], "100.0% 1 did it"),
        ("average", ["−33.3%", "75.0% mean of 2", "20.8%", "−108.3"], "75.0% 1 did it"),
    ],
)
def test_people_stand_against_tests_by_name_with_the_score_that_was_chosen(
    site: Site, score: str, asha: list[str], mean: str
) -> None:
    cohort, *_ = a_class(site)
    found = table(staff(site), cohort, f"&score={score}")
    assert found == {
        "Name": ["Unit one", "Unit other", "Average", "Trend"],
        "Asha": [asha[1], asha[0], *asha[2:]],
        "Ben": ["Missing", "Missing", "–", "–"],
        "Cid": ["Working", "Missing", "–", "–"],
        "Mean of the cohort of 3 people": [mean, "−33.3% 1 did it", ""],
    }


def test_each_cell_leads_to_its_attempt(site: Site) -> None:
    asha, one = person(site, "Asha"), two(site, "one", "Unit one")
    first, best = sat(site, one, asha, HALF, WHOLE)
    cohort, sita = make_cohort(site, asha), staff(site)
    for score, attempt in (("first", first), ("best", best), ("last", best), ("average", best)):
        page = sita.get(f"/desk/gradebook?cohort={cohort.code}&score={score}").text
        (link,) = re.findall(r'href="(/desk/attempts/\w+)"', page)
        assert link == f"/desk/attempts/{attempt.code}"
        assert sita.get(link).status_code == 200


def change(site: Site, attempt: Attempt, **values: Any) -> None:
    with site.writing() as db:
        db.execute(update(Attempt).where(col(Attempt.id) == attempt.id).values(**values))


@pytest.mark.parametrize("values", [{"state": AttemptState.VOIDED}, {"is_preview": True}])
def test_void_attempts_and_previews_never_count(site: Site, values: dict[str, Any]) -> None:
    asha, ben, one = person(site, "Asha"), person(site, "Ben"), two(site, "one", "Unit one")
    _, best = sat(site, one, asha, HALF, WHOLE)
    for attempt in (best, *sat(site, one, ben, WHOLE)):
        change(site, attempt, **values)
    cohort, sita = make_cohort(site, asha, ben), staff(site)
    found = table(sita, cohort)
    assert (found["Asha"][0], found["Ben"][0]) == ("50.0%", "Missing")
    assert found["Mean of the cohort of 2 people"][0] == "50.0% 1 did it"
    assert [row["one"] for row in rows_of(sita, cohort)] == ["50.0000", ""]


def test_others_than_the_cohort_are_not_in_it_and_do_not_move_its_means(site: Site) -> None:
    asha, ravi, one = person(site, "Asha"), person(site, "Ravi"), two(site, "one", "Unit one")
    sat(site, one, asha, HALF)
    sat(site, one, ravi, WHOLE)
    found = table(staff(site), make_cohort(site, asha))
    assert set(found) == {"Name", "Asha", "Mean of the cohort of 1 person"}
    assert found["Mean of the cohort of 1 person"][0] == "50.0% 1 did it"


def test_means_are_of_the_whole_cohort_not_of_the_page(site: Site) -> None:
    one = two(site, "one", "Unit one")
    asha = person(site, "Zora")
    sat(site, one, asha, WHOLE)
    others = [person(site, f"P{number:02}") for number in range(55)]
    sat(site, one, others[0], NONE)
    cohort, sita = make_cohort(site, asha, *others), staff(site)
    found = table(sita, cohort)
    assert "Zora" not in found
    assert len(found) == 52
    assert found["Mean of the cohort of 56 people"][0] == "50.0% 2 did it"
    page = sita.get(f"/desk/gradebook?cohort={cohort.code}").text
    (after,) = re.findall(r"after=([\w-]+)", page)
    assert list(table(sita, cohort, f"&after={after}"))[1:-1] == ["P50", "P51", "P52", "P53", "P54", "Zora"]


def test_chosen_tests_are_the_columns_though_nobody_sat_them(site: Site) -> None:
    cohort, *_ = a_class(site)
    two(site, "third", "Unit third")
    found = table(staff(site), cohort, "&paper=third&paper=one&paper=nothing")
    assert found["Name"] == ["Unit one", "Unit third", "Average", "Trend"]
    assert found["Asha"][:2] == ["100.0% best of 2", "Missing"]
    assert found["Mean of the cohort of 3 people"][1] == "– 0 did it"


def test_twelve_tests_stand_side_by_side_and_the_older_ones_on_the_next_page(site: Site) -> None:
    asha = person(site, "Asha")
    for number in range(14):
        sat(site, two(site, f"unit-{number}", f"Unit {number}"), asha, HALF)
    cohort, sita = make_cohort(site, asha), staff(site)
    assert table(sita, cohort)["Name"][:-2] == [f"Unit {number}" for number in range(13, 1, -1)]
    assert table(sita, cohort, "&tests=2")["Name"][:-2] == ["Unit 1", "Unit 0"]
    assert table(sita, cohort, "&tests=99") == table(sita, cohort, "&tests=2")
    assert list(rows_of(sita, cohort)[0])[6:] == [f"unit-{number}" for number in range(13, -1, -1)]


def test_the_trend_is_told_in_words_to_who_does_not_see_it(site: Site) -> None:
    asha = person(site, "Asha")
    for slug, answers in (("one", HALF), ("other", WHOLE)):
        sat(site, two(site, slug, slug), asha, answers)
    page = staff(site).get(f"/desk/gradebook?cohort={make_cohort(site, asha).code}").text
    assert 'role="img" aria-label="Trend: up 50.0 points in 2 tests"' in page


def test_the_file_says_the_same_to_four_places(site: Site) -> None:
    cohort, asha, ben, *_ = a_class(site)
    sita = staff(site)
    rows = rows_of(sita, cohort, "&score=average")
    assert rows[0] == {
        "person": asha.code, "name": "Asha", "email": asha.email, "roll": "", "average": "20.8333", "done": "2",
        "one": "75.0000", "other": "-33.3333",
    }  # fmt: skip
    assert [row["name"] for row in rows] == ["Asha", "Ben", "Cid"]
    assert (rows[1]["person"], rows[1]["average"], rows[1]["done"], rows[1]["one"]) == (ben.code, "", "0", "")
    assert verbs(site)[-1] == "export"


def test_a_name_that_is_a_formula_is_none_in_the_file(site: Site) -> None:
    asha = person(site, "Asha")
    with site.writing() as db:
        db.get_one(Person, asha.id).name = '=HYPERLINK("x")'
    cohort, sita = make_cohort(site, asha, name="=1+1; a/b"), staff(site)
    (row,) = rows_of(sita, cohort)
    assert row["name"].startswith("'=")
    reply = sita.get(f"/desk/gradebook.csv?cohort={cohort.code}")
    assert 'filename="gradebook--1-1-a-b.csv"' in reply.headers["content-disposition"]


def test_the_file_holds_everybody_of_a_large_cohort_once(site: Site) -> None:
    with site.writing() as db:
        made = [Person(code=f"c{n:03}", name=f"P{n % 7}", role=Role.STUDENT, created_at=START) for n in range(450)]
        db.add_all(made)
    rows = rows_of(staff(site), make_cohort(site, *made))
    assert len(rows) == len({row["person"] for row in rows}) == 450
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)


def test_the_page_costs_the_same_however_much_was_sat(site: Site) -> None:
    asha, ben, sita = person(site, "Asha"), person(site, "Ben"), staff(site)
    sat(site, two(site, "one", "Unit one"), asha, HALF)
    counts, small = [], make_cohort(site, asha, name="Small")
    for cohort in (small, make_cohort(site, asha, ben, name="Large")):
        with queries(site) as seen:
            sita.get(f"/desk/gradebook?cohort={cohort.code}")
        counts.append(len(seen))
        if cohort is small:
            sat(site, two(site, "other", "Unit other"), ben, HALF, WHOLE)
    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize(
    "asked", ["", "?cohort=nothing", "?cohort=%00", "?cohort=" + "x" * 900, "?cohort=a'b&paper=%00&tests=-1&score=all"]
)
def test_without_a_cohort_there_is_one_to_choose_and_no_file(site: Site, asked: str) -> None:
    sita = staff(site)
    assert "No cohorts yet" in sita.get(f"/desk/gradebook{asked}").text
    make_cohort(site)
    page = sita.get(f"/desk/gradebook{asked}")
    assert page.status_code == 200
    assert "Choose a cohort" in page.text
    assert sita.get(f"/desk/gradebook.csv{asked}").status_code == 404


@pytest.mark.parametrize("asked", ["&after=nobody", "&after=%00", "&tests=x", "&score=all", "&paper=" + "x" * 500])
def test_an_address_that_is_old_or_nonsense_still_shows_the_cohort(site: Site, asked: str) -> None:
    cohort, *_ = a_class(site)
    assert "Asha" in table(staff(site), cohort, asked)


def test_empty_cohorts_and_cohorts_that_sat_nothing_say_what_comes(site: Site) -> None:
    sita, nobody = staff(site), make_cohort(site, name="Nobody")
    idle = make_cohort(site, person(site, "Asha"), name="Idle")
    assert "Nobody is in this cohort" in sita.get(f"/desk/gradebook?cohort={nobody.code}").text
    assert "Nobody has sat a test yet" in sita.get(f"/desk/gradebook?cohort={idle.code}").text
