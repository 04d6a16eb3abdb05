"""The same answers under other schemes: an example worked by hand, never before its time, and nothing changed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mockhall.accounts.models import Role
from mockhall.db import metadata
from mockhall.results.models import ScoreRow
from tests.make import START, Site, multiple, numeric, queries, single
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    chose,
    example_paper,
    hand_in,
    paper,
    person,
    sit,
)

# The example of sitting.py under each scheme: right single; one of two; a wrong number; blank; a wrong single.
#   no negatives   3 + 2 + 0     + 0 + 0    of 3 + 4 + 3 + 3 + 3 =  16
#   JEE Main       4 - 1 - 1     + 0 - 1    of 5 x 4             =  20
#   JEE Advanced   3 + 1 + 0     + 0 - 1    of 3 + 4 + 4 + 4 + 3 =  18
#   GATE           1 + 0 + 0     + 0 - 1/3  of                       5
#   NEET                                       as JEE Main
#   SSC            2 - 1/2 - 1/2 + 0 - 1/2  of                      10
BY_HAND = {
    "no-negatives": ("5", "16"), "skip-unsure": ("11/3", "16"), "jee-main": ("1", "20"), "jee-advanced": ("3", "18"),
    "gate": ("2/3", "5"), "neet": ("1", "20"), "ssc": ("0.5", "10"),
}  # fmt: skip


def test_the_example_under_each_scheme_as_worked_by_hand(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    found = browse(site, asha).get(f"/attempts/{attempt.code}/what-if", headers=JSON).json()
    assert found["as_marked"] == {"score": "11/3", "max": "16", "percent": 22.9167}
    assert {each["scheme"]: (each["score"], each["max"]) for each in found["schemes"]} == BY_HAND
    points = {each["scheme"]: each["points"] for each in found["schemes"]}
    assert points["no-negatives"] == 8.3333  # 31.25 - 22.9167
    assert points["skip-unsure"] == 0


def test_the_page_says_that_it_is_a_thought_experiment_and_shows_each_question(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    assert f'href="/attempts/{attempt.code}/what-if"' in browser.get(f"/attempts/{attempt.code}/result").text
    page = browser.get(f"/attempts/{attempt.code}/what-if?scheme=gate").text
    assert "A thought experiment." in page
    assert "Your result stays 3.67 of 16" in page
    assert "GATE, question by question" in page
    assert "1 right, 0 partly, 3 wrong, 1 blank; +1 gained, −0.33 lost to negative marking." in page
    assert 'data-label="Marks">−1 of 3</td>' in page
    assert 'data-label="Here"><b>−0.33</b> of 1</td>' in page
    for nonsense in ("?scheme=", "?scheme=<b>", "?scheme=gate%00", "?scheme=as-set", ""):
        reply = browser.get(f"/attempts/{attempt.code}/what-if{nonsense}")
        assert "Choose a scheme above" in reply.text


def test_unsure_answers_are_left_blank_and_the_page_says_why(site: Site) -> None:
    """Marked and wrong, changed and right, certain and right: 3 - 1 + 3 = 5 becomes 3."""
    asha, made = person(site, "Asha"), paper(site, sections={"S": [single() for _ in range(4)]}, shuffle_options=False)
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    browser = browse(site, asha)
    saves: list[dict[str, object]] = [
        {"number": 1, "choice": "o2", "marked": 1}, {"number": 2, "choice": "o2"}, {"number": 2, "choice": "o1"},
        {"number": 3, "choice": "o1"}, {"number": 4, "marked": 1, "choice": ""},
    ]  # fmt: skip
    for seq, save in enumerate(saves, 1):
        site.clock.forward(seconds=30)
        number = save.pop("number")
        browser.post(f"/attempts/{attempt.code}/responses/{number}", data=save | {"seq": seq, "tab": "a"})
    browser.post(f"/attempts/{attempt.code}/submission")
    found = browser.get(f"/attempts/{attempt.code}/what-if", headers=JSON).json()
    assert (found["as_marked"]["score"], found["unsure"]) == ("5", 2)
    assert {each["scheme"]: each["score"] for each in found["schemes"]}["skip-unsure"] == "3"
    page = browser.get(f"/attempts/{attempt.code}/what-if?scheme=skip-unsure").text
    assert "2 answers were unsure." in page
    assert '">marked for review</td>' in page
    assert '">changed</td>' in page


def test_under_certainty_marking_not_sure_is_unsure_and_the_tests_table_holds(site: Site) -> None:
    """Sure and right 3 x 3, not sure and right 3, not sure and wrong 0: 12 of 27; without the two unsure ones 9."""
    made = paper(site, sections={"S": [single(), single(), single()]}, certainty=True, shuffle_options=False)
    asha = person(site, "Asha")
    given = {1: chose("o1", certainty=3), 2: chose("o1", certainty=1), 3: chose("o2", certainty=1)}
    attempt = sit(site, made, asha, given)
    browser = browse(site, asha)
    found = browser.get(f"/attempts/{attempt.code}/what-if", headers=JSON).json()
    schemes = {each["scheme"]: (each["score"], each["max"]) for each in found["schemes"]}
    assert (found["as_marked"]["score"], found["as_marked"]["max"]) == ("12", "27")
    assert (schemes["skip-unsure"], schemes["no-negatives"]) == (("9", "27"), ("6", "9"))
    assert "were not sure of" in browser.get(f"/attempts/{attempt.code}/what-if").text


def test_optional_questions_are_chosen_anew_and_lowest_scores_belong_to_the_test(site: Site) -> None:
    """Best 2 of 3. As set 3 + 0 (floor 0 lifts nothing); JEE Main: 4 - 1; the paper's floor would not hold there."""
    sat = {"S": {"choose": "best", "choose_k": 2}}
    questions = [single(), numeric(), multiple()]
    made = paper(site, sections={"S": questions}, sat=sat, floor="0", shuffle_options=False)
    asha = person(site, "Asha")
    attempt = sit(site, made, asha, {1: chose("o2"), 3: chose("o3")})
    found = browse(site, asha).get(f"/attempts/{attempt.code}/what-if", headers=JSON).json()
    schemes = {each["scheme"]: (each["score"], each["max"]) for each in found["schemes"]}
    assert (found["as_marked"]["score"], found["as_marked"]["max"]) == ("0", "6")
    assert schemes["jee-main"] == ("-2", "8")
    assert schemes["no-negatives"] == ("0", "6")


@pytest.mark.parametrize("headers", [{}, JSON])
def test_before_marks_and_right_or_wrong_may_be_seen_there_is_no_comparison(
    site: Site, headers: dict[str, str]
) -> None:
    asha = person(site, "Asha")
    made = example_paper(site, reveal="contest", closes_at=START + timedelta(hours=2))
    attempt = sit(site, made, asha, EXAMPLE_ANSWERS)
    browser, url = browse(site, asha), f"/attempts/{attempt.code}/what-if"
    for after in (timedelta(minutes=1), timedelta(minutes=10)):
        site.clock.at = START + after
        reply = browser.get(url, headers=headers)
        assert reply.status_code == 403
        assert not any(word in reply.text for word in ("JEE", "jee", "11/3", "3.67"))
        assert "2026-11-22T11:00:05" in reply.text, "it says when"
        assert url not in browser.get(f"/attempts/{attempt.code}/result").text
    site.clock.at = START + timedelta(hours=3)
    assert browser.get(url, headers=headers).status_code == 200


def test_a_running_attempt_is_compared_with_nothing(site: Site) -> None:
    asha, made = person(site, "Asha"), example_paper(site)
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    url, browser = f"/attempts/{attempt.code}/what-if", browse(site, asha)
    assert browser.get(url).headers["location"] == f"/attempts/{attempt.code}"
    assert browser.get(url, headers=JSON).status_code == 403
    with site.writing() as db:
        hand_in(db, site, attempt)
    assert browser.get(url).status_code == 200


def test_only_its_owner_compares_and_nothing_is_stored(site: Site) -> None:
    asha = person(site, "Asha")
    attempt = sit(site, example_paper(site), asha, EXAMPLE_ANSWERS)
    browser = browse(site, asha)
    with site.reading() as db:
        before = {table.name: sorted(map(repr, db.execute(table.select()))) for table in metadata.sorted_tables}
    for scheme in BY_HAND:
        browser.get(f"/attempts/{attempt.code}/what-if?scheme={scheme}")
    with site.reading() as db:
        after = {table.name: sorted(map(repr, db.execute(table.select()))) for table in metadata.sorted_tables}
        assert db.exec(select(ScoreRow)).one().is_ranked
    assert after == before
    for stranger in (person(site, "Ravi"), person(site, "Zoe", Role.STAFF)):
        assert browse(site, stranger).get(f"/attempts/{attempt.code}/what-if").status_code == 404


def test_the_queries_do_not_grow_with_the_paper(site: Site) -> None:
    asha, counts = person(site, "Asha"), []
    for size in (2, 80):
        made = paper(site, slug=f"mock-{size}", sections={"One": [single() for _ in range(size)]})
        attempt = sit(site, made, asha, {1: chose("o1")})
        browser = browse(site, asha)
        with queries(site) as seen:
            assert browser.get(f"/attempts/{attempt.code}/what-if?scheme=gate").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
