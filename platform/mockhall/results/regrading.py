"""Finished attempts marked anew: first a dry run that is kept, then what it listed, in small steps.

Of a paper just what was listed is changed. A ruling holds for everybody: from when it is applied hand-ins are marked by
it, and what was handed in between the dry run and then is looked at once more."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

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
from mockhall.results.regrade_scope import Scope, scope_of
from mockhall.web.codes import new_code
from mockhall.web.errors import Refused

LOOKED, APPLIED = 100, 20
"""Attempts a step of the dry run and of applying it."""
BETWEEN = 0.005
"""Seconds between two steps, so that whoever saves an answer gets a turn."""
STILL = timedelta(minutes=1)
"""After so long without a step its server is taken to have stopped, and it can be gone on with."""
LATE = timedelta(seconds=10)
"""A score can be committed so long after the moment it bears."""
UNDER_WAY = 1.0
"""Seconds in which a hand-in that was being written when a ruling began to hold is written. SQLite has one writer."""
Clock = Callable[[], datetime]
NOT_READY = "There is nothing to apply: the dry run is not finished, or it was applied or dropped. Nothing was changed."


class Stage(StrEnum):
    """How far a regrade is."""

    LOOKING = "looking"
    READY = "ready"
    APPLYING = "applying"
    SETTLING = "settling"
    APPLIED = "applied"
    DROPPED = "dropped"


RUNS = (Stage.LOOKING, Stage.APPLYING, Stage.SETTLING)


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
    steps = {Stage.LOOKING: _look, Stage.APPLYING: _apply, Stage.SETTLING: _settle}
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
    with database.reading() as db:
        scope = scope_of(db, found)
        rows = db.execute(scope.attempts(found.cursor).limit(LOOKED)).all()
        looked = [Looked(score, attempt, _after(db, scope, attempt, score)) for attempt, score in rows]
    changes = [each for each in looked if each.after is not None]
    with _held(database, found, now) as held:
        if held is None:
            return
        db, regrade = held
        db.add_all(each.change(regrade) for each in changes)
        regrade.cursor = max((each.score.attempt_id for each in looked), default=regrade.cursor)
        regrade.seen += len(looked)
        _count(regrade, looked)
        if len(rows) < LOOKED:
            regrade.state, regrade.attempts = Stage.READY, regrade.seen


class Looked(NamedTuple):
    """An attempt that was marked anew; `after` is None where nothing of its score changes."""

    score: ScoreRow
    attempt: Attempt
    after: Fraction | None

    def change(self, regrade: Regrade) -> ScoreChange:
        """What would change, as it is kept."""
        after = self.score.score if self.after is None else self.after
        return ScoreChange(
            regrade_id=regrade.id or 0, attempt_id=self.score.attempt_id, before=self.score.score, after=after
        )


def _count(regrade: Regrade, looked: Sequence[Looked]) -> None:
    """Add to what the whole would come to."""
    scored = [each for each in looked if each.attempt.state == AttemptState.SCORED]
    moves = [(each.after - each.score.score) for each in scored if each.after is not None]
    before = sum((each.score.score for each in scored), Fraction(0))
    regrade.scored, regrade.changed = regrade.scored + len(scored), regrade.changed + len(moves)
    regrade.gains += sum(by > 0 for by in moves)
    regrade.losses += sum(by < 0 for by in moves)
    regrade.before_sum, regrade.after_sum = regrade.before_sum + before, regrade.after_sum + before + sum(moves)


def _after(db: Session, scope: Scope, attempt: Attempt, score: ScoreRow) -> Fraction | None:
    """The score an attempt would have; None where nothing of it would change."""
    if attempt.state != AttemptState.SCORED:
        return None
    found = actions.marked_sheet(db, attempt, proposed=scope.proposed).overall
    new = (found.total, found.max, found.gained, found.lost, found.right, found.partly, found.wrong, found.blank)
    old = (score.score, score.max, score.gained, score.lost, score.right, score.partly, score.wrong, score.blank)
    return None if new == old else found.total


def _apply(database: Database, found: Regrade, now: datetime) -> None:
    """Mark the next of those listed. One that was changed since, by a late answer say, is left as it is and said;
    unless something was ruled, which holds for it too."""
    with _held(database, found, now) as held:
        if held is None:
            return
        db, regrade = held
        scope = scope_of(db, regrade)
        query = select(ScoreChange).where(ScoreChange.regrade_id == regrade.id, col(ScoreChange.applied_at).is_(None))
        changes = db.exec(query.where(col(ScoreChange.skipped).is_(False)).limit(APPLIED)).all()
        for change in changes:
            _apply_one(db, regrade, scope, change, now)
        regrade.seen += len(changes)
        if len(changes) < APPLIED:
            _finish(regrade, Stage.SETTLING if regrade.key_version_id else Stage.APPLIED, now)


def _finish(regrade: Regrade, stage: Stage, now: datetime) -> None:
    regrade.state, regrade.cursor = stage, 0
    if stage is Stage.APPLIED:
        regrade.applied_at = now


def _apply_one(db: Session, regrade: Regrade, scope: Scope, change: ScoreChange, now: datetime) -> None:
    attempt = db.exec(select(Attempt).where(Attempt.id == change.attempt_id).with_for_update()).one()
    score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).first()
    after = _after(db, scope, attempt, score) if score else None
    is_as_listed = score is not None and (score.score, after) == (change.before, change.after)
    if score is None or after is None or not (is_as_listed or regrade.key_version_id):
        change.skipped = True
    else:
        change.before, change.after = score.score, after
        _mark(db, regrade, attempt, change, now)
    db.add(change)


def _mark(db: Session, regrade: Regrade, attempt: Attempt, change: ScoreChange, now: datetime) -> None:
    actions.regrade(db, attempt, now)
    change.applied_at = now
    actor = db.get(Person, regrade.actor_id) if regrade.actor_id else None
    text = f"Score {screen_marks(change.before)} to {screen_marks(change.after)}: {regrade.reason}"
    events.note(db, attempt, Verb.REGRADE, text, actor, now)


def _settle(database: Database, found: Regrade, now: datetime) -> None:
    """Look once more at what was scored since the dry run began, and was not listed."""
    if not found.cursor and database.engine.dialect.name == "postgresql":
        time.sleep(UNDER_WAY)
    with _held(database, found, now) as held:
        if held is None:
            return
        db, regrade = held
        scope, listed = scope_of(db, regrade), sa.select(col(ScoreChange.attempt_id))
        listed = listed.where(col(ScoreChange.regrade_id) == regrade.id)
        query = scope.attempts(regrade.cursor).where(col(ScoreRow.scored_at) >= regrade.begun_at - LATE)
        rows = db.execute(query.where(col(Attempt.id).not_in(listed)).limit(APPLIED)).all()
        looked = [Looked(score, attempt, _after(db, scope, attempt, score)) for attempt, score in rows]
        _count(regrade, looked)  # before the scores move
        for each in looked:
            if each.after is not None:
                change = each.change(regrade)
                _mark(db, regrade, each.attempt, change, now)
                db.add(change)
        regrade.cursor = max((each.score.attempt_id for each in looked), default=regrade.cursor)
        if len(rows) < APPLIED:
            _finish(regrade, Stage.APPLIED, now)
