"""Giving time while attempts run: minutes to one, some or everybody, or a person's new factor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.closing import RUNNING, OnClose, settle
from mockhall.attempts.models import Attempt, AttemptSection, AttemptState, Response
from mockhall.exam import clock, sections
from mockhall.exam.errors import RuleError
from mockhall.exam.extra_time import with_factor, with_minutes
from mockhall.exam.terms import terms_with
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.papers.queries import sat
from mockhall.papers.terms import given_to, terms_for, terms_of

OnTimeFactor = Callable[[Session, Person, datetime], int]
NewEnd = Callable[[AttemptSection, datetime | None], datetime | None]


@dataclass(frozen=True)
class Given:
    """What came of it: how many have more time now, and how many have less than was given, for the test closes hard."""

    count: int
    cut: int
    attempts: Sequence[Attempt] = ()


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
    cut, longer = 0, []
    for attempt in attempts:
        settle(db, attempt, now, grace, on_close)
        if attempt.state not in RUNNING or attempt.deadline_at is None:
            continue
        moved = with_minutes(attempt.deadline_at, extra, _hard_close(db, attempt, versions[attempt.paper_version_id]))
        cut += moved != attempt.deadline_at + extra
        longer += [attempt] if moved != attempt.deadline_at else []
        attempt.extra_seconds += int(extra.total_seconds())
        _move(db, attempt, moved, now, partial(_part, extra=extra))
    return Given(len(longer), cut, longer)


def reopen(db: Session, attempt: Attempt, extra: timedelta, now: datetime) -> datetime | None:
    """Let answering go on in an attempt that was closed, for so long from now; returns its new end, which is never
    earlier than the old one. None: it has no clock. RuleError where a hard closing time leaves no time."""
    version, before = _versions(db, [attempt])[attempt.paper_version_id], attempt.deadline_at
    moved = before
    if before is not None:
        longer = max(now + extra - before, timedelta(0))
        moved = with_minutes(before, longer, _hard_close(db, attempt, version))
        if moved is not None and moved <= now:
            raise RuleError("minutes", "This test closes hard, and its closing time has passed.")
    attempt.state, attempt.submitted_at, attempt.finished_at = AttemptState.IN_PROGRESS, None, None
    attempt.running_key, attempt.receipt_hash = f"{attempt.person_id}:{attempt.paper_id}", None
    if before is not None and moved is not None:
        attempt.extra_seconds += int((moved - before).total_seconds())
        _move(db, attempt, moved, now, partial(_part, extra=moved - before))
    db.add(attempt)
    db.flush()
    return attempt.deadline_at


def follow_factor(db: Session, person: Person, now: datetime) -> int:
    """Move the deadlines of a person's running attempts to their new time factor; returns how many moved."""
    query = select(Attempt).where(Attempt.person_id == person.id, col(Attempt.state).in_(RUNNING))
    attempts = db.exec(query.where(col(Attempt.deadline_at) >= now).with_for_update()).all()
    versions = _versions(db, attempts)
    moved, own = 0, given_to(db, person.id or 0, [each.paper_id for each in attempts]) if attempts else {}
    for attempt in attempts:
        version, rules = versions[attempt.paper_version_id], _rules(db, attempt)
        terms = terms_with(terms_of(version), own.get(attempt.paper_id, []))
        minutes = timedelta(minutes=version.minutes) if version.minutes else None
        given = timedelta(seconds=attempt.extra_seconds + attempt.paused_seconds)
        deadline = with_factor(
            attempt.deadline_at, attempt.started_at, sections.whole_time(minutes, list(rules.values())),
            person.time_factor, terms.closes_at, terms.exact, given,
        )  # fmt: skip
        moved += deadline != attempt.deadline_at
        _move(db, attempt, deadline, now, partial(_stretched, rules=rules, factor=person.time_factor))
    return moved


def _hard_close(db: Session, attempt: Attempt, version: PaperVersion) -> datetime | None:
    """What minutes given by hand don't pass: where a test closes hard, its close, or the candidate's own."""
    return terms_for(db, version, attempt.person_id).closes_at if version.hard_close else None


def _versions(db: Session, attempts: Sequence[Attempt]) -> dict[int | None, PaperVersion]:
    wanted = {each.paper_version_id for each in attempts}
    return {each.id: each for each in db.exec(select(PaperVersion).where(col(PaperVersion.id).in_(wanted)))}


def _move(db: Session, attempt: Attempt, deadline: datetime | None, now: datetime, end_of: NewEnd) -> None:
    """Set a later deadline, and the end of the section the candidate is in with it."""
    before, attempt.deadline_at = attempt.deadline_at, deadline
    if deadline is not None and now <= deadline:
        attempt.state, attempt.submitted_at = AttemptState.IN_PROGRESS, None  # answering goes on
    if attempt.paused_deadline is not None and before is not None and deadline is not None:
        attempt.paused_deadline += deadline - before  # what it goes on to after the pause
    db.add(attempt)
    query = select(AttemptSection).where(AttemptSection.attempt_id == attempt.id, col(AttemptSection.left_at).is_(None))
    for part in db.exec(query.where(col(AttemptSection.closes_at).is_not(None))).all():
        closed, part.closes_at = part.closes_at, end_of(part, deadline)
        db.add(part)
        _move_questions(db, part, closed)
        if part.closes_at is not None and deadline is not None and _is_last(db, part):
            attempt.deadline_at = min(deadline, part.closes_at)  # nothing comes after it
    db.flush()


def _is_last(db: Session, part: AttemptSection) -> bool:
    """Is every other section left? Then the attempt ends with this one."""
    query = select(AttemptSection.position).where(AttemptSection.attempt_id == part.attempt_id)
    others = query.where(AttemptSection.position != part.position, col(AttemptSection.left_at).is_(None))
    return db.exec(others.limit(1)).first() is None


def _move_questions(db: Session, part: AttemptSection, before: datetime | None) -> None:
    """Questions that end with their section end with it still; one with a clock of its own keeps that."""
    query = select(Response).where(Response.attempt_id == part.attempt_id, Response.section == part.position)
    for row in db.exec(query.where(col(Response.closes_at) == before)).all():
        row.closes_at = part.closes_at
        db.add(row)


def _part(part: AttemptSection, deadline: datetime | None, *, extra: timedelta) -> datetime | None:
    rule = sections.Part(part.position, entered_at=part.entered_at, closes_at=part.closes_at)
    return sections.extended(rule, extra, deadline).closes_at


def _rules(db: Session, attempt: Attempt) -> dict[int, sections.Rules]:
    """How each section of an attempt is sat, by its position."""
    query = select(PaperSection).where(PaperSection.paper_version_id == attempt.paper_version_id)
    return {each.position: sat(each) for each in db.exec(query)}


def _stretched(
    part: AttemptSection, deadline: datetime | None, *, rules: dict[int, sections.Rules], factor: Fraction
) -> datetime | None:
    maximum = rules[part.position].maximum
    if part.entered_at is None or part.closes_at is None or maximum is None:
        return part.closes_at
    end = clock.section_deadline(part.entered_at, maximum, factor, deadline)
    return part.closes_at if end is None else max(part.closes_at, end)
