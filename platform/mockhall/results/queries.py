"""Reads on attempts as lists: a person's own, and all of a paper for staff."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.models import Person
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam.clock import Phase, phase
from mockhall.exam.marking import screen_marks
from mockhall.exam.reveal import Item
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results.models import ScoreRow
from mockhall.results.reveals import COLUMNS, joined, policy_of


@dataclass(frozen=True)
class AttemptLine:
    """An attempt in its owner's lists. `score_text` is empty while the marks may not be seen."""

    url: str
    state: AttemptState
    started_at: datetime
    score_text: str
    is_running: bool
    number: int
    title: str
    is_preview: bool
    finished_at: datetime | None = None


def has_attempts(db: Session, paper_id: int) -> bool:
    """Has anybody ever begun this paper, staff who previewed it among them?"""
    return db.execute(sa.select(col(Attempt.id)).where(col(Attempt.paper_id) == paper_id).limit(1)).first() is not None


def attempts_of(
    db: Session, person: Person, paper: Paper, now: datetime, grace: timedelta, limit: int = 20
) -> list[AttemptLine]:
    """A person's attempts of one paper, newest first."""
    return _lines(db, [col(Attempt.person_id) == person.id, col(Attempt.paper_id) == paper.id], now, grace, limit)


def attempts_of_person(db: Session, person: Person, now: datetime, grace: timedelta, limit: int) -> list[AttemptLine]:
    """A person's attempts of all papers, newest first."""
    return _lines(db, [col(Attempt.person_id) == person.id], now, grace, limit)


def _lines(db: Session, owned: list[Any], now: datetime, grace: timedelta, limit: int) -> list[AttemptLine]:
    number = sa.func.row_number().over(partition_by=col(Attempt.paper_id), order_by=col(Attempt.id))
    columns: tuple[Any, ...] = (
        Attempt,
        ScoreRow.score,
        ScoreRow.max,
        PaperVersion.title,
        number.label("number"),
        *COLUMNS,
    )
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id)).where(*owned)
    rows = db.execute(query.order_by(col(Attempt.id).desc()).limit(limit)).all()
    return [_line(row, now, grace) for row in rows]


def _line(row: Any, now: datetime, grace: timedelta) -> AttemptLine:
    attempt = row.Attempt
    state = shown_state(attempt.state, attempt.deadline_at, now, grace)
    seen = policy_of(row, attempt.state, attempt.submitted_at, grace).seen(now)
    score = _score_text(row.score, row.max, seen) if row.score is not None else ""
    is_running = state is AttemptState.IN_PROGRESS
    url = f"/attempts/{attempt.code}" + ("" if is_running else "/result")
    return AttemptLine(
        url,
        state,
        attempt.started_at,
        score,
        is_running,
        row.number,
        row.title,
        attempt.is_preview,
        attempt.finished_at,
    )


def _score_text(score: Fraction, most: Fraction, seen: frozenset[Item]) -> str:
    if Item.MARKS not in seen:
        return ""
    return screen_marks(score) + (f" of {screen_marks(most)}" if Item.MAX_MARKS in seen else "")


def shown_state(state: str, deadline_at: datetime | None, now: datetime, grace: timedelta) -> AttemptState:
    """The state as it is at this instant: whose time is over is overdue until somebody looks or the sweep comes."""
    is_due = state in RUNNING and phase(now, deadline_at, grace) is Phase.OVER
    return AttemptState.OVERDUE if is_due else AttemptState(state)


@dataclass(frozen=True)
class ReportLine:
    """An attempt as staff see it; `email` is empty for guests."""

    attempt: Attempt
    state: AttemptState
    name: str
    email: str
    score: ScoreRow | None

    @property
    def seconds(self) -> int | None:
        finished = self.attempt.finished_at
        if finished is None:
            return None
        return int((finished - self.attempt.started_at).total_seconds()) - self.attempt.paused_seconds


def report_rows() -> sa.Select[Any]:
    """Attempts with who sat them and what they scored."""
    columns: tuple[Any, ...] = (Attempt, Person.name, Person.email, ScoreRow)
    query: sa.Select[Any] = sa.select(*columns)
    query = query.join(Person, col(Person.id) == col(Attempt.person_id))
    return query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))


def report_line(row: Any, now: datetime, grace: timedelta) -> ReportLine:
    """A row of `report_rows` as staff see it."""
    attempt = row.Attempt
    state = shown_state(attempt.state, attempt.deadline_at, now, grace)
    return ReportLine(
        attempt, state, attempt.candidate or row.name or row.email or "Guest", row.email or "", row.ScoreRow
    )
