"""What was ruled about the questions of an attempt, as its candidate may read it now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Response
from mockhall.bank import key_versions
from mockhall.bank.key_versions import Held
from mockhall.bank.models import HeldKey, KeyVersion
from mockhall.exam.reveal import Item
from mockhall.results.groups import Seen
from mockhall.results.ruling_words import public


@dataclass(frozen=True)
class Told:
    """A ruling on one question in words; `reason` is empty while the right answer, which it may name, is closed."""

    number: int
    words: str
    reason: str
    since: datetime

    @property
    def json(self) -> dict[str, str]:
        """The same for scripts."""
        return {"text": self.words, "reason": self.reason}


def told(number: int, held: Held | None, seen: Seen) -> Told | None:
    """What may be said of a ruling; None without one, and while it would tell marks that are closed."""
    if held is None or not {Item.MARKS, Item.CORRECTNESS} <= seen:
        return None
    reason = held.reason if Item.RIGHT_ANSWER in seen else ""
    return Told(number, public(held), reason, held.since)


def told_of(db: Session, attempt_id: int, seen: Seen) -> list[Told]:
    """What was ruled about an attempt's questions, in their order; in one query."""
    query: Any = sa.select(col(Response.number), KeyVersion)
    query = query.join(HeldKey, col(HeldKey.question_version_id) == col(Response.question_version_id))
    query = query.join(KeyVersion, col(KeyVersion.id) == col(HeldKey.key_version_id))
    rows = db.execute(query.where(col(Response.attempt_id) == attempt_id).order_by(col(Response.number)))
    return [each for number, found in rows if (each := told(number, key_versions.said(found), seen))]
