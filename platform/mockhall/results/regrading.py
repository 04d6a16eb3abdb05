"""A paper's finished attempts marked anew: first a dry run that is kept, then just what it listed, in small steps."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts import events
from mockhall.attempts.events import Verb
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.db import Database
from mockhall.exam.marking import screen_marks
from mockhall.papers.models import Paper
from mockhall.results import actions
from mockhall.results.models import Regrade, ScoreChange, ScoreRow
from mockhall.web.codes import new_code
from mockhall.web.errors import Refused

LOOKED, APPLIED = 100, 20
"""Attempts a step of the dry run and of applying it."""
BETWEEN = 0.005
"""Seconds between two steps, so that whoever saves an answer gets a turn."""
STILL = timedelta(minutes=1)
"""After so long without a step its server is taken to have stopped, and it can be gone on with."""
Clock = Callable[[], datetime]
NOT_READY = "There is nothing to apply: the dry run is not finished, or it was applied or dropped. Nothing was changed."


class Stage(StrEnum):
    """How far a regrade is."""

    LOOKING = "looking"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    DROPPED = "dropped"


RUNS = (Stage.LOOKING, Stage.APPLYING)


def begin(db: Session, paper: Paper, reason: str, actor: Person, now: datetime) -> Regrade:
    """A dry run of all scored attempts, to be carried on by `go_on`."""
    count = select(sa.func.count()).select_from(ScoreRow).where(ScoreRow.paper_id == paper.id)
    made = Regrade(
        code=new_code(12), paper_id=paper.id or 0, actor_id=actor.id, reason=reason, state=Stage.LOOKING, begun_at=now,
        moved_at=now, attempts=db.exec(count).one(),
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def confirm(db: Session, regrade: Regrade, now: datetime) -> None:
    """Let what was listed be applied, by `go_on`. Refused unless the dry run is finished and neither applied nor
    dropped: pressed twice it is done once."""
    if regrade.state != Stage.READY:
        raise Refused(409, "not_ready", NOT_READY)
    regrade.state, regrade.moved_at, regrade.seen = Stage.APPLYING, now, 0
    db.add(regrade)


def drop(db: Session, regrade: Regrade, now: datetime) -> None:
    """Leave everything as it is."""
    if regrade.state not in (Stage.READY, Stage.LOOKING):
        raise Refused(409, "not_ready", NOT_READY)
    regrade.state, regrade.moved_at = Stage.DROPPED, now
    db.add(regrade)


def go_on(database: Database, code: str, clock: Clock) -> None:
    """Carry a regrade on to its next stop, a step a transaction; each is whole, whoever else carries it on too."""
    steps = {Stage.LOOKING: _look, Stage.APPLYING: _apply}
    while True:
        with database.reading() as db:
            regrade = db.exec(select(Regrade).where(Regrade.code == code)).one()
        if regrade.state not in steps:
            return
        steps[Stage(regrade.state)](database, regrade, clock())
        time.sleep(BETWEEN)


@contextmanager
def _held(database: Database, found: Regrade, now: datetime) -> Iterator[tuple[Session, Regrade] | None]:
    """The regrade to write to, or None where somebody else has carried it on since it was read."""
    with database.writing() as db:
        regrade = db.exec(select(Regrade).where(Regrade.id == found.id).with_for_update()).one()
        if (regrade.state, regrade.cursor, regrade.seen) != (found.state, found.cursor, found.seen):
            yield None
            return
        yield db, regrade
        regrade.moved_at = now
        db.add(regrade)


def _look(database: Database, found: Regrade, now: datetime) -> None:
    """Mark the next attempts without keeping it, and list whose score would change. Marking holds up no writer."""
    query = select(Attempt, ScoreRow).join(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
    query = query.where(ScoreRow.paper_id == found.paper_id, col(Attempt.id) > found.cursor)
    with database.reading() as db:
        rows = db.exec(query.order_by(col(Attempt.id)).limit(LOOKED)).all()
        after = {score.attempt_id: (score.score, _after(db, attempt, score)) for attempt, score in rows}
    changes = [(attempt, before, new) for attempt, (before, new) in after.items() if new is not None]
    with _held(database, found, now) as held:
        if held is None:
            return
        db, regrade = held
        for attempt, before, new in changes:
            db.add(ScoreChange(regrade_id=regrade.id or 0, attempt_id=attempt, before=before, after=new))
        regrade.cursor, regrade.seen = max(after, default=regrade.cursor), regrade.seen + len(rows)
        regrade.changed += len(changes)
        regrade.state = Stage.READY if len(rows) < LOOKED else Stage.LOOKING


def _after(db: Session, attempt: Attempt, score: ScoreRow) -> Fraction | None:
    """The score an attempt would have; None where nothing of it would change."""
    if attempt.state != AttemptState.SCORED:
        return None
    found = actions.marked_sheet(db, attempt).overall
    new = (found.total, found.max, found.gained, found.lost, found.right, found.partly, found.wrong, found.blank)
    old = (score.score, score.max, score.gained, score.lost, score.right, score.partly, score.wrong, score.blank)
    return None if new == old else found.total


def _apply(database: Database, found: Regrade, now: datetime) -> None:
    """Mark the next of those listed. One that was changed since, by a late answer say, is left as it is and said."""
    with _held(database, found, now) as held:
        if held is None:
            return
        db, regrade = held
        query = select(ScoreChange).where(ScoreChange.regrade_id == regrade.id, col(ScoreChange.applied_at).is_(None))
        changes = db.exec(query.where(col(ScoreChange.skipped).is_(False)).limit(APPLIED)).all()
        actor = db.get(Person, regrade.actor_id) if regrade.actor_id else None
        for change in changes:
            _apply_one(db, regrade, change, actor, now)
        regrade.seen += len(changes)
        if len(changes) < APPLIED:
            regrade.state, regrade.applied_at = Stage.APPLIED, now


def _apply_one(db: Session, regrade: Regrade, change: ScoreChange, actor: Person | None, now: datetime) -> None:
    attempt = db.exec(select(Attempt).where(Attempt.id == change.attempt_id).with_for_update()).one()
    score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).first()
    if score is None or score.score != change.before or _after(db, attempt, score) != change.after:
        change.skipped = True
    else:
        actions.regrade(db, attempt, now)
        change.applied_at = now
        text = f"Score {screen_marks(change.before)} to {screen_marks(change.after)}: {regrade.reason}"
        events.note(db, attempt, Verb.REGRADE, text, actor, now)
    db.add(change)
