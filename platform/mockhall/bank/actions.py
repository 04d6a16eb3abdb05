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
from mockhall.bank import images, search, similar
from mockhall.bank.checked import Checked
from mockhall.bank.lifecycle import after_edit, same_text
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
    if status == QuestionStatus.VERIFIED:
        question.verified_version, question.verified_at = question.version, now
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


def ship(question: Question, now: datetime) -> None:
    """A new version from a file counts as verified, as its question does; what the desk took back stays taken back."""
    if question.status == QuestionStatus.VERIFIED and question.verified_version != question.version:
        question.verified_version, question.verified_at = question.version, now


def newest_version(db: Session, question: Question) -> QuestionVersion:
    """What the question says today."""
    return version_numbered(db, question, question.version)


def version_numbered(db: Session, question: Question, number: int) -> QuestionVersion:
    """What the question said in one of its versions."""
    query = select(QuestionVersion).where(
        col(QuestionVersion.question_id) == question.id, col(QuestionVersion.number) == number
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
    search.keep(db, [search.Findable.of(question, version)])
    similar.remember(db, version)
    images.now_used(db, contents)
    return version


# ---------------------------------------------------------------- at the desk


def create(db: Session, checked: Checked, author: Person, now: datetime) -> Question:
    """A question written at the desk, from a form without errors: a draft."""
    topic = _topic_of(db, checked)
    question, _ = new_question(db, topic, checked.contents, now, author.id)
    question.edited_at_desk = True
    audit.write(db, author.id, "question", f"question {question.code} version 1", now)
    return question


def edit(db: Session, question: Question, checked: Checked, author: Person, now: datetime) -> bool:
    """Store an edit from a form without errors; False when it changes nothing. A version once stored never changes."""
    topic, before = _topic_of(db, checked), newest_version(db, question)
    version = new_version(db, question, topic, checked.contents, now, author.id)
    if version is before and question.topic_id == topic.id:
        return False
    assert topic.id is not None
    question.topic_id, question.updated_at, question.edited_at_desk = topic.id, now, True
    if version is not before:
        version.note = checked.note or None
        settle(db, question, before, version)
    db.add(question)
    verb = "key" if version.key != before.key else "question"
    audit.write(db, author.id, verb, f"question {question.code} version {version.number} {question.status}", now)
    return True


def settle(db: Session, question: Question, before: QuestionVersion, version: QuestionVersion) -> None:
    """Where a question stands after an edit at the desk: back in review, unless what it says is what was verified.
    Draws and published tests go on with the version that was."""
    number = question.verified_version
    if number is None:
        return
    held = texts(before if before.number == number else version_numbered(db, question, number))
    was_verified = before.number == number or same_text(held, texts(before))
    is_verified = same_text(held, texts(version))
    question.status = after_edit(QuestionStatus(question.status), was_verified=was_verified, is_verified=is_verified)
    if is_verified:
        question.verified_version = version.number


def texts(version: QuestionVersion) -> dict[str, Any]:
    """What a version says, by the names of CONTENTS."""
    return {name: getattr(version, name) for name in CONTENTS}


def _topic_of(db: Session, checked: Checked) -> Topic:
    return topic_named(db, checked.topic, topic_named(db, checked.subject))
