"""The selection of a strict attempt that was never saved, in words."""

from mockhall.attempts.models import Response
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer
from mockhall.exam.shuffle import letters
from mockhall.exam.unsaved import never_saved


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
