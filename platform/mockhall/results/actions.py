"""Marking an attempt, once, in the transaction that closes it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.exam.paper import Answer, Ruling
from mockhall.papers.models import PaperVersion
from mockhall.results.counting import rules_of
from mockhall.results.items import items_of
from mockhall.results.marked import Held, MarkedSheet, lost_selections, mark_sheet, sortable
from mockhall.results.models import MarkRow, PaperStatistics, Regrade, ScoreRow

AGAIN = (
    "score", "score_sort", "max", "gained", "lost", "right", "partly", "wrong", "blank", "unsaved", "unsaved_marks",
    "scored_at",
)  # fmt: skip
"""What marking anew changes of a score."""


def score_attempt(db: Session, attempt: Attempt, now: datetime) -> None:
    """Mark every question, store the marks and the score, and call the attempt scored."""
    _hold_times(db, attempt, now)
    sheet = marked_sheet(db, attempt)
    assert attempt.id is not None
    # Not as objects: that takes thrice as long, and nobody looks at them here.
    db.execute(insert(MarkRow), [
        {
            "attempt_id": attempt.id, "number": item.number, "marks": each.marks, "max": item.scheme.full,
            "outcome": each.outcome, "counted": item.number in sheet.counted,
        }
        for item, each, _ in sheet.entries
    ])  # fmt: skip
    db.add(_score_row(db, attempt, sheet, now))
    attempt.state = AttemptState.SCORED
    db.add(attempt)
    db.flush()


def _hold_times(db: Session, attempt: Attempt, now: datetime) -> None:
    """What devices say a question took is held to what has passed: no time on a result is longer than the attempt."""
    most = ((attempt.finished_at or now) - attempt.started_at) // timedelta(milliseconds=1)
    own = update(Response).where(col(Response.attempt_id) == attempt.id, col(Response.active_ms) > most)
    db.execute(own.values(active_ms=max(0, most)))


def regrade(db: Session, attempt: Attempt, now: datetime) -> tuple[Fraction, Fraction]:
    """Mark a scored attempt anew; returns the score before and after. Its place in the ranking follows its score."""
    score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
    before, sheet = score.score, marked_sheet(db, attempt)
    rows = {row.number: row for row in db.exec(select(MarkRow).where(MarkRow.attempt_id == attempt.id))}
    for item, each, _ in sheet.entries:
        row = rows[item.number]
        row.marks, row.max, row.outcome = each.marks, item.scheme.full, each.outcome
        row.counted = item.number in sheet.counted
        db.add(row)
    fresh = _score_row(db, attempt, sheet, now)
    for name in AGAIN:
        setattr(score, name, getattr(fresh, name))
    db.add(score)
    db.flush()
    return before, score.score


def marked_sheet(
    db: Session, attempt: Attempt, instead: Mapping[int, Answer] | None = None,
    proposed: Mapping[int, Ruling] | None = None,
) -> MarkedSheet:  # fmt: skip
    """An attempt marked under the rules it started with, and by what was ruled about its questions.

    To see what they would change: `instead`, answers by question number to mark in place of the stored ones, and
    `proposed`, rulings by question version in place of those that hold."""
    rules, given = rules_of(db, attempt.paper_version_id), instead or {}
    rows = db.execute(_HELD, {"attempt": attempt.id}).all()
    held = [
        Held(number, section, version, given.get(number) or Answer.of(choice, text, parts), certainty, first)
        for number, section, version, choice, text, parts, certainty, first in rows
    ]
    items = items_of(db, rules, [each[:3] for each in held], proposed)
    return mark_sheet(rules, items, held, attempt.finished_at)


_HELD = (
    select(
        Response.number, Response.section, Response.question_version_id, Response.choice, Response.text, Response.parts,
        Response.certainty, Response.first_answered_at,
    )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
    .where(col(Response.attempt_id) == bindparam("attempt"))
    .order_by(col(Response.number))
)  # fmt: skip


def _score_row(db: Session, attempt: Attempt, sheet: MarkedSheet, now: datetime) -> ScoreRow:
    total = sheet.overall
    unsaved, unsaved_marks = _lost(db, attempt, sheet)
    assert attempt.id is not None
    return ScoreRow(
        attempt_id=attempt.id, paper_id=attempt.paper_id, person_id=attempt.person_id,
        is_ranked=not attempt.is_preview and not _has_ranked(db, attempt.paper_id, attempt.person_id),
        score=total.total, score_sort=sortable(total.total), max=total.max,
        gained=total.gained, lost=total.lost,
        right=total.right, partly=total.partly, wrong=total.wrong, blank=total.blank,
        unsaved=unsaved, unsaved_marks=unsaved_marks, scored_at=now,
    )  # fmt: skip


def _lost(db: Session, attempt: Attempt, sheet: MarkedSheet) -> tuple[int, Fraction]:
    """What a strict attempt lost to selections that were never saved; any other one nothing."""
    query = select(Response.number, Response.unsaved).where(Response.attempt_id == attempt.id)
    return lost_selections(sheet.entries, dict(db.exec(query).all()) if attempt.strict else {})


def _has_ranked(db: Session, paper_id: int, person_id: int) -> bool:
    query = select(ScoreRow.id).where(ScoreRow.paper_id == paper_id, ScoreRow.person_id == person_id)
    return db.exec(query.where(col(ScoreRow.is_ranked)).limit(1)).first() is not None


def forget_paper(db: Session, paper_id: int) -> None:
    """Take away what is kept of a paper nobody has sat: statistics of nothing, and dry runs of it."""
    versions = select(col(PaperVersion.id)).where(col(PaperVersion.paper_id) == paper_id)
    db.execute(delete(PaperStatistics).where(col(PaperStatistics.paper_version_id).in_(versions)))
    db.execute(delete(Regrade).where(col(Regrade.paper_id) == paper_id))


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move a guest's scores to the account that signed in; of each paper the earliest stays in the ranking."""
    papers = set()
    for row in db.exec(select(ScoreRow).where(ScoreRow.person_id == guest_id)):
        row.person_id = person_id
        db.add(row)
        papers.add(row.paper_id)
    db.flush()
    query = select(ScoreRow).where(ScoreRow.person_id == person_id, col(ScoreRow.paper_id).in_(papers))
    first: set[int] = set()
    for row in db.exec(query.where(col(ScoreRow.is_ranked)).order_by(col(ScoreRow.attempt_id))):
        row.is_ranked = row.paper_id not in first
        first.add(row.paper_id)
        db.add(row)
    db.flush()
