"""Extra time given while attempts run: where a deadline moves to. It never moves earlier."""

from datetime import datetime, timedelta
from fractions import Fraction

from mockhall.exam.clock import deadline_at, extended
from mockhall.exam.errors import RuleError

MOST_MINUTES = 600


def parse_minutes(text: str) -> timedelta:
    """Minutes as staff write them: a whole number from 1. RuleError beside `minutes`."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 6 or not 1 <= int(text) <= MOST_MINUTES:
        raise RuleError("minutes", f"Write whole minutes, from 1 to {MOST_MINUTES}.")
    return timedelta(minutes=int(text))


def with_minutes(deadline: datetime | None, extra: timedelta, hard_close_at: datetime | None = None) -> datetime | None:
    """The deadline moved by `extra`; a paper that closes hard is not passed. None where there is no clock."""
    moved = extended(deadline, extra)
    if deadline is None or moved is None or hard_close_at is None:
        return moved
    return max(deadline, min(moved, hard_close_at))


def with_factor(
    deadline: datetime | None,
    started_at: datetime,
    duration: timedelta | None,
    time_factor: Fraction,
    closes_at: datetime | None,
    hard_close: bool,
    extra: timedelta,
) -> datetime | None:
    """The deadline under another time factor, the minutes given by hand on top of it; never before the one there is."""
    whole = deadline_at(started_at, duration, time_factor, closes_at, hard_close)
    if deadline is None or whole is None:
        return deadline
    moved = with_minutes(whole, extra, closes_at if hard_close else None)
    return deadline if moved is None else max(deadline, moved)
