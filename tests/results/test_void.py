"""Attempts taken out of the results, put back, and opened again; what staff did stands in the timeline."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import AuditEntry, Person, Role
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam.analysis import Chosen
from mockhall.papers.models import Paper
from mockhall.results import statistics
from mockhall.results.models import MarkRow, ScoreRow
from tests.make import Site
from tests.results.sitting import (
    EXAMPLE_ANSWERS,
    JSON,
    begin,
    browse,
    example_paper,
    person,
    reload,
    sit,
)  # fmt: skip
from tests.results.six_people import version_of


def ranked(site: Site) -> list[int]:
    """The attempts that are ranked."""
    with site.reading() as db:
        query = select(ScoreRow.attempt_id).where(col(ScoreRow.is_ranked)).order_by(col(ScoreRow.attempt_id))
        return list(db.exec(query))


def staff(site: Site) -> TestClient:
    """Zoe's browser."""
    return browse(site, person(site, "Zoe", Role.STAFF))


def twice(site: Site) -> tuple[Paper, Person, Attempt, Attempt]:
    """Asha's two attempts; the first is ranked."""
    made, asha = example_paper(site), person(site, "Asha")
    return made, asha, sit(site, made, asha, EXAMPLE_ANSWERS), sit(site, made, asha, EXAMPLE_ANSWERS)


def text(page: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_voided_attempt_counts_nowhere_and_its_candidate_sees_no_score(site: Site) -> None:
    made, asha, first, second = twice(site)
    assert ranked(site) == [first.id]
    zoe = staff(site)
    reply = zoe.post(f"/desk/attempts/{first.code}/void", data={"reason": "Sat it for somebody else"})
    assert reply.status_code == 303
    assert ranked(site) == [second.id]  # the next one is the first that counts
    page = text(browse(site, asha).get(f"/attempts/{first.code}/result").text)
    assert "This attempt has no score" in page
    assert "11/3" not in page
    assert "3.67" not in page
    page = text(zoe.get(f"/desk/attempts/{first.code}").text)
    assert "Voided: Sat it for somebody else by Zoe" in page
    with site.reading() as db:
        logged = db.exec(select(AuditEntry.subject).where(AuditEntry.verb == "void")).all()
        counted = statistics.current(db, version_of(site, made), Chosen.ALL, site.clock.at)
    assert [f"attempt {first.code} voided: Sat it" in each for each in logged] == [True]
    assert counted is not None
    assert counted.statistics.people == 1
    csv = zoe.get(f"/desk/papers/{made.slug}/report.csv").text
    assert f"{first.code},Asha,,asha@example.edu,voided" in csv


def test_putting_it_back_gives_marks_and_rank_back(site: Site) -> None:
    _, asha, first, _ = twice(site)
    zoe = staff(site)
    zoe.post(f"/desk/attempts/{first.code}/void", data={"reason": "Mistaken"})
    assert zoe.post(f"/desk/attempts/{first.code}/restore").status_code == 303
    assert ranked(site) == [first.id]
    assert browse(site, asha).get(f"/attempts/{first.code}/result", headers=JSON).json()["score"] == "11/3"
    assert zoe.post(f"/desk/attempts/{first.code}/restore", headers=JSON).status_code == 409


def test_an_attempt_voided_while_it_ran_ends_and_is_marked_when_put_back(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    with site.writing() as db:
        attempt = begin(db, site, made, asha, EXAMPLE_ANSWERS)
    zoe = staff(site)
    zoe.post(f"/desk/attempts/{attempt.code}/void", data={"reason": "Wrong test"})
    assert reload(site, attempt).running_key is None
    assert ranked(site) == []
    zoe.post(f"/desk/attempts/{attempt.code}/restore")
    found = reload(site, attempt)
    assert (found.state, found.receipt is not None, ranked(site)) == (AttemptState.SCORED, True, [attempt.id])


def test_a_reason_is_needed_and_said_beside_the_field(site: Site) -> None:
    _, _, first, _ = twice(site)
    zoe = staff(site)
    for verb in ("void", "reopen"):
        reply = zoe.post(f"/desk/attempts/{first.code}/{verb}", data={"reason": " \0 ", "minutes": "10"})
        assert reply.status_code == 422
        assert f'aria-describedby="{verb}-reason-error"' in reply.text
    assert reload(site, first).state == AttemptState.SCORED


def test_an_attempt_opened_again_goes_on_and_is_marked_anew(site: Site) -> None:
    made, asha = example_paper(site), person(site, "Asha")
    first = sit(site, made, asha, EXAMPLE_ANSWERS)
    receipt = reload(site, first).receipt
    site.clock.forward(hours=2)
    reply = staff(site).post(
        f"/desk/attempts/{first.code}/reopen",
        data={"reason": "Fire alarm", "minutes": "15", "shown": "1"},
        headers=JSON,
    )
    assert (reply.json()["state"], reply.json()["deadline_at"]) == ("in_progress", "2026-11-22T11:15:00.000Z")
    with site.reading() as db:
        assert db.exec(select(MarkRow)).all() == []
    browser = browse(site, asha)
    saved = browser.post(f"/attempts/{first.code}/responses/5", data={"choice": "o2", "seq": "9"}, headers=JSON)
    assert saved.status_code == 200, saved.text
    assert browser.post(f"/attempts/{first.code}/submission").status_code == 303
    found = browser.get(f"/attempts/{first.code}/result", headers=JSON).json()
    assert found["score"] == "23/3"  # question 5 gives 3 now, not -1
    assert reload(site, first).receipt == receipt
    assert ranked(site) == [first.id]
    page = text(staff_page(site, first))
    assert "Opened again: It had 3.67 of 16. Fire alarm (the right answers could be read before) by Zoe" in page


def staff_page(site: Site, attempt: Attempt) -> str:
    """The page of an attempt, for the staff there are."""
    with site.reading() as db:
        zoe = db.exec(select(Person).where(Person.name == "Zoe")).one()
    return browse(site, zoe).get(f"/desk/attempts/{attempt.code}").text


@pytest.mark.parametrize("minutes", ["0", "-5", "1e3", "", "ten", "9999999"])
def test_minutes_that_are_none_are_refused_and_nothing_changes(site: Site, minutes: str) -> None:
    _, _, first, _ = twice(site)
    reply = staff(site).post(f"/desk/attempts/{first.code}/reopen", data={"reason": "x", "minutes": minutes})
    assert reply.status_code == 422
    assert 'id="reopen-minutes-error"' in reply.text
    assert reload(site, first).state == AttemptState.SCORED


def test_nothing_is_opened_while_another_attempt_of_the_test_runs(site: Site) -> None:
    made, asha, first, _ = twice(site)
    with site.writing() as db:
        begin(db, site, made, asha)
    zoe = staff(site)
    sent: dict[str, Any] = {"data": {"reason": "x", "minutes": "5", "shown": "1"}, "headers": JSON}
    assert zoe.post(f"/desk/attempts/{first.code}/reopen", **sent).json()["reason"] == "another"


def test_a_hard_closing_time_is_not_passed(site: Site) -> None:
    closes = site.clock.forward(minutes=40)
    made = example_paper(site, closes_at=closes, hard_close=True)
    asha = person(site, "Asha")
    site.clock.forward(minutes=-30)
    first = sit(site, made, asha)
    site.clock.forward(hours=2)
    reply = staff(site).post(f"/desk/attempts/{first.code}/reopen", data={"reason": "x", "minutes": "5", "shown": "1"})
    assert reply.status_code == 422
    assert "closes hard" in reply.text
    assert reload(site, first).state == AttemptState.SCORED


def test_only_staff_change_attempts(site: Site) -> None:
    _, asha, first, _ = twice(site)
    for somebody in (asha, person(site, "Tara", Role.EDITOR)):
        for verb in ("void", "restore", "reopen"):
            reply = browse(site, somebody).post(f"/desk/attempts/{first.code}/{verb}", data={"reason": "x"})
            assert reply.status_code == 404
    assert reload(site, first).state == AttemptState.SCORED


def test_the_first_attempt_stays_the_ranked_one_however_often_it_is_opened_again(site: Site) -> None:
    """Its score is stored anew, after that of the second attempt."""
    _, asha, first, _ = twice(site)
    zoe = staff(site)
    zoe.post(f"/desk/attempts/{first.code}/reopen", data={"reason": "Fire alarm", "minutes": "15", "shown": "1"})
    assert browse(site, asha).post(f"/attempts/{first.code}/submission").status_code == 303
    zoe.post(f"/desk/attempts/{first.code}/void", data={"reason": "Mistaken"})
    zoe.post(f"/desk/attempts/{first.code}/restore")
    assert ranked(site) == [first.id]
    assert "(the right answers could be read before)" in text(zoe.get(f"/desk/attempts/{first.code}").text)


def test_a_shared_result_ends_when_its_attempt_is_opened_again(site: Site) -> None:
    _, asha, first, _ = twice(site)
    browser = browse(site, asha)
    url = browser.post(f"/attempts/{first.code}/share", headers=JSON).json()["url"]
    path = url[url.index("/shared/") :]
    assert site.browser().get(path).status_code == 200
    staff(site).post(f"/desk/attempts/{first.code}/reopen", data={"reason": "x", "minutes": "15", "shown": "1"})
    browser.post(f"/attempts/{first.code}/submission")
    assert site.browser().get(path).status_code == 404


def test_whoever_could_read_the_answers_is_opened_again_only_knowingly(site: Site) -> None:
    _, _, first, _ = twice(site)
    zoe = staff(site)
    sent = {"reason": "Fire alarm", "minutes": "15"}
    reply = zoe.post(f"/desk/attempts/{first.code}/reopen", data=sent)
    assert reply.status_code == 422
    assert 'aria-describedby="reopen-shown-error"' in reply.text
    assert reload(site, first).state == AttemptState.SCORED
    assert zoe.post(f"/desk/attempts/{first.code}/reopen", data=sent | {"shown": "1"}).status_code == 303


def test_an_attempt_put_back_is_marked_as_the_others_are_by_then(site: Site) -> None:
    _, _, first, _ = twice(site)
    zoe = staff(site)
    with site.writing() as db:
        score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == first.id)).one()
        score.score, score.score_sort = score.score - 4, score.score_sort - 4
        db.add(score)
    zoe.post(f"/desk/attempts/{first.code}/void", data={"reason": "Mistaken"})
    zoe.post(f"/desk/attempts/{first.code}/restore")
    assert "<b>3.67</b> of 16" in zoe.get(f"/desk/attempts/{first.code}").text
