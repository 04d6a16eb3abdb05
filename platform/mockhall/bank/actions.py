"""Verbs on questions: store a version, find or make a topic."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Topic
from mockhall.web.codes import new_code

# What a version says, apart from its number, author and time.
CONTENTS = (
    "kind", "stem", "options", "key", "solution", "topic", "difficulty", "tags", "reference", "unit", "scheme", "shuffle",
)  # fmt: skip


def slug_of(title: str) -> str:
    """`Dependency injection` -> `dependency-injection`; letters of other scripts stay."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[^\w]+", "-", folded).strip("-_")[:100] or "topic"


def topic_named(db: Session, title: str, parent: Topic | None = None) -> Topic:
    """The topic of this title below `parent`, made when it is new."""
    slug = slug_of(title) if parent is None else f"{parent.slug}-{slug_of(title)}"[:120]
    topic = db.exec(select(Topic).where(Topic.slug == slug)).first()
    if topic is None:
        topic = Topic(slug=slug, title=title, parent_id=parent.id if parent else None)
        db.add(topic)
        db.flush()
    return topic


def new_question(
    db: Session, topic: Topic, contents: dict[str, Any], now: datetime, author_id: int | None = None,
    source: str | None = None, status: QuestionStatus = QuestionStatus.DRAFT,
) -> tuple[Question, QuestionVersion]:  # fmt: skip
    """A new question with its first version; `contents` has the keys of CONTENTS."""
    assert topic.id is not None
    question = Question(
        code=new_code(), source=source, topic_id=topic.id, status=status, kind=contents["kind"],
        difficulty=contents["difficulty"], created_at=now, updated_at=now, created_by_id=author_id,
    )  # fmt: skip
    db.add(question)
    db.flush()
    return question, _add_version(db, question, contents, now, author_id)


def new_version(
    db: Session, question: Question, topic: Topic, contents: dict[str, Any], now: datetime, author_id: int | None = None
) -> QuestionVersion:
    """The newest version of a question; when nothing changed, the one there is."""
    newest = newest_version(db, question)
    if all(getattr(newest, name) == contents.get(name, getattr(newest, name)) for name in CONTENTS):
        return newest
    assert topic.id is not None
    question.version += 1
    question.topic_id, question.kind, question.difficulty = topic.id, contents["kind"], contents["difficulty"]
    question.updated_at = now
    db.add(question)
    return _add_version(db, question, contents, now, author_id)


def newest_version(db: Session, question: Question) -> QuestionVersion:
    """What the question says today."""
    query = select(QuestionVersion).where(
        col(QuestionVersion.question_id) == question.id, col(QuestionVersion.number) == question.version
    )
    return db.exec(query).one()


def _add_version(
    db: Session, question: Question, contents: dict[str, Any], now: datetime, author_id: int | None
) -> QuestionVersion:
    assert question.id is not None
    version = QuestionVersion(
        question_id=question.id, number=question.version, created_at=now, created_by_id=author_id,
        **{name: contents[name] for name in CONTENTS if name in contents},
    )  # fmt: skip
    db.add(version)
    db.flush()
    return version
