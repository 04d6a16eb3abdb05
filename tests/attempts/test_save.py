"""Saving: what counts, what is refused, and that nothing is lost or overwritten."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from tests.attempts.room_of import a_paper, sit
from tests.make import Site, make_person


def test_a_saved_answer_is_there_after_a_reload(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    reply = sitting.save(1, choice="o2", seq=1, tab="t1", active_ms=1500)
    assert reply.status_code == 200
    assert reply.json() == {
        "saved": True,
        "seq": 1,
        "saved_at": "2026-11-22T09:00:00.000Z",
        "server_now": "2026-11-22T09:00:00.000Z",
        "deadline_at": "2026-11-22T09:30:00.000Z",
    }
    question = sitting.question(1)
    assert (question["choice"], question["answered"], question["visited"]) == (["o2"], True, True)


@pytest.mark.parametrize(
    ("number", "fields", "kept"),
    [
        (1, {"choice": "o3"}, {"choice": ["o3"], "text": ""}),
        (2, {"choice": ["o3", "o1"]}, {"choice": ["o1", "o3"], "text": ""}),
        (3, {"text": " \u22122,5 "}, {"choice": [], "text": "\u22122,5"}),
        (4, {"text": "asyncio.gather"}, {"choice": [], "text": "asyncio.gather"}),
    ],
)
def test_each_kind_is_kept(site: Site, number: int, fields: dict[str, Any], kept: dict[str, object]) -> None:
    a_paper(site)
    sitting = sit(site)
    assert sitting.save(number, **fields).status_code == 200
    question = sitting.question(number)
    assert {name: question[name] for name in kept} == kept


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        (1, {"choice": ["o1", "o2"]}),  # two options for a single choice
        (1, {"choice": "o9"}),  # no option of this question
        (1, {"text": "o1"}),  # typed where one chooses
        (3, {"text": "forty two"}),  # text for a number
        (3, {"text": "1,234,5.6"}),
        (3, {"choice": "o1"}),
        (4, {"text": "x" * 2001}),
        (1, {"choice": "o1", "seq": "-1"}),
        (1, {"choice": "o1", "seq": "9" * 30}),
        (1, {"choice": "o1", "marked": "yes"}),
        (1, {"choice": "o1", "visited": "1e9"}),
        (1, {"choice": "o1", "certainty": "4"}),
        (1, {"choice": "o1", "tab": "t" * 41}),
        (4, {"text": "a\0b"}),
    ],
)
def test_nonsense_is_refused_and_the_stored_answer_stays(site: Site, number: int, fields: dict[str, Any]) -> None:
    a_paper(site)
    sitting = sit(site)
    good: dict[str, Any] = {1: {"choice": "o1"}, 3: {"text": "42"}, 4: {"text": "gather"}}[number]
    sitting.save(number, **good)
    before = sitting.question(number)
    reply = sitting.save(number, **fields)
    assert (reply.status_code, reply.json()["saved"], reply.json()["reason"]) == (422, False, "nonsense")
    assert sitting.question(number) == before


def test_a_refused_number_is_shown_again_with_the_reason_beside_it(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(3, text="41")
    page = sitting.press(3, "next", text="forty <two>")
    assert page.status_code == 422
    assert 'value="forty &lt;two&gt;"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert sitting.question(3)["text"] == "41"


@pytest.mark.parametrize("number", [0, 6, 999])
def test_a_question_that_does_not_exist_is_404(site: Site, number: int) -> None:
    a_paper(site)
    sitting = sit(site)
    assert sitting.save(number, choice="o1").status_code == 404
    page = sitting.browser.get(f"/attempts/{sitting.code}/questions/{number}")
    assert page.status_code == 404
    assert "site-header" in page.text
    assert sitting.browser.get(f"/attempts/{sitting.code}/questions/abc").status_code == 404


def test_the_same_save_twice_is_one_and_an_older_one_is_stale(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    assert sitting.save(1, choice="o1", seq=5, tab="t").status_code == 200
    assert sitting.save(1, choice="o1", seq=5, tab="t").status_code == 200
    stale = sitting.save(1, choice="o2", seq=4, tab="t")
    assert stale.status_code == 409
    assert stale.json()["saved"] is False
    assert stale.json()["reason"] == "stale"
    assert (stale.json()["choice"], stale.json()["seq"]) == (["o1"], 5)


def test_another_page_only_counts_when_it_knows_what_is_stored(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=3, tab="desk")
    assert sitting.save(1, choice="o2", seq=9, tab="phone", base=2).status_code == 409
    assert sitting.save(1, choice="o2", seq=9, tab="phone", base=3).status_code == 200
    assert sitting.question(1)["choice"] == ["o2"]


def test_an_old_plain_page_cannot_overwrite_and_shows_what_it_held(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", seq=3, tab="desk")
    page = sitting.press(1, "next", choice="o2", base="0")
    assert page.status_code == 409
    assert "another tab" in page.text
    assert 'name="base" value="3"' in page.text
    assert sitting.question(1)["choice"] == ["o1"]


@pytest.mark.parametrize("order", list(itertools.permutations(range(1, 6)))[::17])
def test_five_saves_in_any_order_end_with_the_fifth(sqlite_site: Site, order: tuple[int, ...]) -> None:
    a_paper(sqlite_site)
    sitting = sit(sqlite_site)
    for seq in order:
        sitting.save(4, text=f"answer {seq}", seq=seq, tab="t")
    assert sitting.question(4)["text"] == "answer 5"


def test_buttons_lead_where_they_say(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    at = f"/attempts/{sitting.code}"
    assert sitting.press(1, "next", choice="o1").headers["location"] == f"{at}/questions/2"
    assert sitting.press(2, "back").headers["location"] == f"{at}/questions/1"
    assert sitting.press(1, "goto:5", choice="o1").headers["location"] == f"{at}/questions/5"
    assert sitting.press(4, "next").headers["location"] == f"{at}/questions/5"  # into the next section
    assert sitting.press(5, "next").headers["location"] == f"{at}/submission"
    assert sitting.press(3, "review").headers["location"] == f"{at}/submission"
    assert sitting.press(1, "back", choice="o1").headers["location"] == f"{at}/questions/1"


def test_mark_and_next_keeps_the_answer_and_clear_keeps_the_mark(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.press(1, "mark_next", choice="o1")
    assert (sitting.question(1)["choice"], sitting.question(1)["marked"]) == (["o1"], True)
    sitting.press(1, "clear", choice="o1", marked="1")
    assert (sitting.question(1)["choice"], sitting.question(1)["marked"]) == ([], True)
    assert sitting.question(1)["answered"] is False


def test_the_room_returns_to_the_question_one_was_at(site: Site) -> None:
    a_paper(site)
    with site.writing() as db:
        asha = make_person(db, "Asha")
    sitting = sit(site, site.signed_in(asha))
    sitting.press(1, "goto:4", choice="o1")
    elsewhere = site.signed_in(asha)
    assert "Question 4, Mock one" in elsewhere.get(f"/attempts/{sitting.code}").text
    assert sitting.question(4)["visited"] is True


def test_opened_questions_are_remembered(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1", visited=["3", "4", "99"])
    assert [sitting.question(number)["visited"] for number in range(1, 6)] == [True, False, True, True, False]


def test_the_navigator_shows_the_five_states_with_their_counts(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o1")
    sitting.save(2, choice="o1", marked="1")
    sitting.save(3, marked="1")
    sitting.save(4, text="")
    page = sitting.browser.get(f"/attempts/{sitting.code}/questions/1").text
    for words in (
        "Question 1, answered",
        "Question 2, answered and marked for review",
        "Question 3, marked for review",
        "Question 4, not answered",
        "Question 5, not visited",
    ):
        assert f'aria-label="{words}"' in page


def test_a_hundred_answers_at_once_are_all_kept(site: Site) -> None:
    a_paper(site)
    sittings = [sit(site) for _ in range(20)]
    jobs = [(sitting, number) for sitting in sittings for number in (1, 2, 5)]
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(lambda job: job[0].save(job[1], choice="o2", seq=1).status_code, jobs))
    assert set(replies) == {200}
    assert all(sitting.question(number)["choice"] == ["o2"] for sitting, number in jobs)


def test_without_scripts_the_room_says_when_time_is_up(sqlite_site: Site) -> None:
    a_paper(sqlite_site)
    sitting = sit(sqlite_site)
    page = sitting.browser.get(f"/attempts/{sitting.code}").text
    assert 'datetime="2026-11-22T09:30:00.000Z"' in page.split("<noscript>")[1].split("</noscript>")[0]


@pytest.mark.parametrize("fields", [{"then": "next"}, {"then": "mark_next"}, {"visited": "99"}, {"visited": "0"}])
def test_from_the_last_question_the_summary_and_the_room_still_open(site: Site, fields: dict[str, str]) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(5, {"Accept": "text/html"}, choice="o1", **fields)
    for path in ("/submission", ""):
        assert sitting.browser.get(f"/attempts/{sitting.code}{path}").status_code == 200
    assert "Question 5, Mock one" in sitting.browser.get(f"/attempts/{sitting.code}").text


def test_a_save_sent_again_after_the_end_is_acknowledged_and_changes_nothing(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    asha.save(1, choice="o1", seq=1, tab="x")
    before = rows(site)
    site.clock.forward(minutes=31)
    assert asha.save(1, choice="o1", seq=1, tab="x", visited="4").json()["saved"] is True
    assert asha.save(3, then="goto:2", visited="4").json()["saved"] is True  # a blank form of a blank question
    assert rows(site) == before


def rows(site: Site) -> list[tuple[Any, ...]]:
    """Where the candidate is, and each question's visits."""
    with site.reading() as db:
        return [*db.execute(text("SELECT number, visited, seq, current FROM responses, attempts ORDER BY number"))]
