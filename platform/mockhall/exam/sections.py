"""Sections taken in order: which one is open, when it may be left, when its time is over, and what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from mockhall.exam import clock
from mockhall.exam.clock import section_deadline, stretched

_MOMENT = timedelta(0)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a section is sat. Times as the paper says them, without anybody's extra time; None is no such time."""

    one_way: bool = False
    minimum: timedelta | None = None
    maximum: timedelta | None = None
    question_time: timedelta | None = None

    @property
    def one_by_one(self) -> bool:
        """Is each question shown only once it is opened? Its clock, or the way on, begins with that."""
        return self.one_way or self.question_time is not None

    @property
    def is_ordered(self) -> bool:
        """Does this section alone put those of its paper in order?"""
        return self.one_way or self.minimum is not None or self.maximum is not None


class Stage(StrEnum):
    """Where a section of an attempt stands: not entered yet, the one the candidate is in, or left for good."""

    AHEAD = "ahead"
    OPEN = "open"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of one attempt whose sections come in order; `closes_at` is None where it has no time of its own."""

    position: int
    rules: Rules = Rules()
    entered_at: datetime | None = None
    left_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        if self.left_at is not None:
            return Stage.LEFT
        return Stage.AHEAD if self.entered_at is None else Stage.OPEN


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the sections of one attempt: the person's factor, the attempt's deadline, the grace for saves."""

    factor: Fraction = Fraction(1)
    deadline: datetime | None = None
    grace: timedelta = clock.DEFAULT_GRACE


def in_order(rules: Iterable[Rules]) -> bool:
    """Are the sections of this paper taken in order, each once? One with a time of its own, or one-way, is enough."""
    return any(each.is_ordered for each in rules)


def whole_time(minutes: timedelta | None, rules: Sequence[Rules]) -> timedelta | None:
    """The time an attempt gets: the paper's, or less where the sections' own times come to less; None is untimed."""
    own = [each.maximum for each in rules if each.maximum is not None]
    together = sum(own, _MOMENT) if own and len(own) == len(rules) else None
    return min((each for each in (minutes, together) if each is not None), default=None)


def overrun(minutes: timedelta | None, rules: Sequence[Rules]) -> timedelta | None:
    """By how much the sections' own times, shortest or longest, are more than the paper's; None when they fit."""
    longest = sum((each.maximum or each.minimum or _MOMENT for each in rules), _MOMENT)
    return longest - minutes if minutes is not None and longest > minutes else None


def current(parts: Iterable[Part]) -> Part | None:
    """The section the candidate is in; None when all are left."""
    return next((each for each in parts if each.stage is Stage.OPEN), None)


def entered(part: Part, at: datetime, limits: Limits) -> Part:
    """The section as it stands once entered: its clock begins at `at` and never runs past the attempt's deadline."""
    maximum = part.rules.maximum
    closes = None if maximum is None else section_deadline(at, maximum, limits.factor, limits.deadline)
    return replace(part, entered_at=at, closes_at=closes)


def may_leave_at(part: Part, factor: Fraction) -> datetime | None:
    """The instant an open section may be left from; None when at once. Its end opens it in any case."""
    if part.entered_at is None or part.rules.minimum is None:
        return None
    earliest = part.entered_at + stretched(part.rules.minimum, factor)
    return earliest if part.closes_at is None else min(earliest, part.closes_at)


def left(parts: Sequence[Part], at: datetime, limits: Limits) -> tuple[Part, ...]:
    """The sections after the open one is left at `at`: the next is entered at that instant, or at its end if sooner.

    A section whose time ran out ended then, however late it is noticed: the next one's clock began there.
    """
    here = current(parts)
    if here is None:
        return tuple(parts)
    ended = at if here.closes_at is None else min(at, here.closes_at)
    place = parts.index(here)
    onward = [entered(each, ended, limits) for each in parts[place + 1 : place + 2]]
    return (*parts[:place], replace(here, left_at=ended), *onward, *parts[place + 2 :])


def advanced(parts: Sequence[Part], now: datetime, limits: Limits) -> tuple[Part, ...]:
    """The sections as they stand at `now`: each whose time and grace are over is left at its end, one after another."""
    settled = tuple(parts)
    while (here := current(settled)) is not None and clock.phase(now, here.closes_at, limits.grace) is clock.Phase.OVER:
        settled = left(settled, now, limits)
    return settled


def extended(part: Part, extra: timedelta, deadline: datetime | None) -> Part:
    """An open section after extra time was granted: never earlier than before, never past the attempt's deadline."""
    if part.stage is not Stage.OPEN or part.closes_at is None:
        return part
    later = max(part.closes_at, part.closes_at + extra)
    return replace(part, closes_at=later if deadline is None else max(part.closes_at, min(later, deadline)))


def question_closes_at(opened_at: datetime, rules: Rules, limits: Limits, ends: datetime | None) -> datetime | None:
    """When a question opened at `opened_at` locks: its own time, at most until its section `ends`; None is never."""
    if rules.question_time is None:
        return ends
    bound = min((each for each in (ends, limits.deadline) if each is not None), default=None)
    return section_deadline(opened_at, rules.question_time, limits.factor, bound)


def may_open(number: int, opened: Iterable[int], first: int, last: int, rules: Rules) -> bool:
    """May this question of the open section be opened now? One-way: only the one after the last that was opened."""
    if not first <= number <= last:
        return False
    return not rules.one_way or number == max(opened, default=first - 1) + 1
