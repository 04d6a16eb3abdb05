"""What a strict attempt lost to selections that were never saved, worked out when it is marked."""

from collections.abc import Sequence
from fractions import Fraction

from sqlmodel import Session, select

from mockhall.attempts.models import Attempt, Response
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import mark
from mockhall.exam.paper import Answer
from mockhall.exam.score import Entry
from mockhall.exam.shuffle import letters
from mockhall.exam.unsaved import marks_lost, never_saved


def unsaved_words(row: Response, kind: Kind) -> str:
    """The selection of a response that was never saved: the letters of its choices, or what was typed; "" for none."""
    found = never_saved(row.unsaved, Answer.of(row.choice, row.text, row.parts))
    if found is None:
        return ""
    if found.text:
        return found.text
    named = letters(row.option_order)
    chosen = [named[each] for each in found.choice if each in named]
    return ", ".join(chosen if kind is Kind.ORDER else sorted(chosen)) or "an answer"


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
