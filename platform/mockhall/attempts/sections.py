"""Sections in order: entered at the start or when one is left, left by the candidate or by their time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt, AttemptSection, AttemptState, Response
from mockhall.exam import clock, sections
from mockhall.exam.sections import Limits, Part, Stage
from mockhall.papers.models import PaperSection
from mockhall.papers.queries import sat
from mockhall.web.errors import Refused


def parts_of(db: Session, attempt: Attempt) -> tuple[Part, ...]:
    """The sections of an attempt in its order; empty where they are free."""
    if attempt.section is None:
        return ()
    query = (
        select(AttemptSection, PaperSection)
        .join(PaperSection, col(PaperSection.position) == col(AttemptSection.position))
        .where(AttemptSection.attempt_id == attempt.id, PaperSection.paper_version_id == attempt.paper_version_id)
        .order_by(col(AttemptSection.place))
    )
    rows = db.exec(query).all()
    return tuple(Part(row.position, sat(section), row.entered_at, row.left_at, row.closes_at) for row, section in rows)


def limits_of(db: Session, attempt: Attempt, grace: timedelta) -> Limits:
    """What bounds the sections of this attempt: its person's factor, its deadline."""
    return Limits(db.get_one(Person, attempt.person_id).time_factor, attempt.deadline_at, grace)


# ---------------------------------------------------------------- at the start


@dataclass(frozen=True, slots=True)
class Stand:
    """How a response stands at first: locked until its section, or the question itself, is opened."""

    locked: bool = False
    opened_at: datetime | None = None
    closes_at: datetime | None = None


FREE = Stand()
"""Open from the start, for as long as the attempt."""


def at_start(parts: Sequence[Part], now: datetime, limits: Limits) -> tuple[Part, ...]:
    """The sections of a new attempt: the first is entered, the others wait."""
    return (sections.entered(parts[0], now, limits), *parts[1:])


def stands(
    parts: Sequence[Part], places: Sequence[tuple[int, int]], ordered: bool, now: datetime, limits: Limits
) -> Mapping[int, Stand]:
    """How each response begins, by its number; `places` are (number, section) in the attempt's order."""
    by_position = {part.position: part for part in parts}
    if not ordered and not any(part.rules.one_by_one for part in parts):
        return dict.fromkeys((number for number, _ in places), FREE)
    found: dict[int, Stand] = {}
    for number, position in places:
        part = by_position[position]
        if ordered and part.stage is not Stage.OPEN:
            found[number] = Stand(locked=True)
        elif not part.rules.one_by_one:
            found[number] = Stand(closes_at=part.closes_at)
        elif number == places[0][0]:
            found[number] = Stand(False, now, sections.question_closes_at(now, part.rules, limits, part.closes_at))
        else:
            found[number] = Stand(locked=True)
    return found


# ---------------------------------------------------------------- time over


def are_due(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> bool:
    """Is the time of the section the candidate is in over, its grace too?"""
    if attempt.section is None:
        return False
    row = db.get_one(AttemptSection, (attempt.id, attempt.section))
    return row.left_at is None and clock.phase(now, row.closes_at, grace) is clock.Phase.OVER


def settle(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> None:
    """Leave the sections whose time is over, each at its end; nobody has to look for that to be so."""
    before = parts_of(db, attempt)
    limits = limits_of(db, attempt, grace)
    _store(db, attempt, before, sections.advanced(before, now, limits), now, limits)


def sweep(db: Session, now: datetime, grace: timedelta, limit: int = 200) -> int:
    """Leave sections whose time is over in attempts nobody looks at, of at most `limit`; returns of how many."""
    query = (
        select(Attempt)
        .join(AttemptSection, col(AttemptSection.attempt_id) == col(Attempt.id))
        .where(col(Attempt.state) == AttemptState.IN_PROGRESS, col(AttemptSection.position) == col(Attempt.section))
        .where(col(AttemptSection.left_at).is_(None), col(AttemptSection.closes_at) < now - grace)
        .order_by(col(Attempt.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Attempt)
    )
    due = db.exec(query).all()
    for attempt in due:
        settle(db, attempt, now, grace)
    return len(due)


# ---------------------------------------------------------------- left by the candidate


def leave(db: Session, attempt: Attempt, position: int, now: datetime, grace: timedelta) -> None:
    """Leave a section for good and enter the next. One that was left already stays so: a lost reply is asked again."""
    settle(db, attempt, now, grace)
    before, limits = parts_of(db, attempt), limits_of(db, attempt, grace)
    if not before:
        raise Refused(409, "free", "The sections of this test are free: you can go to each at any time.")
    part = next((each for each in before if each.position == position), None)
    if part is None or part.stage is Stage.AHEAD:
        raise Refused(409, "locked", "That section is not open yet.")
    if part.stage is Stage.LEFT:
        return
    refuse_early(part, now, limits)
    if part is before[-1]:
        raise Refused(409, "last_section", "This is the last section. Hand in when you are done.")
    _store(db, attempt, before, sections.left(before, now, limits), now, limits, is_here=True)


def refuse_early(part: Part, now: datetime, limits: Limits) -> None:
    """Refuse to leave before the section's minimum time is over, with the instant it may be left."""
    earliest = sections.may_leave_at(part, limits.factor)
    if earliest is not None and now < earliest:
        text = "This section has a minimum time, which is not over yet. Use it to look over your answers."
        raise Refused(409, "too_early", text, may_leave_at=earliest)


def _store(
    db: Session, attempt: Attempt, before: Sequence[Part], after: Sequence[Part], now: datetime, limits: Limits,
    *, is_here: bool = False,
) -> None:  # fmt: skip
    """Write what changed. Only a candidate who is here opens the first question of a section entered."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        row = db.get_one(AttemptSection, (attempt.id, new.position))
        row.entered_at, row.left_at, row.closes_at = new.entered_at, new.left_at, new.closes_at
        db.add(row)
        if new.stage is Stage.LEFT:
            _lock(db, attempt, new, now, limits)
        else:
            _unlock(db, attempt, new, now, limits, is_here=is_here)
        if new is after[-1] and new.closes_at is not None:
            attempt.deadline_at = new.closes_at  # nothing comes after it
        attempt.section = new.position
    db.add(attempt)
    db.flush()


def _lock(db: Session, attempt: Attempt, part: Part, now: datetime, limits: Limits) -> None:
    """Nothing more is saved; but where time ran out, what is on its way still counts until the grace is over."""
    if part.left_at == part.closes_at and clock.phase(now, part.closes_at, limits.grace) is clock.Phase.GRACE:
        return
    db.execute(
        update(Response)
        .where(col(Response.attempt_id) == attempt.id, col(Response.section) == part.position)
        .values(locked=True)
    )


def _unlock(db: Session, attempt: Attempt, part: Part, now: datetime, limits: Limits, *, is_here: bool) -> None:
    own = (col(Response.attempt_id) == attempt.id, col(Response.section) == part.position)
    first = db.exec(select(Response.number).where(*own).order_by(col(Response.number)).limit(1)).one()
    attempt.current = first
    changes: dict[str, object] = {"closes_at": part.closes_at}
    if not part.rules.one_by_one:
        changes["locked"] = False
    db.execute(update(Response).where(*own).values(**changes))
    if is_here:
        opened = {"visited": True}
        if part.rules.one_by_one:
            closes = sections.question_closes_at(now, part.rules, limits, part.closes_at)
            opened |= {"locked": False, "opened_at": now, "closes_at": closes}  # type: ignore[dict-item]  # mixed values
        db.execute(update(Response).where(*own, col(Response.number) == first).values(**opened))
