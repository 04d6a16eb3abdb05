"""Answers that come too late are kept apart, shown to staff beside the stored ones, and accepted all or none."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts import audit
from mockhall.accounts.models import AuditEntry, Role
from mockhall.attempts.models import Attempt, LateAnswer, Response
from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import JSON, Sitting, a_paper, sit
from tests.make import START, Site, make_person

DEADLINE = START + timedelta(minutes=30)
CLAIMED = "2026-11-22T09:29:50.000Z"


def staff(site: Site) -> TestClient:
    with site.writing() as db:
        sita = make_person(db, "Sita", Role.STAFF)
    return site.signed_in(sita)


def kept(site: Site) -> list[LateAnswer]:
    with site.reading() as db:
        return list(db.exec(select(LateAnswer).order_by(col(LateAnswer.id))))


def late_save(site: Site, sitting: Sitting, number: int = 1, **fields: Any) -> dict[str, Any]:
    """A save an hour after the end."""
    site.clock.at = DEADLINE + timedelta(hours=1)
    reply = sitting.save(number, **fields)
    assert reply.status_code == 410
    found: dict[str, Any] = reply.json()
    return found


def late_sitting(site: Site) -> Sitting:
    """One right answer saved in time; two more right ones, and another for the first question, come too late."""
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o2", seq=1, tab="laptop")
    late_save(site, sitting, 1, choice="o1", seq=2, tab="laptop", claimed_at=CLAIMED)
    late_save(site, sitting, 3, text="42", seq=1, tab="laptop", claimed_at=CLAIMED)
    return sitting


def test_a_late_answer_is_kept_apart_with_both_times_and_the_candidate_is_told(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o2", seq=1, tab="laptop")
    told = late_save(site, sitting, 1, choice="o1", seq=2, tab="laptop", claimed_at=CLAIMED)
    assert (told["saved"], told["reason"], told["kept_late"]) == (False, "time_over", True)
    assert "Received too late" in told["text"]
    assert "your teacher can see it" in told["text"]
    (row,) = kept(site)
    assert (row.choice, row.claimed_at, row.arrived_at) == (["o1"], DEADLINE - timedelta(seconds=10), site.clock.at)
    with site.reading() as db:
        assert db.get(Response, (row.attempt_id, 1)).choice == ["o2"]
    page = sitting.browser.get(f"/attempts/{sitting.code}/result").text
    assert "came too late" in page


@pytest.mark.parametrize("claimed", ["", "yesterday", "2026-11-22T09:29:50", "9" * 500, "0001-01-01T00:00:00+23:59"])
def test_a_claim_that_cannot_be_read_costs_no_answer(site: Site, claimed: str) -> None:
    a_paper(site)
    told = late_save(site, sit(site), 1, choice="o1", seq=1, claimed_at=claimed)
    assert told["kept_late"] is True
    assert [row.claimed_at for row in kept(site)] == [None]


def test_a_claim_of_what_is_yet_to_come_is_the_arrival(site: Site) -> None:
    a_paper(site)
    late_save(site, sit(site), 1, choice="o1", seq=1, claimed_at="2031-01-01T00:00:00Z")
    assert [row.claimed_at for row in kept(site)] == [site.clock.at]


def test_the_same_answer_is_kept_once_and_a_stale_or_equal_one_not_at_all(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    sitting.save(1, choice="o2", seq=3, tab="laptop")
    for _ in range(3):
        assert late_save(site, sitting, 1, choice="o1", seq=4, tab="laptop")["kept_late"] is True
    assert late_save(site, sitting, 1, choice="o3", seq=2, tab="phone", base=0)["kept_late"] is False, "stale"
    assert late_save(site, sitting, 1, choice="o2", seq=4, tab="laptop", marked=1)["kept_late"] is False, "no answer"
    assert len(kept(site)) == 1


def test_a_device_cannot_fill_the_table(site: Site) -> None:
    a_paper(site)
    sitting = sit(site)
    for seq, option in enumerate(["o1", "o2", "o3", "o4"] * 3, 1):
        late_save(site, sitting, 1, choice=option, seq=seq)
    assert len(kept(site)) == 3


def test_staff_see_what_accepting_would_change_before_they_do(site: Site) -> None:
    sitting, sita = late_sitting(site), staff(site)
    page = sita.get(f"/desk/attempts/{sitting.code}").text
    assert "Answers that came too late" in page
    assert "from <b>−1</b> to <b>6</b> of 15" in page
    assert "−1 → <b>3</b>" in page
    with site.reading() as db:
        assert db.exec(select(ScoreRow)).one().score == -1, "looking changes nothing"


def test_accepting_marks_the_attempt_anew_keeps_what_was_and_is_logged(site: Site) -> None:
    sitting, sita = late_sitting(site), staff(site)
    reply = sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON)
    assert reply.json() == {"accepted": 2, "score": "6"}
    with site.reading() as db:
        score = db.exec(select(ScoreRow)).one()
        assert (score.score, score.right, score.wrong, score.blank, score.lost) == (6, 2, 0, 3, 0)
        assert {row.number: row.marks for row in db.exec(select(MarkRow))} == {1: 3, 2: 0, 3: 3, 4: 0, 5: 0}
        logged = db.exec(select(AuditEntry).where(AuditEntry.verb == "late")).one()
        assert logged.subject == f"paper 1: 2 late answers of attempt {sitting.code}, score -1 to 6"
        assert audit.first_broken(db) is None
    assert [(row.replaced or {})["choice"] for row in kept(site)] == [["o2"], []]
    assert "Late answers accepted" in sita.get(f"/desk/attempts/{sitting.code}").text
    again = sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON)
    assert (again.status_code, again.json()["reason"]) == (409, "none_late")


def test_the_rank_follows_the_score_that_changed(site: Site) -> None:
    sitting, sita = late_sitting(site), staff(site)
    site.clock.at = START
    ben = sit(site)
    ben.save(1, choice="o1")
    ben.submit()
    site.clock.at = DEADLINE + timedelta(days=1)

    def ranks() -> tuple[int, int]:
        found = [each.browser.get(f"/attempts/{each.code}/result", headers=JSON).json() for each in (sitting, ben)]
        return found[0]["rank"], found[1]["rank"]

    assert ranks() == (2, 1)
    sita.post(f"/desk/attempts/{sitting.code}/late")
    assert ranks() == (1, 2)


def test_of_several_late_answers_the_one_given_last_stands(site: Site) -> None:
    a_paper(site)
    sitting, sita = sit(site), staff(site)
    late_save(site, sitting, 1, choice="o1", seq=2, tab="phone", claimed_at="2026-11-22T09:29:00Z")
    late_save(site, sitting, 1, choice="o3", seq=1, tab="laptop", claimed_at="2026-11-22T09:10:00Z")
    sita.post(f"/desk/attempts/{sitting.code}/late")
    with site.reading() as db:
        attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        assert db.get(Response, (attempt.id, 1)).choice == ["o1"]


def test_late_answers_of_an_attempt_that_was_not_handed_in_cannot_be_accepted(site: Site) -> None:
    a_paper(site, time_up="abandon")
    sitting, sita = sit(site), staff(site)
    late_save(site, sitting, 1, choice="o1", seq=1)
    sitting.browser.get(f"/attempts/{sitting.code}/result")
    reply = sita.post(f"/desk/attempts/{sitting.code}/late", headers=JSON)
    assert (reply.status_code, reply.json()["reason"]) == (409, "not_scored")
    assert "They can be accepted only where" in sita.get(f"/desk/attempts/{sitting.code}").text
