"""What a candidate keeps beside the questions of an attempt: a note with its reason, and a bookmark. For them alone."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from mockhall.results.models import ReviewNote

LONGEST = 2_000  # characters


class Reason(StrEnum):
    """Why a question went as it did; written as stored."""

    CONCEPT = "concept"
    CALCULATION = "calculation"
    MISREAD = "misread"
    TIME = "time"
    GUESS = "guess"


def notes(db: Session, attempt_id: int, numbers: Collection[int]) -> dict[int, ReviewNote]:
    """What is kept beside these questions."""
    of = (ReviewNote.attempt_id == attempt_id, col(ReviewNote.number).in_(numbers))
    return {row.number: row for row in db.exec(select(ReviewNote).where(*of))}


def keep(db: Session, attempt_id: int, number: int, reason: Reason, text: str, now: datetime) -> None:
    """Write the note of a question, in place of the one there was."""
    row = _row(db, attempt_id, number, now)
    row.reason, row.text, row.updated_at = reason, text, now
    db.flush()


def delete(db: Session, attempt_id: int, number: int, now: datetime) -> None:
    """Take a note away; a bookmark stays."""
    row = _row(db, attempt_id, number, now)
    row.reason, row.text, row.updated_at = "", "", now
    _drop_empty(db, row)


def bookmark(db: Session, attempt_id: int, number: int, *, on: bool, now: datetime) -> None:
    """Set or take away a bookmark; a note stays."""
    row = _row(db, attempt_id, number, now)
    row.bookmarked, row.updated_at = on, now
    _drop_empty(db, row)


def _row(db: Session, attempt_id: int, number: int, now: datetime) -> ReviewNote:
    """The row of a question, made where there is none. The attempt's row is locked: nobody else makes it meanwhile."""
    row = db.get(ReviewNote, (attempt_id, number))
    if row is None:
        row = ReviewNote(attempt_id=attempt_id, number=number, updated_at=now)
        db.add(row)
    return row


def _drop_empty(db: Session, row: ReviewNote) -> None:
    db.flush()
    if not row.bookmarked and not row.reason:
        db.delete(row)
        db.flush()
