"""Giving time while attempts run: minutes to one, some or everybody, or a person's new factor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.closing import RUNNING, OnClose, settle
from mockhall.attempts.models import Attempt, AttemptSection, AttemptState, Response
from mockhall.exam import clock, sections
from mockhall.exam.extra_time import with_factor, with_minutes
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.papers.queries import sat

OnTimeFactor = Callable[[Session, Person, datetime], int]
NewEnd = Callable[[AttemptSection, datetime | None], datetime | None]


@dataclass(frozen=True)
class Given:
    """What came of it: how many have more time now, and how many have less than was given, for the test closes hard."""

    count: int
    cut: int


def running_of(db: Session, paper_id: int, codes: Sequence[str] | None = None) -> list[Attempt]:
    """The running attempts of a paper that have a clock; with `codes` only those."""
    query = select(Attempt).where(Attempt.paper_id == paper_id, col(Attempt.state).in_(RUNNING))
    if codes is not None:
        query = query.where(col(Attempt.code).in_(codes))
    return list(db.exec(query.where(col(Attempt.deadline_at).is_not(None)).with_for_update()).all())


def give(
    db: Session, attempts: Sequence[Attempt], extra: timedelta, now: datetime, grace: timedelta, on_close: OnClose
) -> Given:
    """Add minutes to attempts that still run; one whose time is over is ended as its paper says, and gets none."""
    versions = _versions(db, attempts)
    count = cut = 0
    for attempt in attempts:
        settle(db, attempt, now, grace, on_close)
        if attempt.state not in RUNNING or attempt.deadline_at is None:
            continue
        version = versions[attempt.paper_version_id]
        moved = with_minutes(attempt.deadline_at, extra, version.closes_at if version.hard_close else None)
        cut += moved != attempt.deadline_at + extra
        count += moved != attempt.deadline_at
        attempt.extra_seconds += int(extra.total_seconds())
        _move(db, attempt, moved, now, lambda part, end: _part(part, extra, end))
    return Given(count, cut)


def follow_factor(db: Session, person: Person, now: datetime) -> int:
    """Move the deadlines of a person's running attempts to their new time factor; returns how many moved."""
    query = select(Attempt).where(Attempt.person_id == person.id, col(Attempt.state).in_(RUNNING))
    attempts = db.exec(query.where(col(Attempt.deadline_at) >= now).with_for_update()).all()
    versions = _versions(db, attempts)
    moved = 0
    for attempt in attempts:
        version = versions[attempt.paper_version_id]
        deadline = with_factor(
            attempt.deadline_at, attempt.started_at, _whole(db, version),
            person.time_factor, version.closes_at, version.hard_close, timedelta(seconds=attempt.extra_seconds),
        )  # fmt: skip
        moved += deadline != attempt.deadline_at
        maxima = _maxima(db, attempt)
        _move(db, attempt, deadline, now, lambda part, end, own=maxima: _stretched(part, own, person, end))  # type: ignore[misc]
    return moved


def _whole(db: Session, version: PaperVersion) -> timedelta | None:
    """The time of the test for who needs no more, which may be that of its sections together."""
    rules = db.exec(select(PaperSection).where(PaperSection.paper_version_id == version.id)).all()
    minutes = timedelta(minutes=version.minutes) if version.minutes else None
    return sections.whole_time(minutes, [sat(each) for each in rules])


def _versions(db: Session, attempts: Sequence[Attempt]) -> dict[int | None, PaperVersion]:
    wanted = {each.paper_version_id for each in attempts}
    return {each.id: each for each in db.exec(select(PaperVersion).where(col(PaperVersion.id).in_(wanted)))}


def _move(db: Session, attempt: Attempt, deadline: datetime | None, now: datetime, end_of: NewEnd) -> None:
    """Set a later deadline, and the end of the section the candidate is in with it."""
    attempt.deadline_at = deadline
    if deadline is not None and now <= deadline:
        attempt.state, attempt.submitted_at = AttemptState.IN_PROGRESS, None  # answering goes on
    db.add(attempt)
    query = select(AttemptSection).where(AttemptSection.attempt_id == attempt.id, col(AttemptSection.left_at).is_(None))
    for part in db.exec(query.where(col(AttemptSection.closes_at).is_not(None))).all():
        before, part.closes_at = part.closes_at, end_of(part, deadline)
        db.add(part)
        _move_questions(db, part, before)
    db.flush()


def _move_questions(db: Session, part: AttemptSection, before: datetime | None) -> None:
    """Questions that end with their section end with it still; one with a clock of its own keeps that."""
    query = select(Response).where(Response.attempt_id == part.attempt_id, Response.section == part.position)
    for row in db.exec(query.where(col(Response.closes_at) == before)).all():
        row.closes_at = part.closes_at
        db.add(row)


def _part(part: AttemptSection, extra: timedelta, deadline: datetime | None) -> datetime | None:
    rule = sections.Part(part.position, entered_at=part.entered_at, closes_at=part.closes_at)
    return sections.extended(rule, extra, deadline).closes_at


def _maxima(db: Session, attempt: Attempt) -> dict[int, int | None]:
    query = select(PaperSection.position, PaperSection.minutes_max)
    return dict(db.exec(query.where(PaperSection.paper_version_id == attempt.paper_version_id)).all())


def _stretched(
    part: AttemptSection, maxima: dict[int, int | None], person: Person, deadline: datetime | None
) -> datetime | None:
    minutes = maxima.get(part.position)
    if part.entered_at is None or part.closes_at is None or minutes is None:
        return part.closes_at
    end = clock.section_deadline(part.entered_at, timedelta(minutes=minutes), person.time_factor, deadline)
    return part.closes_at if end is None else max(part.closes_at, end)
