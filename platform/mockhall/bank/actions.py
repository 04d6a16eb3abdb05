"""Verbs on questions: store a version, find or make a topic."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.bank import images, similar
from mockhall.bank.checked import Checked
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Topic
from mockhall.exam.answers import normal_text
from mockhall.web.codes import new_code

# What a version says, apart from its number, author and time.
CONTENTS = (
    "kind", "stem", "options", "key", "solution", "topic", "difficulty", "tags", "reference", "unit", "scheme",
    "shuffle", "passage_code", "passage", "translations", "solution_translations", "option_solutions",
)  # fmt: skip


def slug_of(title: str) -> str:
    """`Dependency injection` -> `dependency-injection`; letters of other scripts stay."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"[^\w]+", "-", folded).strip("-_")[:100] or "topic"


def topic_named(db: Session, title: str, parent: Topic | None = None) -> Topic:
    """The topic of this title below `parent`, made when it is new. `C` and `C++` have slugs of their own."""
    base = slug_of(title) if parent is None else f"{parent.slug}-{slug_of(title)}"
    for slug in _slugs(base):
        topic = db.exec(select(Topic).where(Topic.slug == slug)).first()
        if topic is None:
            break
        if topic.parent_id == (parent.id if parent else None) and _same_title(topic.title, title):
            return topic
    topic = Topic(slug=slug, title=title, parent_id=parent.id if parent else None)
    db.add(topic)
    db.flush()
    return topic


def _slugs(base: str) -> Iterator[str]:
    """`c`, `c-2`, `c-3`, ... of at most 120 characters."""
    yield base[:120]
    yield from (f"{base[:112]}-{number}" for number in count(2))


def _same_title(one: str, other: str) -> bool:
    return normal_text(one, case=False) == normal_text(other, case=False)


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
    similar.remember(db, version)
    images.now_used(db, contents)
    return version


# ---------------------------------------------------------------- at the desk


def create(db: Session, checked: Checked, author: Person, now: datetime) -> Question:
    """A question written at the desk, from a form without errors."""
    topic = _topic_of(db, checked)
    question, _ = new_question(db, topic, checked.contents, now, author.id, status=QuestionStatus(checked.status))
    question.edited_at_desk = True
    audit.write(db, author.id, "question", f"question {question.code} version 1", now)
    return question


def edit(db: Session, question: Question, checked: Checked, author: Person, now: datetime) -> bool:
    """Store an edit from a form without errors; False when it changes nothing. A version once stored never changes."""
    topic, before = _topic_of(db, checked), newest_version(db, question)
    version = new_version(db, question, topic, checked.contents, now, author.id)
    # A changed state alone is no edit of the text: files may go on improving it.
    rewritten = version is not before or question.topic_id != topic.id
    if not rewritten and question.status == checked.status:
        return False
    assert topic.id is not None
    question.status, question.topic_id, question.updated_at = QuestionStatus(checked.status), topic.id, now
    question.edited_at_desk = question.edited_at_desk or rewritten
    db.add(question)
    verb = "key" if version.key != before.key else "question"
    audit.write(db, author.id, verb, f"question {question.code} version {version.number} {question.status}", now)
    return True


def _topic_of(db: Session, checked: Checked) -> Topic:
    return topic_named(db, checked.topic, topic_named(db, checked.subject))
