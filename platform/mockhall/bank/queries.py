"""Reads on the bank: a question with its versions, the topics. The list has files of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mockhall.bank.models import Question, QuestionVersion, Topic
from mockhall.bank.stored import Before


def _joined(query: Any) -> Any:
    """Each question with its newest version and its topic."""
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    return query.join(QuestionVersion, newest).join(Topic, col(Topic.id) == Question.topic_id)


# ---------------------------------------------------------------- one question


@dataclass(frozen=True)
class Known:
    """A stored question: its newest version, and its topic's and subject's titles."""

    version: QuestionVersion
    topic: str
    subject: str


def known(db: Session, question: Question) -> Known:
    """What a question says today and where it stands."""
    parent = aliased(Topic)
    query = _joined(select(QuestionVersion, Topic.title, parent.title).select_from(Question))
    query = query.join(parent, col(parent.id) == Topic.parent_id, isouter=True).where(col(Question.id) == question.id)
    version, topic, subject = db.exec(query).one()
    return Known(version, topic, subject or topic)


def stale(version: int) -> str:
    """What who decided on an older version is told."""
    return (
        f"Somebody saved this question while you looked at it. Nothing of yours was done. This is version {version}: "
        "read it, and if you still want to, press again."
    )


def before(db: Session, question: Question) -> Before:
    """What an edit has to know: every option id this question ever had (an option taken out may come back under its
    own), and what it says today."""
    query = select(QuestionVersion).where(col(QuestionVersion.question_id) == question.id)
    versions = db.exec(query).all()
    newest = next(each for each in versions if each.number == question.version)
    ids = {row["id"] for version in versions for row in version.options}
    return Before(frozenset(ids), newest)


@dataclass(frozen=True)
class Subject:
    """A subject with its topics, for the filter and the form's suggestions."""

    topic: Topic
    topics: Sequence[Topic]


def subjects(db: Session) -> list[Subject]:
    """All topics below their subjects, by title."""
    topics = db.exec(select(Topic).order_by(col(Topic.title))).all()
    below: dict[int | None, list[Topic]] = {}
    for topic in topics:
        below.setdefault(topic.parent_id, []).append(topic)
    return [Subject(topic, below.get(topic.id, [])) for topic in below.get(None, [])]
