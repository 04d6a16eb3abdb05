"""A practice test is paused and gone on with: the clock, the questions, what is still kept."""

import pytest

from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site


@pytest.fixture
def asha(site: Site) -> Sitting:
    a_paper(site, practice=True)
    return sit(site, name="Asha")


def post(asha: Sitting, verb: str) -> int:
    return asha.browser.post(f"/attempts/{asha.code}/{verb}", headers=JSON).status_code


def state(asha: Sitting) -> dict[str, object]:
    reply: dict[str, object] = asha.browser.get(f"/attempts/{asha.code}", headers=JSON).json()
    return reply


def test_the_deadline_moves_by_as_long_as_the_test_was_paused(site: Site, asha: Sitting) -> None:
    before = state(asha)["deadline_at"]
    site.clock.forward(minutes=10)
    assert post(asha, "pause") == 303
    assert state(asha)["deadline_at"] is None
    site.clock.forward(hours=3)
    assert post(asha, "resume") == 303
    assert before == "2026-11-22T09:30:00.000Z"
    assert state(asha)["deadline_at"] == "2026-11-22T12:30:00.000Z"


def test_the_time_taken_leaves_pauses_out(site: Site, asha: Sitting) -> None:
    site.clock.forward(minutes=10)
    post(asha, "pause")
    site.clock.forward(hours=3)
    post(asha, "resume")
    site.clock.forward(minutes=2)
    asha.submit()
    assert "12:00 <small>of 30:00</small>" in asha.browser.get(f"/attempts/{asha.code}/result").text


def test_paused_and_gone_on_twice_is_once(site: Site, asha: Sitting) -> None:
    for _ in range(2):
        assert post(asha, "pause") == 303
        site.clock.forward(minutes=1)
    for _ in range(2):
        assert post(asha, "resume") == 303
    assert state(asha)["deadline_at"] == "2026-11-22T09:32:00.000Z"


def test_a_paused_test_shows_no_question_and_says_what_is_left_after_a_reload_too(site: Site, asha: Sitting) -> None:
    site.clock.forward(minutes=10)
    post(asha, "pause")
    for path in ("", "/questions/2", "/paper"):
        reply = asha.browser.get(f"/attempts/{asha.code}{path}")
        assert reply.headers["location"] == f"/attempts/{asha.code}/pause"
    for _ in range(2):
        text = asha.browser.get(f"/attempts/{asha.code}/pause").text
        assert "The clock stands at 20:00 left" in text
        assert "A single question?" not in text
        site.clock.forward(minutes=5)
    assert state(asha)["sections"] == []


def test_nothing_closes_a_paused_test_and_a_page_that_counts_on_hands_nothing_in(site: Site, asha: Sitting) -> None:
    post(asha, "pause")
    site.clock.forward(hours=30)
    reply = asha.browser.post(f"/attempts/{asha.code}/submission", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "paused")
    assert state(asha)["state"] == "in_progress"


def test_an_answer_that_was_under_way_when_the_test_was_paused_is_kept(site: Site, asha: Sitting) -> None:
    post(asha, "pause")
    site.clock.forward(hours=2)
    assert asha.save(1, choice="o1").json()["saved"] is True
    post(asha, "resume")
    asha.submit()


def test_the_closing_of_the_test_holds_paused_or_not(site: Site) -> None:
    a_paper(site, practice=True, closes_at=START.replace(hour=10))
    asha = sit(site)
    post(asha, "pause")
    assert state(asha)["deadline_at"] == "2026-11-22T10:00:00.000Z"
    site.clock.forward(minutes=50)
    post(asha, "resume")
    assert state(asha)["deadline_at"] == "2026-11-22T10:00:00.000Z"


def test_a_test_that_is_no_practice_is_not_paused(site: Site) -> None:
    a_paper(site)
    asha = sit(site)
    reply = asha.browser.post(f"/attempts/{asha.code}/pause", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "no_pause")
    assert state(asha)["paused_at"] is None
    assert "data-pause" not in asha.browser.get(f"/attempts/{asha.code}").text


@pytest.mark.parametrize("rule", ["minutes_max", "minutes_min", "question_seconds"])
def test_practice_whose_sections_have_times_of_their_own_is_not_paused(site: Site, rule: str) -> None:
    a_paper(site, practice=True, sat={"First": {rule: 20}})
    asha = sit(site)
    assert "data-pause" not in asha.browser.get(f"/attempts/{asha.code}").text
    reply = asha.browser.post(f"/attempts/{asha.code}/pause", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "no_pause")


def test_after_the_deadline_there_is_nothing_to_pause(site: Site, asha: Sitting) -> None:
    site.clock.forward(minutes=30, seconds=1)
    assert post(asha, "pause") == 410
