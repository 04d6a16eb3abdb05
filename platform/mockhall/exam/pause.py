"""A pause in practice: the clock stands still, and its deadline moves by as long as it stood."""

from datetime import datetime, timedelta

from mockhall.exam.errors import RuleError


def refuse_unless_practice(practice: bool, has_timers: bool) -> None:
    """RuleError where a test may not be paused: only practice may, and only without section or question timers."""
    if not practice:
        raise RuleError("pause", "Only a practice test can be paused.")
    if has_timers:
        raise RuleError("pause", "A test whose sections or questions have times of their own can't be paused.")


def paused_deadline(closes_at: datetime | None) -> datetime | None:
    """The deadline while the clock stands: only the closing of the test, if it has one."""
    return closes_at


def resumed_deadline(
    before: datetime | None, paused_at: datetime, now: datetime, closes_at: datetime | None
) -> datetime | None:
    """The deadline after a pause: `before` moved by as long as it lasted, never earlier, never after the closing."""
    if before is None:
        return closes_at
    moved = before + max(now - paused_at, timedelta(0))
    return moved if closes_at is None else max(before, min(moved, closes_at))
