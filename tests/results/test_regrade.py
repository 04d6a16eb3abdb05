"""Marking anew: the dry run lists whose score would change, and applying changes exactly those."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import AuditEntry, Role
from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper
from mockhall.results import regrading
from mockhall.results.models import MarkRow, Regrade, ScoreRow
from tests.make import Site
from tests.results.sitting import EXAMPLE_ANSWERS, JSON, browse, example_paper, person, sit

URL = "/desk/papers/mock-1/regrade"


def scores(site: Site) -> dict[str, Fraction]:
    """The score of each candidate."""
    with site.reading() as db:
        query = select(Attempt, ScoreRow).join(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
        return {attempt.candidate: row.score for attempt, row in db.exec(query)}


def miscounted(site: Site, *attempts: Attempt) -> None:
    """As an earlier, faulty marking left them: the first question wrong though it is right, which is four less."""
    with site.writing() as db:
        for attempt in attempts:
            row = db.get_one(MarkRow, (attempt.id, 1))
            row.marks, row.outcome = Fraction(-1), "wrong"
            score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
            score.score -= 4
            score.score_sort -= 4
            score.right, score.wrong, score.gained, score.lost = 0, 3, score.gained - 3, score.lost - 1
            db.add_all([row, score])


def four(site: Site) -> tuple[Paper, dict[str, Attempt]]:
    """Asha, Ben, Nina and Omar answered alike; of Ben and Omar it was miscounted."""
    made = example_paper(site)
    attempts = {name: sit(site, made, person(site, name), EXAMPLE_ANSWERS) for name in ("Asha", "Ben", "Nina", "Omar")}
    miscounted(site, attempts["Ben"], attempts["Omar"])
    return made, attempts


def staff(site: Site) -> TestClient:
    """Zoe's browser."""
    return browse(site, person(site, "Zoe", Role.STAFF))


def look(zoe: TestClient) -> str:
    """A dry run; gives its address."""
    reply = zoe.post(URL, data={"reason": "Marked by a faulty release"})
    assert reply.status_code == 303, reply.text
    return reply.headers["location"]


def listed(page: str) -> list[tuple[str, ...]]:
    """Candidate, before, after and difference of each line."""
    rows = re.findall(r"<tr><th scope=\"row\" class=\"clip\">.*?</tr>", page, re.DOTALL)
    return [tuple(" ".join(re.sub(r"<[^>]*>", " ", row).split()).split(" ")) for row in rows]


WRONG, RIGHT = Fraction(11, 3) - 4, Fraction(11, 3)


def test_a_dry_run_lists_who_changes_by_how_much_and_changes_nothing(site: Site) -> None:
    four(site)
    before = scores(site)
    zoe = staff(site)
    page = zoe.get(look(zoe)).text
    assert "2 scores would change" in page
    assert listed(page) == [("Omar", "−0.33", "3.67", "+4"), ("Ben", "−0.33", "3.67", "+4")]
    assert scores(site) == before == {"Asha": RIGHT, "Ben": WRONG, "Nina": RIGHT, "Omar": WRONG}


def test_applying_changes_exactly_the_scores_the_dry_run_listed(site: Site) -> None:
    """Nina's is miscounted after the dry run: it was not listed, so it stays."""
    _, attempts = four(site)
    zoe = staff(site)
    url = look(zoe)
    miscounted(site, attempts["Nina"])
    assert zoe.post(f"{url}/apply").status_code == 303
    assert scores(site) == {"Asha": RIGHT, "Ben": RIGHT, "Nina": WRONG, "Omar": RIGHT}
    page = zoe.get(url).text
    assert "2 scores changed." in page
    with site.reading() as db:
        marks = db.exec(select(MarkRow.attempt_id).where(MarkRow.number == 1, MarkRow.outcome == "right")).all()
        log = db.exec(select(AuditEntry.subject).where(AuditEntry.verb == "regrade")).all()
    assert set(marks) == {attempts[name].id for name in ("Asha", "Ben", "Omar")}
    assert log == ["mock-1: 2 scores, Marked by a faulty release"]
    timeline = zoe.get(f"/desk/attempts/{attempts['Ben'].code}").text
    assert re.search(r"Score .0\.33 to 3\.67: Marked by a faulty release", timeline)


@pytest.mark.parametrize(("reveal", "says"), [("mock", True), ("contest", False)])
def test_a_result_that_changed_says_so_once_marks_may_be_seen(site: Site, reveal: str, says: bool) -> None:
    closes = site.clock.at + timedelta(days=2)
    made, ben = example_paper(site, reveal=reveal, closes_at=closes), person(site, "Ben")
    attempt = sit(site, made, ben, EXAMPLE_ANSWERS)
    miscounted(site, attempt)
    zoe = staff(site)
    zoe.post(f"{look(zoe)}/apply")
    page = browse(site, ben).get(f"/attempts/{attempt.code}/result").text
    assert ("your score went from −0.33 to 3.67. The reason: <bdi>Marked by a faulty release</bdi>" in page) is says


def test_one_that_changed_since_is_left_alone_and_said(site: Site) -> None:
    _, attempts = four(site)
    zoe = staff(site)
    url = look(zoe)
    miscounted(site, attempts["Ben"])
    zoe.post(f"{url}/apply")
    assert scores(site)["Ben"] == WRONG - 4
    assert scores(site)["Omar"] == RIGHT
    page = zoe.get(url).text
    assert "1 score changed; 1 attempt had changed since the dry run and was left alone." in page


def test_it_is_applied_once_however_often_it_is_pressed(site: Site) -> None:
    four(site)
    zoe = staff(site)
    url = look(zoe)
    zoe.post(f"{url}/apply")
    assert zoe.post(f"{url}/apply", headers=JSON).status_code == 409
    assert zoe.post(f"{url}/drop", headers=JSON).status_code == 409
    page = zoe.get(look(zoe)).text
    assert "No score would change" in page


def test_a_dropped_one_changes_nothing(site: Site) -> None:
    four(site)
    before, zoe = scores(site), staff(site)
    url = look(zoe)
    assert zoe.post(f"{url}/drop").headers["location"] == URL
    assert zoe.post(f"{url}/apply", headers=JSON).status_code == 409
    assert scores(site) == before
    assert "Dropped" in zoe.get(URL).text


def test_a_reason_is_needed(site: Site) -> None:
    four(site)
    reply = staff(site).post(URL, data={"reason": "  "})
    assert reply.status_code == 422
    assert 'aria-describedby="reason-error"' in reply.text


def test_it_goes_on_where_its_server_stopped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one step of one attempt; nothing is listed twice."""
    four(site)
    zoe = staff(site)
    monkeypatch.setattr(regrading, "LOOKED", 1)
    monkeypatch.setattr(regrading, "APPLIED", 1)
    tara = person(site, "Tara", Role.STAFF)
    with site.writing() as db:
        made = regrading.begin(db, db.exec(select(Paper)).one(), "Stopped", tara, site.clock.at)
    with site.reading() as db:
        found = db.exec(select(Regrade)).one()
    for _ in range(2):
        regrading._look(site.app.state.database, found, site.clock.at)  # the second is of one that was carried on
    site.clock.forward(minutes=2)
    page = zoe.get(f"{URL}/{made.code}").text
    assert "1 of 4 attempts" in page
    assert "It has stood still for a minute" in page
    assert zoe.post(f"{URL}/{made.code}").status_code == 303
    assert len(listed(zoe.get(f"{URL}/{made.code}").text)) == 2


@pytest.mark.parametrize("role", [Role.EDITOR, Role.STUDENT])
def test_only_staff_mark_anew(site: Site, role: Role) -> None:
    four(site)
    zoe = staff(site)
    url = look(zoe)
    ravi = browse(site, person(site, "Ravi", role))
    assert [ravi.get(each).status_code for each in (URL, url)] == [404, 404]
    assert [ravi.post(each, data={"reason": "x"}).status_code for each in (URL, url, f"{url}/apply")] == [404] * 3
    assert zoe.get(url.replace("mock-1", "nosuch")).status_code == 404
    assert zoe.get(f"{URL}/nosuch%00").status_code == 404
