"""The statement that saves agrees with exam/saving.judge on every save, on both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlmodel import Session, col, select

from mockhall.accounts.models import LoginSession, Person
from mockhall.attempts.lane_save import Outcome, Save, why_none
from mockhall.attempts.models import Attempt, Response
from mockhall.exam import clock, saving
from mockhall.exam.clock import Phase
from mockhall.exam.saving import Incoming, Stored, Verdict
from mockhall.web.codes import token_hash
from mockhall.web.errors import NotYours, Refused
from tests.attempts.room_of import a_paper, sit
from tests.make import START, Site
from tests.results.sitting import running_on

GRACE = timedelta(seconds=5)
# Seconds from now, the end of the grace among them; most are in time, or the sequence would hardly count.
AROUND = st.sampled_from([None, None, 60, 60, 0, -1, -5, -5.000001, -3600])
STATES = st.sampled_from(["in_progress"] * 6 + ["overdue", "scored"])
LOCKED = st.sampled_from([False] * 5 + [True])
VALUES: dict[str, Any] = {
    "choice": st.sampled_from([(), ("o1",), ("o2",), ("o1", "o3")]),
    "text": st.sampled_from(["", "a", "é 🎓 'quoted' \"twice\" \\ %s {lock x}"]),
    "parts": st.sampled_from([(), (("1", "o1"),), (("1", "x"), ("2", "y"))]),
    "marked": st.booleans(),
    "certainty": st.sampled_from([None, 1, 3]),
}
STORED = st.builds(Stored, **VALUES, seq=st.sampled_from([0, 0, 1, 2, 3]), tab=st.sampled_from(["", "t", "u"]))
SENT = st.builds(
    Incoming, **VALUES, seq=st.one_of(st.none(), st.integers(0, 4)), tab=st.sampled_from([None, "", "t", "u"]),
    base=st.one_of(st.none(), st.integers(0, 3)),
)  # fmt: skip


@st.composite
def incoming_for(draw: st.DrawFn, stored: Stored) -> Incoming:
    """Some of them say what is stored already: retries are common."""
    sent: Incoming = draw(SENT)
    if draw(st.integers(0, 3)):
        return sent
    same = {name: getattr(stored, name) for name in VALUES}
    return replace(sent, **same)


def put(db: Session, stored: Stored, attempt: Attempt, state: str, deadline: Any, locked: bool, closes: Any) -> None:
    """The rows as a case wants them."""
    row = {
        "choice": list(stored.choice), "text": stored.text, "parts": dict(stored.parts), "marked": stored.marked,
        "certainty": stored.certainty or 0, "seq": stored.seq, "tab": stored.tab, "locked": locked, "closes_at": closes,
    }  # fmt: skip
    db.execute(update(Attempt).where(col(Attempt.id) == attempt.id).values(state=state, deadline_at=deadline))
    mine = (col(Response.attempt_id) == attempt.id, col(Response.number) == 1)
    db.execute(update(Response).where(*mine).values(**row))


def kept(db: Session, attempt: Attempt) -> Stored:
    """The response as it is stored."""
    db.expire_all()
    row = db.exec(select(Response).where(Response.attempt_id == attempt.id, Response.number == 1)).one()
    parts = tuple(sorted(row.parts.items()))
    return Stored(tuple(row.choice), row.text, parts, row.marked, row.certainty or None, row.seq, row.tab)


def at(offset: float | None) -> Any:
    return None if offset is None else START + timedelta(seconds=offset)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_statement_and_the_rules_agree_on_every_save(site: Site, data: st.DataObject) -> None:
    attempt, token = running(site)
    stored: Stored = data.draw(STORED)
    sent = data.draw(incoming_for(stored))
    state, locked = data.draw(STATES), data.draw(LOCKED)
    deadline, closes = at(data.draw(AROUND)), at(data.draw(AROUND))
    is_shut = locked or clock.phase(START, closes, GRACE) is Phase.OVER
    phase = clock.phase(START, deadline, GRACE)
    wanted = saving.judge(stored, sent, open_=state == "in_progress", phase=phase, locked=is_shut)
    with site.app.state.database.engine.connect() as connection, Session(connection) as db:
        put(db, stored, attempt, state, deadline, locked, closes)
        (found,) = Save.write(running_on(db), [Save(token, attempt.id or 0, 1, sent, START, GRACE, current=1)])
        assert isinstance(found, Outcome)
        assert found.verdict is wanted
        assert kept(db, attempt) == (saving.kept(stored, sent) if wanted is Verdict.SAVE else stored)
        assert found.stored.seq == kept(db, attempt).seq
        db.rollback()


def running(site: Site) -> tuple[Attempt, str]:
    """An attempt of a guest and the hash of their cookie; made once for a site."""
    found: tuple[Attempt, str] | None = getattr(site, "running_attempt", None)
    if found is None:
        a_paper(site)
        sitting = sit(site)
        with site.reading() as db:
            attempt = db.exec(select(Attempt).where(Attempt.code == sitting.code)).one()
        found = attempt, token_hash(sitting.browser.cookies["mockhall"])
        site.running_attempt = found  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (update(LoginSession).values(revoked_at=START), 401),
        (update(LoginSession).values(expires_at=START), 401),
        (update(Person).values(disabled_at=START), 401),
        (text("UPDATE attempts SET person_id = (SELECT max(id) FROM people)"), 404),
    ],
    ids=["signed out", "too old", "disabled", "somebody else's"],
)
def test_a_session_that_ended_saves_nothing(site: Site, change: Any, status: int) -> None:
    attempt, token = running(site)
    sit(site)  # somebody else, the last of the people
    job = Save(token, attempt.id or 0, 1, Incoming(choice=("o1",), seq=1), START, GRACE, current=1)
    with site.app.state.database.engine.connect() as connection, Session(connection) as db:
        db.execute(change)
        (found,) = Save.write(running_on(db), [job])
        assert isinstance(found, Refused)
        assert found.status_code == status
        assert isinstance(found, NotYours) is (status == 404)
        assert kept(db, attempt) == Stored()
        assert isinstance(why_none(running_on(db), job), Refused)
        db.rollback()
