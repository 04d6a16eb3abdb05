"""A hand-in in the write lane ends an attempt as the other way does, to the last column."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person, Role
from mockhall.attempts import receipts
from mockhall.attempts.lane_sql import Run
from mockhall.attempts.models import Attempt, Response
from mockhall.exam import receipt
from mockhall.results import lane_hand_in_sql
from mockhall.results.lane_hand_in import HandedIn, HandIn
from mockhall.results.models import MarkRow, ScoreRow
from tests.attempts.room_of import JSON, Sitting, sit
from tests.kinds import cloze, match, order, true_false
from tests.make import Site, make_paper, make_person, multiple, numeric, single, text

KINDS = [single(), multiple(), numeric(), text(), true_false(), match(), order(), cloze()]
MANY = {"One": KINDS, "Two": [single() for _ in range(4)]}
PAPERS: dict[str, dict[str, Any]] = {
    "plain": {},
    "strict": {"save_policy": "strict_cbt"},
    "certainty": {"certainty": True, "sections": {"One": [single(), single(), numeric()], "Two": [single()]}},
    "best of some": {"sat": {"Two": {"choose": "best", "choose_k": 2}}},
    "first of some": {"sat": {"Two": {"choose": "first", "choose_k": 2}}},
    "floors": {"floor": 0, "sat": {"Two": {"floor": 0}}, "scheme": {"full": "1", "wrong": "-2/3"}},
    "without time": {"minutes": None},
}
GIVEN = {
    "single": {"choice": "o1"}, "multiple": {"choice": "o1"}, "numeric": {"text": "42"}, "text": {"text": "gather"},
    "true_false": {"choice": "t"},
}  # fmt: skip
OURS = {"id", "attempt_id", "person_id", "code", "receipt", "receipt_hash", "candidate", "running_key"}


def answered(site: Site, sitting: Sitting) -> None:
    """Some right, some wrong, some blank, some selected only, one that took longer than the attempt."""
    questions = [each for part in sitting.state()["sections"] for each in part["questions"]]
    for place, each in reversed([*enumerate(questions)]):
        site.clock.forward(seconds=1)
        number, kind = each["number"], each["kind"]
        given: dict[str, Any] = GIVEN.get(kind, {}) | ({"choice": "o2"} if kind == "single" and place % 2 else {})
        if given and place != 9:
            more: dict[str, Any] = {"certainty": str(1 + place % 3)}
            more |= {"then": "goto:1"} if place % 3 == 0 else {}
            assert sitting.save(number, active_ms=80_000_000, **given, **more).status_code == 200


def columns(row: Any) -> dict[str, Any]:
    return {name: value for name, value in dict(row).items() if name not in OURS}


def found(db: Session, code: str) -> dict[str, Any]:
    """All that the end of an attempt has written, but for what is each one's own."""
    attempt = db.exec(select(Attempt).where(Attempt.code == code)).one()
    of: dict[str, Any] = {"attempt": columns(attempt.model_dump())}
    of["score"] = columns(db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one().model_dump())
    marks = db.exec(select(MarkRow).where(MarkRow.attempt_id == attempt.id).order_by(col(MarkRow.number)))
    of["marks"] = [columns(each.model_dump()) for each in marks]
    query = select(Response.active_ms).where(Response.attempt_id == attempt.id).order_by(col(Response.number))
    of["times"] = list(db.exec(query))
    assert attempt.running_key is None
    assert attempt.receipt_hash == receipt.fingerprint(receipts.document(db, attempt))
    return of


@pytest.mark.parametrize("rules", PAPERS.values(), ids=PAPERS)
def test_both_ways_write_the_same(site: Site, rules: dict[str, Any]) -> None:
    with site.writing() as db:
        wanted: dict[str, Any] = {"sections": MANY, "shuffle_options": False} | rules
        make_paper(db, **wanted)
        people = [make_person(db, name) for name in ("Asha", "Ben")]
    asha, ben = (sit(site, site.signed_in(each)) for each in people)
    began = site.clock.at
    seen = []
    for sitting, form in ((asha, {}), (ben, {"by": "hand"})):  # a form with something in it is not the lane's
        site.clock.at = began
        answered(site, sitting)
        site.clock.forward(minutes=2)
        reply = sitting.browser.post(f"/attempts/{sitting.code}/submission", data=form, headers=JSON)
        assert (reply.status_code, reply.json()["state"], reply.json()["closed"]) == (200, "scored", True)
        with site.reading() as db:
            seen.append(found(db, sitting.code) | {"said": {**reply.json(), "url": ""}})
    in_lane, other = seen
    assert in_lane == other


def test_a_plain_press_of_the_button_is_the_lanes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.writing() as db:
        make_paper(db)
    sent: list[int] = []

    def write(run: Run, jobs: Sequence[HandIn]) -> list[HandedIn | None]:
        sent.append(len(jobs))
        return written(run, jobs)

    written = HandIn.write
    monkeypatch.setattr(HandIn, "write", staticmethod(write))
    sitting = sit(site)
    reply = sitting.browser.post(f"/attempts/{sitting.code}/submission", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"], sent) == (303, f"/attempts/{sitting.code}/result", [1])
    again = sitting.browser.post(f"/attempts/{sitting.code}/submission", follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, f"/attempts/{sitting.code}/result")


def test_only_the_first_attempt_of_a_person_is_ranked_and_no_preview(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
        asha, editor = make_person(db, "Asha"), make_person(db, "Ira", role=Role.EDITOR)
    for somebody in (asha, asha, editor):
        sit(site, site.signed_in(somebody)).submit()
    with site.reading() as db:
        ranked = select(ScoreRow.is_ranked, Person.name).join(Person, col(Person.id) == col(ScoreRow.person_id))
        assert list(db.exec(ranked.order_by(col(ScoreRow.id)))) == [(True, "Asha"), (False, "Asha"), (False, "Ira")]


@pytest.mark.parametrize(
    ("minutes", "closed", "state"), [(30, True, "scored"), (30.05, False, "in_progress"), (31, True, "scored")]
)
def test_at_the_deadline_it_is_the_lanes_and_after_it_the_other_ways(
    site: Site, minutes: float, closed: bool, state: str
) -> None:
    with site.writing() as db:
        make_paper(db, minutes=30)
    sitting = sit(site)
    site.clock.forward(minutes=minutes)
    reply = sitting.submit().json()
    assert (reply["closed"], reply["state"]) == (closed, state)


def test_somebody_elses_attempt_and_none_at_all_look_the_same(site: Site) -> None:
    with site.writing() as db:
        make_paper(db)
    sitting, stranger = sit(site), sit(site)
    for code in (sitting.code, "nosuchattempt234"):
        assert stranger.browser.post(f"/attempts/{code}/submission", headers=JSON).status_code == 404
    assert site.browser().post(f"/attempts/{sitting.code}/submission", headers=JSON).status_code == 401
    assert sitting.state()["state"] == "in_progress"


def test_every_condition_stands_in_the_statement_that_closes() -> None:
    for words in ("a.person_id = p.id", "state = 'in_progress'", "paused_at IS NULL", "deadline_at >= v.at"):
        assert words in lane_hand_in_sql.CLOSE.sqlite
