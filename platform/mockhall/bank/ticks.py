"""Which questions are ticked on a page of the list that answers a change of many, here and on other pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mockhall.bank.bulk_forms import Sent
from mockhall.bank.desk_models import QuestionChange
from mockhall.bank.list_forms import Filters
from mockhall.bank.listing import Row, conditions
from mockhall.bank.models import Question

SENT = "sent"


@dataclass(frozen=True)
class Ticks:
    """Codes of questions. `heard`: what the page answers, the code of a change or a form just sent; empty where it
    answers nothing, and what the tab remembers holds."""

    codes: frozenset[str] = frozenset()
    heard: str = ""

    def elsewhere(self, rows: Iterable[Row]) -> list[str]:
        """Those that the page doesn't list."""
        return sorted(self.codes - {row.question.code for row in rows})


def after(db: Session, change: QuestionChange, filters: Filters, now: datetime) -> Ticks:
    """What was ticked for a change stays ticked where the list still has it: one can tag, then move. What it no longer
    has is let go, or the next change would reach questions that nobody sees."""
    listed = conditions(db, filters, now)
    return Ticks(_codes(db, [col(Question.id).in_(change.picked), *listed]), change.code)


def sent_again(db: Session, sent: Sent) -> Ticks:
    """The ticks of a form that was refused or asked back, of the questions that are still in the bank."""
    known = [col(Question.code).in_(sorted(sent.codes)), col(Question.deleted_at).is_(None)]
    return Ticks(_codes(db, known) if sent.codes else frozenset(), SENT)


def _codes(db: Session, fitting: Sequence[Any]) -> frozenset[str]:
    return frozenset(db.exec(select(Question.code).where(*fitting)))
