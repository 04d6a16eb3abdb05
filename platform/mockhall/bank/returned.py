"""What came back to its author from a review: drafts with a remark that nobody has answered by sending them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.models import Person
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Remark
from mockhall.web.errors import iso
from mockhall.web.headline import headline

MOST = 100


@dataclass(frozen=True)
class Returned:
    """A question that came back: what it asks, what is to be changed, who says so and since when."""

    code: str
    headline: str
    remark: str
    by: str
    at: datetime


def returned(db: Session, person: Person) -> Sequence[Returned]:
    """What came back to this person, the newest first."""
    columns: list[Any] = [Question.code, QuestionVersion.stem, Remark.text, Person, Remark.at]
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = sa.select(*columns).select_from(Remark).join(Question, col(Question.id) == col(Remark.question_id))
    query = query.join(QuestionVersion, newest).join(Person, col(Person.id) == col(Remark.person_id))
    rows = db.execute(query.where(*_came_back(person)).order_by(col(Remark.id).desc()).limit(MOST))
    return [Returned(code, headline(stem, 90), text, by.label, at) for code, stem, text, by, at in rows]


def count(db: Session, person: Person) -> int:
    """How many did."""
    query = sa.select(sa.func.count()).select_from(Remark).join(Question, col(Question.id) == col(Remark.question_id))
    return int(db.execute(query.where(*_came_back(person))).scalar_one())


def _came_back(person: Person) -> list[Any]:
    """Only the last remark on a draft counts, and none from before a verification. It concerns whoever wrote the
    question, and whoever wrote the version that was sent back; not who sent it back."""
    last = sa.select(sa.func.max(col(Remark.id))).group_by(col(Remark.question_id))
    mine = sa.select(col(QuestionVersion.id)).where(
        col(QuestionVersion.question_id) == col(Remark.question_id), col(QuestionVersion.number) == col(Remark.version),
        col(QuestionVersion.created_by_id) == person.id,
    )  # fmt: skip
    return [
        col(Remark.id).in_(last), col(Remark.person_id) != person.id,
        col(Question.status) == QuestionStatus.DRAFT, col(Question.deleted_at).is_(None),
        sa.or_(col(Question.created_by_id) == person.id, mine.correlate(Remark).exists()),
        sa.or_(col(Question.verified_at).is_(None), col(Question.verified_at) < col(Remark.at)),
    ]  # fmt: skip


def as_json(rows: Sequence[Returned]) -> dict[str, Any]:
    """The list for scripts."""
    each = [{"code": row.code, "headline": row.headline, "remark": row.remark, "at": iso(row.at)} for row in rows]
    return {"returned": each}
