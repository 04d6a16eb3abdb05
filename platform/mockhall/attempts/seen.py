"""When the page of each attempt last asked for the time: in memory, written down every few seconds by the heartbeat."""

import threading
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt

MOST = 20_000  # attempts remembered between two beats


class Seen:
    """A page that looks must not write, so what is seen is noted here first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: dict[int, datetime] = {}
        self._new: dict[int, datetime] = {}

    def note(self, attempt_id: int, now: datetime) -> None:
        """The page of this attempt is there."""
        with self._lock:
            if attempt_id in self._at or len(self._at) < MOST:
                self._at[attempt_id] = self._new[attempt_id] = now

    def at(self, attempt_id: int) -> datetime | None:
        """When this process saw it last."""
        return self._at.get(attempt_id)

    def write(self, db: Session) -> int:
        """Write down what is new since the last time, in one go; returns for how many attempts."""
        with self._lock:
            new, self._new = self._new, {}
            if len(self._at) >= MOST:
                self._at = dict(new)
        if new:
            statement = update(Attempt.__table__).where(col(Attempt.id) == bindparam("which"))  # type: ignore[attr-defined]
            rows = [{"which": attempt, "seen": at} for attempt, at in sorted(new.items())]
            db.connection().execute(statement.values(seen_at=bindparam("seen")), rows)
        return len(new)
