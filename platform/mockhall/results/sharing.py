"""Verbs and reads of a shared result: its owner gives a link away, makes a new one, takes it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.results.models import SharedResult
from mockhall.web.codes import is_token, new_token, token_hash


def share(db: Session, attempt: Attempt, *, shows_name: bool, now: datetime) -> str:
    """A new link; an earlier one of the attempt ends. Returns the token, which is stored nowhere.

    Only its hash is kept, as of every token: who reads a copy of the database can open no result with it. So the
    owner sees a link once, and makes a new one where it is lost."""
    assert attempt.id is not None
    token = new_token()
    _end(db, attempt)
    made = SharedResult(attempt_id=attempt.id, token_hash=token_hash(token), shows_name=shows_name, created_at=now)
    db.add(made)
    db.flush()
    audit.write(db, attempt.person_id, "share", f"attempt {attempt.code}", now)
    return token


def stop(db: Session, attempt: Attempt, now: datetime) -> None:
    """End the link of an attempt, if it has one."""
    if _end(db, attempt):
        audit.write(db, attempt.person_id, "stop sharing", f"attempt {attempt.code}", now)


def _end(db: Session, attempt: Attempt) -> bool:
    ended = db.execute(delete(SharedResult).where(col(SharedResult.attempt_id) == attempt.id))
    return bool(ended.rowcount)  # type: ignore[attr-defined]  # a delete's result has it


def of_attempt(db: Session, attempt: Attempt) -> SharedResult | None:
    """The link an attempt has now; the address itself is not known any more."""
    return db.exec(select(SharedResult).where(SharedResult.attempt_id == attempt.id)).first()


@dataclass(frozen=True)
class Opened:
    """What a link opens, and whose name may stand there; empty where the owner chose to show none."""

    attempt: Attempt
    name: str


def opened(db: Session, token: str) -> Opened | None:
    """The scored attempt behind a link that still holds, its owner not disabled."""
    if not is_token(token):
        return None
    query = (
        select(SharedResult, Attempt, Person)
        .join(Attempt, col(Attempt.id) == col(SharedResult.attempt_id))
        .join(Person, col(Person.id) == col(Attempt.person_id))
        .where(SharedResult.token_hash == token_hash(token), Attempt.state == AttemptState.SCORED)
        .where(col(Person.disabled_at).is_(None))
    )
    found = db.exec(query).first()
    if found is None:
        return None
    shared, attempt, person = found
    return Opened(attempt, (attempt.candidate or person.shown_name) if shared.shows_name else "")
