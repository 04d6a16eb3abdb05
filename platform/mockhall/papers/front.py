"""What a test's front page says to this viewer: rules, time, attempts so far, and whether to start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.exam import clock
from mockhall.exam.entry import Bar, may_start_from
from mockhall.exam.reveal import Matrix
from mockhall.exam.sections import whole_time
from mockhall.exam.terms import Terms
from mockhall.papers import words
from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from mockhall.papers.queries import MarkingLine, Outline, Shown, marking_lines, sat
from mockhall.papers.terms import terms_of
from mockhall.papers.who_may import Gate


class AttemptLine(Protocol):
    """An attempt of the viewer as the front page lists it; `attempts` provides it, which this package can't import."""

    @property
    def url(self) -> str:
        """The room while it runs, else the result."""

    @property
    def number(self) -> int:
        """Its place among the viewer's attempts of this test, counted from 1; the list may be cut, the number isn't."""

    @property
    def state(self) -> str:
        """As in exam-semantics, section 2."""

    @property
    def started_at(self) -> datetime:
        """When it began."""

    @property
    def finished_at(self) -> datetime | None:
        """Its recorded finish; None while it runs."""

    @property
    def score_text(self) -> str:
        """The score as far as it may be seen; "" before."""

    @property
    def is_running(self) -> bool:
        """Can it be gone on with?"""


class RunningLine(Protocol):
    """A test that the viewer is in the middle of, for the front page of the site."""

    @property
    def title(self) -> str:
        """The test's, as it was started."""

    @property
    def url(self) -> str:
        """The room."""

    @property
    def ends_at(self) -> datetime | None:
        """When its time is over; None while it is paused, and without a clock."""

    @property
    def is_paused(self) -> bool:
        """Does its clock stand?"""


RunningOf = Callable[[Session, Person], Sequence[RunningLine]]
AttemptsOf = Callable[[Session, Person, Paper], Sequence[AttemptLine]]


class Door(StrEnum):
    """Whether this viewer can start now, and if not, why."""

    RUNNING = "running"
    UNPUBLISHED = "unpublished"
    SIGN_IN = "sign_in"
    NOT_IN_COHORT = "not_in_cohort"
    EARLY = "early"
    CLOSED = "closed"
    USED_UP = "used_up"
    WAIT = "wait"
    OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """What a refused start held, to be shown again with what is wrong beside its field."""

    name: str = ""
    roll: str = ""
    language: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Front:
    """The front page of a test for one viewer at one time."""

    shown: Shown
    outline: Outline
    person: Person | None
    attempts: Sequence[AttemptLine]
    now: datetime
    entry: Entry = Entry()
    gate: Gate = field(default_factory=Gate)
    own: Terms | None = None  # what holds for the viewer

    @property
    def version(self) -> PaperVersion:
        return self.shown.version

    @property
    def terms(self) -> Terms:
        """When and how often this viewer may sit it."""
        return self.own or terms_of(self.version)

    @property
    def has_own_terms(self) -> bool:
        """Has staff given this viewer other times, or more attempts?"""
        return self.terms != terms_of(self.version)

    @property
    def marking(self) -> list[MarkingLine]:
        return marking_lines(self.outline)

    @property
    def kinds_repeat(self) -> bool:
        """Does one kind stand on several lines, so that each must say where it holds?"""
        kinds = [line.kind for line in self.marking]
        return len(set(kinds)) < len(kinds)

    @property
    def opens(self) -> str:
        return words.opens(Matrix.from_json(self.version.reveal), self.version.closes_at is not None)

    @property
    def factor(self) -> Fraction:
        return self.person.time_factor if self.person else Fraction(1)

    @property
    def base_time(self) -> timedelta | None:
        minutes = timedelta(minutes=self.version.minutes) if self.version.minutes else None
        return whole_time(minutes, [sat(each.rules) for each in self.outline.sections])

    @property
    def own_time(self) -> timedelta | None:
        """The viewer's time, their extra time in it; None without a clock."""
        return clock.stretched(self.base_time, self.factor) if self.base_time else None

    @property
    def closes_at(self) -> datetime | None:
        """When the clock of whoever starts late stops for this viewer, their extra time added."""
        closes = self.terms.closes_at
        return clock.closes_for(closes, self.base_time, self.factor, self.terms.exact) if closes else None

    @property
    def cut_to(self) -> timedelta | None:
        """What is left of the time for who starts now, where the close comes first."""
        if self.closes_at is None or (self.terms.opens_at or self.now) > self.now:
            return None
        left = max(self.closes_at - self.now, timedelta(0))
        return left if self.own_time is None or left < self.own_time else None

    @property
    def running(self) -> AttemptLine | None:
        return next((each for each in self.attempts if each.is_running), None)

    @property
    def attempts_left(self) -> int | None:
        """None without a limit; editors and staff only preview."""
        allowed = self.terms.attempts
        if allowed is None or (self.person and (self.person.can_edit or self.person.can_report)):
            return None
        return max(0, allowed - max((each.number for each in self.attempts), default=0))

    @property
    def door(self) -> Door:
        if self.running:
            return Door.RUNNING
        if self.shown.paper.status != PaperStatus.PUBLISHED:
            return Door.UNPUBLISHED
        if self.gate.bar:
            return Door.SIGN_IN if self.gate.bar is Bar.SIGN_IN_NEEDED else Door.NOT_IN_COHORT
        if self.terms.opens_at and self.now < self.terms.opens_at:
            return Door.EARLY
        if self.terms.closes_at and self.now >= self.terms.closes_at:
            return Door.CLOSED
        if self.attempts_left == 0:
            return Door.USED_UP
        return Door.OPEN if self.may_start_from is None or self.now >= self.may_start_from else Door.WAIT

    @property
    def may_start_from(self) -> datetime | None:
        """The end of the wait between two attempts; editors and staff don't wait."""
        if self.terms.wait is None or (self.person and (self.person.can_edit or self.person.can_report)):
            return None
        finished = [each.finished_at for each in self.attempts if each.finished_at is not None]
        return may_start_from(max(finished, default=None), self.terms.wait)

    @property
    def opens_next(self) -> datetime | None:
        """What a page that waits counts down to: the opening, or the end of the wait; None where nobody waits."""
        return {Door.EARLY: self.terms.opens_at, Door.WAIT: self.may_start_from}.get(self.door)
