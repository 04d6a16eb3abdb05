"""The clock of an attempt: its deadline, grace, finish and what is left, all from instants passed in."""

from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.errors import RuleError
from mockhall.exam.exact import parse_exact

TIME_FACTORS = (Fraction(1), Fraction(5, 4), Fraction(4, 3), Fraction(3, 2), Fraction(2))
"""The factors offered; 4/3 is 20 minutes an hour."""
LARGEST_TIME_FACTOR = Fraction(4)
DEFAULT_GRACE = timedelta(seconds=5)


class Phase(StrEnum):
    """running: by the deadline. grace: saves in flight still count. over: nothing counts any more."""

    RUNNING = "running"
    GRACE = "grace"
    OVER = "over"


def stretched(duration: timedelta, time_factor: Fraction) -> timedelta:
    """A duration for this person, exact, a part of a microsecond rounded up."""
    if time_factor == 1:
        return duration
    microseconds = duration // timedelta(microseconds=1) * time_factor
    return timedelta(microseconds=-(-microseconds.numerator // microseconds.denominator))


def closes_for(
    closes_at: datetime, duration: timedelta | None, time_factor: Fraction, hard_close: bool = False
) -> datetime:
    """When the paper closes for this person: later by the extra time, unless it closes hard."""
    if hard_close or duration is None:
        return closes_at
    return closes_at + (stretched(duration, time_factor) - duration)


def deadline_at(
    started_at: datetime,
    duration: timedelta | None,
    time_factor: Fraction,
    closes_at: datetime | None = None,
    hard_close: bool = False,
) -> datetime | None:
    """The instant an attempt's time is up, fixed at its start; None where neither a duration nor a closing time is set.

    Instants are aware; a naive one is a ValueError, and so is a time factor below 1.
    """
    _check(started_at, closes_at, time_factor)
    ends = [] if duration is None else [started_at + stretched(duration, time_factor)]
    if closes_at is not None:
        ends.append(closes_for(closes_at, duration, time_factor, hard_close))
    return min(ends, default=None)


def _check(started_at: datetime, closes_at: datetime | None, time_factor: Fraction) -> None:
    if started_at.tzinfo is None or (closes_at is not None and closes_at.tzinfo is None):
        raise ValueError("an instant without a time zone")
    if time_factor.numerator < time_factor.denominator:
        raise ValueError(f"a time factor below 1: {time_factor}")


def section_deadline(
    entered_at: datetime, maximum: timedelta | None, time_factor: Fraction, deadline: datetime | None
) -> datetime | None:
    """When a section or question timer runs out: its own stretched time, never after the attempt's deadline."""
    return deadline_at(entered_at, maximum, time_factor, deadline, hard_close=True)


def may_leave(now: datetime, entered_at: datetime, minimum: timedelta, time_factor: Fraction) -> bool:
    """Whether a section's minimum time, stretched like every timer, is over."""
    return now >= entered_at + stretched(minimum, time_factor)


def extended(deadline: datetime | None, extra: timedelta) -> datetime | None:
    """The deadline moved by extra time. Raises RuleError beside `minutes`: a deadline never moves earlier."""
    if extra < timedelta(0):
        raise RuleError("minutes", "Time can be added, not taken away.")
    return None if deadline is None else deadline + extra


def phase(now: datetime, deadline_at: datetime | None, grace: timedelta) -> Phase:
    """Where `now` stands; both ends count, so a save at exactly deadline + grace is in grace. No deadline: running."""
    if deadline_at is None or now <= deadline_at:
        return Phase.RUNNING
    return Phase.GRACE if now <= deadline_at + grace else Phase.OVER


def finished_at(now: datetime, deadline_at: datetime | None) -> datetime:
    """The recorded finish of an attempt handed in or found at `now`: never after its deadline."""
    return now if deadline_at is None else min(now, deadline_at)


def remaining(now: datetime, deadline_at: datetime | None) -> timedelta | None:
    """What is left, never below zero; None without a deadline."""
    return None if deadline_at is None else max(deadline_at - now, timedelta(0))


def parse_time_factor(text: str) -> Fraction:
    """A time factor as staff write it: `1`, `5/4`, `1.5`. Raises RuleError beside `time_factor` outside 1 to 4."""
    factor = parse_exact(text, "time_factor")
    if not 1 <= factor <= LARGEST_TIME_FACTOR:
        raise RuleError("time_factor", f"A time factor is from 1 to {LARGEST_TIME_FACTOR}, such as 5/4 or 3/2.")
    return factor
