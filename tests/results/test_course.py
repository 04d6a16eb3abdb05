"""How an attempt went, on the result page: answer changes, the order of attack, topics, and what to do next."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from mockhall.attempts.models import Attempt
from mockhall.results import statistics, verdict
from mockhall.results.sheet import sheet
from tests.make import START, Site, multiple, single, text
from tests.results.sitting import begin, browse, chose, hand_in, paper, person

TOPICS = {"Loops": 5, "Types": 5, "Slots": 1}


def sat(site: Site, *moves: tuple[int, dict[str, object]], **rules: object) -> tuple[Attempt, TestClient]:
    """Asha's attempt of eleven questions, answered in these moves a minute apart, then handed in."""
    questions = [single(topic=topic) for topic, number in TOPICS.items() for _ in range(number)]
    made = paper(site, sections={"Only": questions}, shuffle_options=False, **rules)
    asha = person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    browser = browse(site, asha)
    for place, (number, fields) in enumerate(moves, 1):
        site.clock.forward(minutes=1)
        reply = browser.post(f"/attempts/{attempt.code}/responses/{number}", data=fields | {"seq": place, "tab": "a"})
        assert reply.status_code in {200, 303}, reply.text
    with site.writing() as db:
        hand_in(db, site, db.get_one(Attempt, attempt.id))
    return attempt, browser


def ticked(option: str) -> dict[str, object]:
    return {"choice": option}


MOVES = [
    (3, ticked("o2")), (3, ticked("o1")),  # wrong to right
    (1, ticked("o1")), (1, ticked("o3")),  # right to wrong
    (2, ticked("o2")), (2, ticked("o3")),  # wrong to wrong
    (4, ticked("o1")),
]  # fmt: skip


def test_changes_and_the_order_are_told_in_words(site: Site) -> None:
    attempt, browser = sat(site, *MOVES)
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "You went through in 2 rounds. First question 3, last question 4." in page
    assert (
        "3 changes: 1 from wrong to right, 1 from right to wrong and 1 from one wrong answer to another. "
        "In all they neither gained nor lost you a right answer." in page
    )
    assert "Order of 4 first answers, from question 3 to 4" in page
    first = page[page.index("Order of first answers</caption>") :]
    assert '<td class="num">1</td><th scope="row" class="num">3</th><td>Loops</td><td class="num">1:00</td>' in first
    assert '<td class="num">2</td><th scope="row" class="num">1</th><td>Loops</td><td class="num">3:00</td>' in first


def test_a_slip_mended_at_once_is_no_change(sqlite_site: Site) -> None:
    site = sqlite_site
    asha = person(site, "Asha")
    made = paper(site, sections={"Only": [single(), text(), multiple()]}, shuffle_options=False)
    with site.writing() as db:
        attempt = begin(db, site, made, asha)
    browser = browse(site, asha)
    saves: list[tuple[int, dict[str, object]]] = [
        (1, ticked("o2")), (1, ticked("o1")), (2, {"text": "gat"}), (2, {"text": "gather"}), (3, ticked("o1")),
        (3, {"choice": ["o1", "o2"]}),
    ]  # fmt: skip
    for seq, (number, fields) in enumerate(saves, 1):
        site.clock.forward(seconds=2 if number < 3 else 20)
        browser.post(f"/attempts/{attempt.code}/responses/{number}", data=fields | {"seq": seq, "tab": "a"})
    browser.post(f"/attempts/{attempt.code}/submission")
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "No change made a right answer wrong or a wrong one right." in page


def test_topics_are_strong_weak_or_too_few_to_tell(site: Site) -> None:
    moves = [(number, ticked("o1")) for number in (1, 2, 3, 4, 5)] + [(number, ticked("o2")) for number in (6, 7, 8)]
    attempt, browser = sat(site, *moves, scheme={"full": "3"})
    page = browser.get(f"/attempts/{attempt.code}/result").text
    strong, weak = page.index("</svg> Strong</h2>"), page.index("</svg> Work on</h2>")
    assert '<b>Loops</b>, 5 of 5 right, <span class="nowrap">likely 65 to 100 %</span>' in page[strong:]
    assert '<b>Types</b>, 0 of 5 right, <span class="nowrap">likely 0 to 35 %</span>; 2 left blank' in page[weak:strong]
    assert "Too few questions to tell: Slots (0 of 1)." in page
    assert "You left 3 questions blank: keep some time back for a second round." in page


def test_the_advice_counts_what_waits_as_left_on_the_table(site: Site) -> None:
    """Loops: two right, one wrong; Types: all right; Slots: wrong. 21 - 2 of 33: 14 left, 10 of it in Loops."""
    moves = [(n, ticked("o1")) for n in (1, 2, 6, 7, 8, 9, 10)] + [(3, ticked("o2")), (11, ticked("o2"))]
    attempt, browser = sat(site, *moves)
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "<dt>Left on the table</dt><dd>14</dd>" in page
    assert "21 − 2 = 19; with 14 more it would be all 33." in page
    assert "Loops is the quickest place to win marks back: 10 marks are waiting there." in page


def test_who_loses_a_tenth_to_negative_marks_is_told_to_guess_less(sqlite_site: Site) -> None:
    moves = [(n, ticked("o1")) for n in range(1, 7)] + [(n, ticked("o2")) for n in range(7, 12)]
    attempt, browser = sat(sqlite_site, *moves)
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "Negative marking cost you 5 marks. Next time leave blank what you would have to guess." in page


def test_a_lowest_score_is_told_in_the_ledger(sqlite_site: Site) -> None:
    attempt, browser = sat(sqlite_site, *[(n, ticked("o2")) for n in range(1, 6)], floor="0")
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "<dt>Given back by a lowest score</dt><dd>+5</dd>" in page
    assert "0 − 5 + 5 = 0; with 33 more it would be all 33." in page


@pytest.mark.parametrize("after", [timedelta(minutes=3), timedelta(hours=4)])
def test_before_right_and_wrong_may_be_seen_the_order_tells_nothing_of_it(sqlite_site: Site, after: timedelta) -> None:
    attempt, browser = sat(sqlite_site, *MOVES, reveal="contest", closes_at=START + timedelta(hours=2))
    sqlite_site.clock.at = START + after
    page = browser.get(f"/attempts/{attempt.code}/result").text
    order = page[page.index('id="order"') : page.index('id="receipt"')]
    assert "You went through in 2 rounds." in order
    told = ["from wrong to right" in order, 'class="wrong"' in order, 'class="right"' in order]
    assert told == [after > timedelta(hours=2)] * 3
    assert ("likely" in page) is (after > timedelta(hours=2))


def with_others(site: Site, people: int, **rules: object) -> tuple[Attempt, TestClient]:
    """Asha takes 50 s for each of five questions, the others 11 s, 12 s, …; she gets the last three wrong."""
    made = paper(site, sections={"Only": [single() for _ in range(5)]}, shuffle_options=False, **rules)
    asha, everybody = person(site, "Asha"), [person(site, f"p{place}") for place in range(1, people)]
    start = site.clock.at
    with site.writing() as db:
        for place, each in enumerate(everybody, 1):
            given = {n: chose("o1", active_ms=1000 * (10 + place)) for n in range(1, 6)}
            attempt = begin(db, site, made, each, given)
            site.clock.forward(minutes=10)
            hand_in(db, site, attempt)
            site.clock.at = start
        given = {n: chose("o1" if n < 3 else "o2", active_ms=50_000) for n in range(1, 6)}
        attempt = begin(db, site, made, asha, given)
        site.clock.forward(minutes=10)
        hand_in(db, site, attempt)
    site.clock.forward(minutes=2)
    statistics.refresh_stale(site.app.state.database, site.clock.at)
    return attempt, browse(site, asha)


def test_time_on_a_question_stands_beside_the_quartiles_of_enough_people(site: Site) -> None:
    """30 people: 11 to 39 s and 50 s. Type 7: the 8.25th is 18.25 s, the 15.5th 25.5 s, the 22.75th 32.75 s."""
    attempt, browser = with_others(site, 30)
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "Question 1: 0:50, median 0:25, half of people 0:18 to 0:32, right</title>" in page
    assert '<td class="num">0:25</td><td class="num nowrap">0:18 to 0:32</td><td class="num">30</td>' in page
    assert "Time on each question against the median of all attempts" in page
    row = browser.get(f"/attempts/{attempt.code}/result.csv").text.splitlines()[1]
    assert row.endswith(",50,1,0,30,18.25,25.5,32.75")


def test_whoever_missed_slow_questions_is_told_to_move_on(sqlite_site: Site) -> None:
    attempt, _ = with_others(sqlite_site, 30)
    with sqlite_site.reading() as db:
        found = sheet(db, attempt, sqlite_site.clock.at, sqlite_site.app.state.settings.grace)
    assert found.slow == [3, 4, 5]
    assert verdict.facts_of(found, found.overall).slow == [3, 4, 5]


def test_under_thirty_people_there_is_not_enough_data_yet(site: Site) -> None:
    attempt, browser = with_others(site, 29)
    page = browser.get(f"/attempts/{attempt.code}/result").text
    assert "Not enough data yet: the times of others stand beside yours once 30 people" in page
    assert "median" not in page[page.index('id="times"') :]
    assert browser.get(f"/attempts/{attempt.code}/result.csv").text.splitlines()[1].endswith(",50,1,0,29,,,")


def test_times_of_others_wait_for_the_marks(sqlite_site: Site) -> None:
    site = sqlite_site
    attempt, browser = with_others(site, 30, reveal="contest", closes_at=START + timedelta(hours=2))
    site.clock.at = START + timedelta(minutes=11)  # handed in a minute ago: nothing but one's own
    row = browser.get(f"/attempts/{attempt.code}/result.csv").text.splitlines()[1]
    assert row.endswith(",50,1,0,,,,")
    site.clock.at = START + timedelta(minutes=20)
    row = browser.get(f"/attempts/{attempt.code}/result.csv").text.splitlines()[1]
    assert row.endswith(",50,1,0,30,18.25,25.5,32.75")
