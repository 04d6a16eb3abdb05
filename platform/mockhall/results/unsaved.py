"""What a strict attempt lost to selections that were never saved, worked out when it is marked."""

from collections.abc import Sequence
from fractions import Fraction

from sqlmodel import Session, select

from mockhall.attempts.models import Attempt, Response
from mockhall.exam.marking import mark
from mockhall.exam.score import Entry
from mockhall.exam.unsaved import marks_lost, never_saved


def lost_selections(db: Session, attempt: Attempt, entries: Sequence[Entry]) -> tuple[int, Fraction]:
    """How many selections were never saved, and the marks they would have earned beyond the kept answers."""
    if not attempt.strict:
        return 0, Fraction(0)
    logged = dict(db.exec(select(Response.number, Response.unsaved).where(Response.attempt_id == attempt.id)).all())
    pairs = []
    for item, kept, answer in entries:
        selection = never_saved(logged.get(item.number), answer)
        if selection is not None:
            pairs.append((mark(item.kind, item.key, selection, item.scheme).marks, kept.marks))
    return len(pairs), marks_lost(pairs)
