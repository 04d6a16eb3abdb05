"""The append-only log: who did what to which account, key or score. No passwords, tokens, answers or addresses."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from mockhall.accounts.models import AuditEntry

START = "0" * 64


def write(db: Session, actor_id: int | None, verb: str, subject: str, now: datetime) -> None:
    """Add a line, chained to the one before: a changed or missing line breaks the chain."""
    write_all(db, actor_id, [(verb, subject)], now)


def write_all(db: Session, actor_id: int | None, lines: Sequence[tuple[str, str]], now: datetime) -> None:
    """Add many at once: verb and subject of each."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(6024)"))  # two lines must not follow the same one
    last = db.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    previous = last.digest if last else START
    for verb, subject in lines:
        digest = _digest(previous, now, actor_id, verb, subject)
        db.add(AuditEntry(at=now, actor_id=actor_id, verb=verb, subject=subject, previous=previous, digest=digest))
        previous = digest
    db.flush()


def first_broken(db: Session) -> int | None:
    """The id of the first line that doesn't follow from the one before; None when the log is whole."""
    previous = START
    for entry in db.exec(select(AuditEntry).order_by(col(AuditEntry.id))):
        expected = _digest(previous, entry.at, entry.actor_id, entry.verb, entry.subject)
        if entry.previous != previous or entry.digest != expected:
            return entry.id
        previous = entry.digest
    return None


def _digest(previous: str, at: datetime, actor_id: int | None, verb: str, subject: str) -> str:
    line = "\x1f".join([previous, at.isoformat(), str(actor_id), verb, subject])
    return hashlib.sha256(line.encode()).hexdigest()
