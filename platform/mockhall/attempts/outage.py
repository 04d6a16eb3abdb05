"""When the server was last alive, and whose deadline fell into the time it was not."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, Heartbeat

NAME = "server"
SILENCE = timedelta(seconds=20)
"""Beats come every 5 seconds: after so long without one the server was down, or its machine asleep."""


def last_beat(db: Session) -> datetime | None:
    """When the server last said it was alive; None before it ever did."""
    found = db.get(Heartbeat, NAME)
    return found.at if found else None


def beat(db: Session, now: datetime) -> None:
    """Say that the server is alive."""
    found = db.get(Heartbeat, NAME) or Heartbeat(name=NAME, at=now)
    found.at = max(found.at, now)
    db.add(found)
    db.flush()


def mark_cut_off(db: Session, now: datetime, grace: timedelta) -> int:
    """Note, for attempts whose deadline fell into an outage, when the server was last alive; returns how many.

    Who can go on now is not cut off, nor is anybody whose time was over before."""
    alive_at = last_beat(db)
    if alive_at is None or now - alive_at < SILENCE:
        return 0
    deadline = col(Attempt.deadline_at)
    statement = (
        update(Attempt)
        .where(col(Attempt.state).in_(RUNNING), deadline > alive_at, deadline < now - grace)
        .where(col(Attempt.cut_off_at).is_(None))
        .values(cut_off_at=alive_at)
    )
    return int(db.connection().execute(statement).rowcount)
