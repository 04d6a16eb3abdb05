"""The running attempts of a test as staff watch them: who needs a look, how far each is, and what staff did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.models import AuditEntry, Person
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.exam import clock
from mockhall.exam.clock import Phase
from mockhall.papers.models import Paper

UNSEEN, IDLE = timedelta(seconds=60), timedelta(minutes=5)
MOST = 500  # attempts listed; a search finds the others
MOST_LOG = 12
SeenAt = Callable[[int], datetime | None]


class Show(StrEnum):
    """Which attempts are listed; written as in the address."""

    LOOK = ""
    WORKING = "working"
    ALL = "all"


class Sign(StrEnum):
    """What staff should know of an attempt at a glance; the first that holds."""

    CLOSED = "closed"
    OVERDUE = "overdue"
    UNSEEN = "unseen"
    IDLE = "idle"
    WORKING = "working"


@dataclass(frozen=True)
class Sitting:
    """An attempt as staff see it at `now`."""

    attempt: Attempt
    name: str
    answered: int
    total: int
    saved_at: datetime | None
    seen_at: datetime
    now: datetime
    grace: timedelta

    @property
    def is_running(self) -> bool:
        return self.attempt.state in RUNNING

    @property
    def sign(self) -> Sign:
        if not self.is_running:
            return Sign.CLOSED
        if clock.phase(self.now, self.attempt.deadline_at, self.grace) is Phase.OVER:
            return Sign.OVERDUE
        if self.unseen_for >= UNSEEN:
            return Sign.UNSEEN
        return Sign.IDLE if self.idle_for >= IDLE else Sign.WORKING

    @property
    def needs_a_look(self) -> bool:
        return self.sign in {Sign.OVERDUE, Sign.UNSEEN, Sign.IDLE}

    @property
    def unseen_for(self) -> timedelta:
        """How long its page has not asked for anything."""
        return self.now - self.seen_at

    @property
    def idle_for(self) -> timedelta:
        """How long nothing was saved."""
        return self.now - (self.saved_at or self.attempt.started_at)

    @property
    def left(self) -> timedelta | None:
        return clock.remaining(self.now, self.attempt.deadline_at) if self.is_running else None

    @property
    def share(self) -> float:
        """The part that is answered, in per cent."""
        return 100 * self.answered / self.total if self.total else 0.0


@dataclass(frozen=True)
class CutOff:
    """An attempt whose deadline passed while the server was down."""

    attempt: Attempt
    name: str

    @property
    def lost(self) -> timedelta:
        """The time it had left when the server was last alive."""
        at, deadline = self.attempt.cut_off_at, self.attempt.deadline_at
        return deadline - at if at and deadline else timedelta(0)


@dataclass(frozen=True)
class Said:
    """A line of what staff did."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Watch:
    """A test while people sit it."""

    paper: Paper
    now: datetime
    show: Show
    q: str
    sittings: Sequence[Sitting]
    handed_in: int
    cut_off: Sequence[CutOff] = ()
    log: Sequence[Said] = ()
    counts: Mapping[Show, int] = field(default_factory=dict)

    @property
    def working(self) -> int:
        return sum(each.is_running for each in self.sittings)

    @property
    def unseen(self) -> int:
        return sum(each.sign is Sign.UNSEEN for each in self.sittings)

    @property
    def median_answered(self) -> int | None:
        answered = [each.answered for each in self.sittings if each.is_running]
        return median_low(answered) if answered else None

    @property
    def total(self) -> int:
        return max((each.total for each in self.sittings), default=0)

    @property
    def shown(self) -> list[Sitting]:
        return [each for each in self.sittings if _is_shown(each, self.show) and _is_found(each, self.q)]

    @property
    def has_clock(self) -> bool:
        return any(each.is_running and each.attempt.deadline_at for each in self.sittings)


def _is_shown(each: Sitting, show: Show) -> bool:
    return show is Show.ALL or (each.needs_a_look if show is Show.LOOK else each.is_running)


def _is_found(each: Sitting, q: str) -> bool:
    return q.casefold() in f"{each.name}\n{each.attempt.roll}".casefold()


def watch(db: Session, paper: Paper, show: Show, q: str, seen_at: SeenAt, now: datetime, grace: timedelta) -> Watch:
    """Everything the room's page shows, in four queries."""
    sittings = _sittings(db, paper, seen_at, now, grace)
    listed = [each for each in sittings if _is_found(each, q)]
    counts = {each: sum(_is_shown(one, each) for one in listed) for each in Show}
    handed_in = sum(not each.is_running for each in sittings)
    return Watch(paper, now, show, q, sittings, handed_in, cut_off(db, paper), _log(db, paper), counts)


def _sittings(db: Session, paper: Paper, seen_at: SeenAt, now: datetime, grace: timedelta) -> list[Sitting]:
    """Running ones first, then those handed in last."""
    columns: tuple[Any, ...] = (
        Attempt, Person.name, Person.email, sa.func.count().label("total"),
        sa.func.max(Response.saved_at).label("saved_at"),
        sa.func.sum(sa.case((col(Response.answered), 1), else_=0)).label("answered"),
    )  # fmt: skip
    query = (
        sa.select(*columns)
        .join(Person, col(Person.id) == col(Attempt.person_id))
        .join(Response, col(Response.attempt_id) == col(Attempt.id))
        .where(col(Attempt.id).in_(_listed(paper)))
        .group_by(col(Attempt.id), col(Person.id))
        .order_by(_is_over(), col(Attempt.candidate), col(Attempt.id))
    )
    return [_sitting(row, seen_at, now, grace) for row in db.execute(query)]


def _is_over() -> Any:
    return sa.case((col(Attempt.state).in_(RUNNING), 0), else_=1)


def _listed(paper: Paper) -> Any:
    query = sa.select(col(Attempt.id)).where(col(Attempt.paper_id) == paper.id)
    return query.order_by(_is_over(), col(Attempt.id).desc()).limit(MOST)


def _sitting(row: Any, seen_at: SeenAt, now: datetime, grace: timedelta) -> Sitting:
    attempt = row.Attempt
    seen = [attempt.started_at, row.saved_at, attempt.seen_at, seen_at(attempt.id)]
    last = max(at for at in seen if at is not None)
    name = attempt.candidate or row.name or row.email or "Guest"
    return Sitting(attempt, name, row.answered or 0, row.total, row.saved_at, last, now, grace)


def cut_off(db: Session, paper: Paper) -> list[CutOff]:
    """Attempts whose deadline passed while the server was down, newest first."""
    columns: tuple[Any, ...] = (Attempt, Person.name, Person.email)
    query = sa.select(*columns).join(Person, col(Person.id) == col(Attempt.person_id))
    query = query.where(col(Attempt.paper_id) == paper.id, col(Attempt.cut_off_at).is_not(None))
    rows = db.execute(query.order_by(col(Attempt.cut_off_at).desc(), col(Attempt.candidate)).limit(MOST))
    return [CutOff(row.Attempt, row.Attempt.candidate or row.name or row.email or "Guest") for row in rows]


def log_subject(paper_id: int | None, text: str) -> str:
    """How what staff do in a room is written in the log, so that the room finds it again."""
    return f"paper {paper_id}: {text}"[:120]


def _log(db: Session, paper: Paper) -> list[Said]:
    columns: tuple[Any, ...] = (AuditEntry.at, AuditEntry.subject, Person.name, Person.email)
    query = sa.select(*columns).outerjoin(Person, col(Person.id) == col(AuditEntry.actor_id))
    query = query.where(
        col(AuditEntry.verb).in_(("time", "late")), col(AuditEntry.subject).like(f"paper {paper.id}: %")
    )
    rows = db.execute(query.order_by(col(AuditEntry.id).desc()).limit(MOST_LOG))
    return [Said(row.at, row.name or row.email or "Somebody", row.subject.partition(": ")[2]) for row in rows]


def started(db: Session, paper: Paper) -> tuple[int, int]:
    """How many have started the test, and how many of them are still working; previews don't count."""
    is_running = sa.case((col(Attempt.state) == AttemptState.IN_PROGRESS, 1), else_=0)
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(is_running), 0))
    query = query.where(col(Attempt.paper_id) == paper.id, col(Attempt.is_preview).is_(False))
    row = db.execute(query).one()
    return int(row[0]), int(row[1])
