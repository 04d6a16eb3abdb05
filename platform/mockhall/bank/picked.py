"""The questions that a change of many is for: those that were ticked, or all that the filters find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mockhall.bank.bulk_forms import Sent
from mockhall.bank.list_views import MOST_AT_ONCE
from mockhall.bank.listing import conditions, unknown
from mockhall.bank.models import Question, QuestionVersion


@dataclass(frozen=True)
class Left:
    """A question that a change leaves as it is, as the page names it, and why."""

    code: str
    headline: str
    why: str


class CannotDoError(Exception):
    """A change that is refused whole; `field` is where the page says so, `left` which questions stand in the way."""

    def __init__(self, field: str, text: str, left: Sequence[Left] = ()) -> None:
        super().__init__(text)
        self.field, self.text, self.left = field, text, left


@dataclass(frozen=True)
class Picked:
    """A question that is to be changed, with what it says today."""

    question: Question
    version: QuestionVersion


def pick(db: Session, sent: Sent, now: datetime, *, lock: bool = True) -> list[Picked]:
    """The questions that were ticked, or all that the filters find, in the order they were made; locked on PostgreSQL
    where they are to be changed. Codes that are no question's (any more) are left out."""
    unread = sent.takes_all and (sent.unread or next(iter(unknown(db, sent.filters)), ""))
    if unread:
        said = f"The filter “{unread}” can't be read, so which questions are meant is not known. Choose it again."
        raise CannotDoError("ticked", said)
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(*(conditions(db, sent.filters, now) if sent.takes_all else _ticked(sent)))
    query = query.order_by(col(Question.id)).limit(MOST_AT_ONCE + 1)
    query = query.with_for_update(of=Question) if lock else query
    too_many = f"At most {MOST_AT_ONCE} questions are changed at once. Narrow the list, then tick again."
    if not sent.takes_all and len(sent.codes) > MOST_AT_ONCE:
        raise CannotDoError("ticked", too_many)
    picked = [Picked(question, version) for question, version in db.exec(query)]
    if len(picked) > MOST_AT_ONCE:
        raise CannotDoError("ticked", too_many)
    if not picked:
        gone = "None of these questions is in the bank any more." if sent.codes else "Tick the questions first."
        raise CannotDoError("ticked", gone)
    return picked


def _ticked(sent: Sent) -> list[Any]:
    return [col(Question.code).in_(sorted(sent.codes)[: MOST_AT_ONCE + 1]), col(Question.deleted_at).is_(None)]
