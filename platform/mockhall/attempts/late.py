"""Answers that came too late: kept apart from the stored ones until staff accept those of an attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, distinct, func
from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, LateAnswer, Response
from mockhall.attempts.sections import parts_of
from mockhall.exam import saving
from mockhall.exam.clock import Phase
from mockhall.exam.paper import Answer
from mockhall.exam.saving import Incoming, Stored, Verdict
from mockhall.exam.sections import Part

MOST_A_QUESTION = 3  # the newest are kept


def keep(
    db: Session, attempt_id: int, number: int, incoming: Incoming, claimed_at: datetime | None, now: datetime
) -> bool:
    """Keep a save that came after deadline and grace; returns whether staff can see it.

    Only what would have been saved in time is kept: a stale page's answer is none, late or not, nor is one to a
    question that was closed before the end. `claimed_at` is what the device says; nothing that is yet to come."""
    row = db.get(Response, (attempt_id, number))
    if row is None or not _was_open(db, db.get_one(Attempt, attempt_id), row):
        return False
    stored = stored_of(row)
    if saving.judge(stored, incoming, open_=True, phase=Phase.RUNNING) is not Verdict.SAVE or _same(stored, incoming):
        return False
    rows = _of_question(db, attempt_id, number)
    if any(_is(each, incoming) for each in rows):
        return True  # the same once more
    for old in rows[MOST_A_QUESTION - 1 :]:
        db.delete(old)
    claimed = None if claimed_at is None else min(claimed_at, now)
    db.add(LateAnswer(
        attempt_id=attempt_id, number=number, choice=list(incoming.choice), text=incoming.text,
        parts=dict(incoming.parts), marked=incoming.marked, certainty=incoming.certainty or 0, seq=incoming.seq or 0,
        tab=incoming.tab or "", claimed_at=claimed, arrived_at=now,
    ))  # fmt: skip
    db.flush()
    return True


def _was_open(db: Session, attempt: Attempt, row: Response) -> bool:
    """Did the question take answers until the attempt's end? The section that ended with it is locked only since."""
    end = attempt.deadline_at
    if end is not None and row.closes_at is not None and row.closes_at < end:
        return False
    if not row.locked:
        return True
    part = next((each for each in parts_of(db, attempt) if each.position == row.section), None)
    if part is None or part.left_at is None or end is None or part.left_at < end:
        return False
    return not part.rules.one_by_one or (row.opened_at is not None and not _went_on(db, row, part))


def _went_on(db: Session, row: Response, part: Part) -> bool:
    """One-way: was another question opened after this one?"""
    query = select(Response.number).where(Response.attempt_id == row.attempt_id, Response.section == row.section)
    later = query.where(col(Response.number) > row.number, col(Response.opened_at).is_not(None))
    return part.rules.one_way and db.exec(later.limit(1)).first() is not None


def stored_of(row: Response) -> Stored:
    """A response as the rules of a save see it."""
    answer = Answer.of(row.choice, row.text, row.parts)
    certainty = row.certainty or None
    return Stored(answer.choice, answer.text, answer.parts, row.marked, certainty, row.seq, row.tab)


def _same(stored: Stored, incoming: Incoming) -> bool:
    """Nothing but a mark for review would change."""
    before, after = (stored.choice, stored.text, stored.parts), (incoming.choice, incoming.text, incoming.parts)
    return before == after and stored.certainty == incoming.certainty


def _is(row: LateAnswer, incoming: Incoming) -> bool:
    answer = Answer.of(row.choice, row.text, row.parts)
    return (answer.choice, answer.text, answer.parts) == (incoming.choice, incoming.text, incoming.parts)


def _of_question(db: Session, attempt_id: int, number: int) -> Sequence[LateAnswer]:
    """Those of one question that nobody has accepted, newest first."""
    query = select(LateAnswer).where(LateAnswer.attempt_id == attempt_id, LateAnswer.number == number)
    return db.exec(query.where(col(LateAnswer.accepted_at).is_(None)).order_by(col(LateAnswer.id).desc())).all()


@dataclass(frozen=True)
class Beside:
    """A late answer beside the response it would replace."""

    late: LateAnswer
    stored: Response


def waiting(db: Session, attempt_id: int) -> list[Beside]:
    """One late answer a question, in order: of several the one given last, as far as the devices tell."""
    query = (
        select(LateAnswer, Response)
        .join(
            Response,
            (col(Response.attempt_id) == col(LateAnswer.attempt_id)) & (col(Response.number) == col(LateAnswer.number)),
        )
        .where(LateAnswer.attempt_id == attempt_id, col(LateAnswer.accepted_at).is_(None))
        .order_by(col(LateAnswer.number))
    )
    best: dict[int, Beside] = {}
    for late, row in db.exec(query):
        other = best.get(late.number)
        if other is None or _when(late) > _when(other.late):
            best[late.number] = Beside(late, row)
    return list(best.values())


def _when(late: LateAnswer) -> tuple[datetime, int]:
    return late.claimed_at or late.arrived_at, late.id or 0


@dataclass(frozen=True)
class LateCounts:
    """How many questions of an attempt have a late answer that waits, and how many one that was accepted."""

    waiting: int
    accepted: int


def counts(db: Session, attempt_id: int) -> LateCounts:
    """For the candidate's own page: that they are kept, not what they are."""
    number, when = col(LateAnswer.number), col(LateAnswer.accepted_at)
    waits, was_accepted = (func.count(distinct(case((is_it, number)))) for is_it in (when.is_(None), when.is_not(None)))
    query = select(waits, was_accepted)
    waiting, accepted = db.exec(query.where(LateAnswer.attempt_id == attempt_id)).one()
    return LateCounts(waiting, accepted)


def accepted(db: Session, attempt_id: int) -> Sequence[LateAnswer]:
    """Those of an attempt that staff have accepted, in order of their questions."""
    query = select(LateAnswer).where(LateAnswer.attempt_id == attempt_id, col(LateAnswer.accepted_at).is_not(None))
    return db.exec(query.order_by(col(LateAnswer.number))).all()


def accept(db: Session, attempt_id: int, actor_id: int | None, now: datetime) -> int:
    """Put all late answers of an attempt in the place of the stored ones, which are remembered; returns how many."""
    found = waiting(db, attempt_id)
    for each in found:
        row, late = each.stored, each.late
        late.replaced = {"choice": row.choice, "text": row.text, "parts": row.parts, "certainty": row.certainty}
        late.accepted_at, late.accepted_by_id = now, actor_id
        row.choice, row.text, row.parts, row.certainty = late.choice, late.text, late.parts, late.certainty
        row.answered, row.visited = not Answer.of(late.choice, late.text, late.parts).blank, True
        db.add(row)
        db.add(late)
    db.flush()
    return len(found)
