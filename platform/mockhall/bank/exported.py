"""Questions of the bank as a file of JSON: everything a version says, and where it is filed."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.bank.actions import CONTENTS
from mockhall.bank.models import Topic
from mockhall.bank.picked import Picked
from mockhall.web.errors import iso


def exported(db: Session, picked: Sequence[Picked], now: datetime) -> str:
    """The file's text; questions in the order they were made."""
    subjects = _subjects(db, {each.question.topic_id for each in picked})
    questions = [_question(each, subjects.get(each.question.topic_id, "")) for each in picked]
    whole = {"format": "mockhall-questions", "version": 1, "exported_at": iso(now), "questions": questions}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _question(each: Picked, subject: str) -> dict[str, Any]:
    question, contents = each.question, {name: getattr(each.version, name) for name in CONTENTS}
    return {
        "code": question.code, "version": question.version, "status": question.status, "subject": subject,
    } | contents  # fmt: skip


def _subjects(db: Session, topics: set[int]) -> dict[int, str]:
    """The subject above each topic; a topic without one is its own."""
    above = aliased(Topic)
    query = select(Topic.id, Topic.title, above.title).outerjoin(above, col(above.id) == col(Topic.parent_id))
    return {topic or 0: subject or title for topic, title, subject in db.exec(query.where(col(Topic.id).in_(topics)))}
