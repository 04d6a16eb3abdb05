"""What staff did to an attempt, kept with it for its timeline."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt, AttemptEvent

LONGEST = 400


class Verb(StrEnum):
    """What was done; written as stored."""

    TIME = "time"
    LATE = "late"
    VOID = "void"
    RESTORE = "restore"
    REOPEN = "reopen"
    REGRADE = "regrade"


def note(
    db: Session, attempt: Attempt, verb: Verb, text: str, actor: Person | None, now: datetime, before: str = ""
) -> None:  # fmt: skip
    """Write down what was done; `before` is the state it was in where that changed."""
    db.add(
        AttemptEvent(
            attempt_id=attempt.id or 0, at=now, verb=verb, before=before, text=text[:LONGEST],
            actor_id=actor.id if actor else None,
        )
    )  # fmt: skip


def of(db: Session, attempt: Attempt) -> list[tuple[AttemptEvent, str]]:
    """The events of an attempt, the oldest first, each with who did it."""
    query = select(AttemptEvent, Person.name, Person.email)
    query = query.outerjoin(Person, col(Person.id) == col(AttemptEvent.actor_id))
    rows = db.exec(query.where(AttemptEvent.attempt_id == attempt.id).order_by(col(AttemptEvent.id)))
    return [(event, name or email or "") for event, name, email in rows]


def state_before_void(db: Session, attempt: Attempt) -> str:
    """The state an attempt was in when it was voided last; empty where it never was."""
    query = select(AttemptEvent.before).where(AttemptEvent.attempt_id == attempt.id, AttemptEvent.verb == Verb.VOID)
    return db.exec(query.order_by(col(AttemptEvent.id).desc()).limit(1)).first() or ""
