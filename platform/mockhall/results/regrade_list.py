"""Reads on regrades: those of a paper, and the scores one would change or has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper
from mockhall.results.models import Regrade, ScoreChange
from mockhall.results.regrading import RUNS, STILL

Regraded = Sequence[tuple[ScoreChange, str]]
"""What changed a score, with the reason; empty where that was a ruling, which is told for itself."""
PER_PAGE = 100
MOST = 50  # regrades of a paper in its list


def regrades(db: Session, paper: Paper) -> list[tuple[Regrade, str]]:
    """A paper's regrades, the newest first, each with who began it."""
    columns: list[Any] = [Regrade, Person.name, Person.email]
    query = sa.select(*columns).outerjoin(Person, col(Person.id) == col(Regrade.actor_id))
    query = query.where(col(Regrade.paper_id) == paper.id).order_by(col(Regrade.id).desc()).limit(MOST)
    return [(regrade, name or email or "Somebody") for regrade, name, email in db.execute(query)]


@dataclass(frozen=True)
class ChangeLine:
    """A score that would change, or has changed."""

    code: str
    name: str
    change: ScoreChange

    @property
    def by(self) -> Fraction:
        return self.change.after - self.change.before


@dataclass(frozen=True)
class Changes:
    """A regrade and one page of its changes; `older` is the code to go on from. `gain` and `lose` are people."""

    regrade: Regrade
    lines: Sequence[ChangeLine]
    older: str
    before: str
    skipped: int
    runs: bool
    stands_still: bool


def changes(db: Session, regrade: Regrade, before: str, now: datetime) -> Changes:
    """Changes by attempt, the newest first, from after the one whose code is `before`."""
    columns: list[Any] = [ScoreChange, Attempt.code, Attempt.candidate, Person.name, Person.email]
    query = sa.select(*columns).join(Attempt, col(Attempt.id) == col(ScoreChange.attempt_id))
    query = query.join(Person, col(Person.id) == col(Attempt.person_id)).where(
        col(ScoreChange.regrade_id) == regrade.id
    )
    if before:
        at = sa.select(col(Attempt.id)).where(col(Attempt.code) == before).scalar_subquery()
        query = query.where(col(ScoreChange.attempt_id) < at)
    rows = db.execute(query.order_by(col(ScoreChange.attempt_id).desc()).limit(PER_PAGE + 1)).all()
    lines = [
        ChangeLine(code, candidate or name or email or "Guest", change)
        for change, code, candidate, name, email in rows[:PER_PAGE]
    ]
    skipped = select(sa.func.count()).select_from(ScoreChange)
    skipped = skipped.where(ScoreChange.regrade_id == regrade.id, col(ScoreChange.skipped))
    runs = regrade.state in RUNS
    older = lines[-1].code if len(rows) > PER_PAGE else ""
    still = runs and now - regrade.moved_at > STILL
    return Changes(regrade, lines, older, before, db.exec(skipped).one(), runs and not still, still)


def changes_of(db: Session, attempt: Attempt) -> Regraded:
    """What regrades made of one attempt's score, the oldest first, each with its reason."""
    reason = sa.case((col(Regrade.key_version_id).is_(None), col(Regrade.reason)), else_="")
    query = select(ScoreChange, reason).join(Regrade, col(Regrade.id) == col(ScoreChange.regrade_id))
    query = query.where(ScoreChange.attempt_id == attempt.id, col(ScoreChange.applied_at).is_not(None))
    return list(db.exec(query.order_by(col(ScoreChange.regrade_id))).all())
