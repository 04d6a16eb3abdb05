"""Reads on the bank: the list with its filters, a question with its versions, the topics."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Text, cast, func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from mockhall.bank.forms import Filters
from mockhall.bank.models import Question, QuestionVersion, Topic
from mockhall.bank.stored import Before

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A question as the list shows it."""

    question: Question
    headline: str
    topic: str


@dataclass(frozen=True)
class Page:
    """One page of the list; `previous` and `next` are query strings, empty at either end."""

    rows: Sequence[Row]
    found: int
    total: int
    previous: str = ""
    next: str = ""


def question_page(db: Session, filters: Filters, size: int = PAGE) -> Page:
    """The questions that fit, newest edited first. Pages go on from the last row seen, so they are as quick at the
    end of a large bank as at its beginning, and an edit meanwhile shifts nothing."""
    conditions = _conditions(filters)
    found, total = _counts(db, conditions)
    backward = bool(filters.before) and not filters.after
    cursor = _read_cursor(filters.before if backward else filters.after)
    rows = _rows(db, conditions, cursor, backward=backward, limit=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows = rows[::-1]
    earlier, later = (more, True) if backward else (cursor is not None, more)
    if not rows:
        return Page(rows, found, total)
    return Page(
        rows, found, total,
        previous=_address(filters, "before", rows[0]) if earlier else "",
        next=_address(filters, "after", rows[-1]) if later else "",
    )  # fmt: skip


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    names = [name for name in ("kind", "difficulty", "status") if getattr(filters, name)]
    found: list[ColumnElement[bool]] = [getattr(Question, name) == getattr(filters, name) for name in names]
    if filters.topic:
        below = select(Topic.id).where(col(Topic.slug) == filters.topic).scalar_subquery()
        found.append(or_(col(Topic.slug) == filters.topic, col(Topic.parent_id) == below))
    if filters.q:
        found.append(_holds(filters.q))
    return found


def _holds(words: str) -> ColumnElement[bool]:
    """Stem, topic, tags or code hold the words, which stand for themselves: % and _ are no wildcards."""
    literal = _like(words)
    tagged = _like(json.dumps(words)[1:-1])  # tags are stored as JSON, other scripts escaped
    return or_(
        col(QuestionVersion.stem).ilike(literal, escape="\\"),
        col(Topic.title).ilike(literal, escape="\\"),
        cast(QuestionVersion.tags, Text).ilike(tagged, escape="\\"),
        col(Question.code) == words.casefold(),
    )


def _like(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, "\\" + sign)
    return f"%{text}%"


def _joined(query: Any) -> Any:
    """Each question with its newest version and its topic."""
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    return query.join(QuestionVersion, newest).join(Topic, col(Topic.id) == Question.topic_id)


def _counts(db: Session, conditions: list[ColumnElement[bool]]) -> tuple[int, int]:
    total = select(func.count()).select_from(Question).scalar_subquery()
    query = _joined(select(func.count(), total).select_from(Question)).where(*conditions)
    found = db.exec(query).one()
    return int(found[0]), int(found[1])


def _rows(
    db: Session, conditions: list[ColumnElement[bool]], cursor: tuple[datetime, str] | None, *, backward: bool,
    limit: int,
) -> list[Row]:  # fmt: skip
    place = tuple_(col(Question.updated_at), col(Question.code))
    query = _joined(select(Question, QuestionVersion.stem, Topic.title)).where(*conditions)
    if cursor is not None:
        query = query.where(place > cursor if backward else place < cursor)
    order = (col(Question.updated_at), col(Question.code))
    query = query.order_by(*(each.asc() if backward else each.desc() for each in order)).limit(limit)
    return [Row(question, headline(stem), topic) for question, stem, topic in db.exec(query)]


def _address(filters: Filters, name: str, row: Row) -> str:
    cursor = f"{row.question.updated_at.isoformat()}~{row.question.code}"
    return urlencode(filters.chosen | {name: cursor})


def _read_cursor(text: str) -> tuple[datetime, str] | None:
    """Where a page begins; a cursor nobody made begins at the front."""
    at, _, code = text.partition("~")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, code) if instant.tzinfo is not None and code.isalnum() else None


def headline(stem: str, longest: int = 160) -> str:
    """A stem in one line: its text, and where that is short ("What is printed?") a line of its code to tell it by.
    Backticks stay, for the page to show code as code."""
    pieces = re.split(r"^[ \t]*(?:```|~~~).*$", stem, flags=re.MULTILINE)  # text, code, text, ...
    lines = [line for piece in pieces[::2] for line in piece.split("\n") if not line.lstrip().startswith(("|", "$$"))]
    text = " ".join(" ".join(lines).split()).lstrip("#> ").replace("**", "").replace("\\$", "$")
    code = next((line.strip() for piece in pieces[1::2] for line in piece.split("\n") if _tells(line)), "")
    if code and len(text) < 50:
        text = f"{text} `{code.replace('`', '')}`".strip()
    return text if len(text) <= longest else _cut(text, longest)


def _tells(line: str) -> bool:
    """Not the lines that most programs begin with."""
    return bool(line.strip()) and not line.startswith(("import ", "from ", "#", "@", "app = "))


def _cut(text: str, longest: int) -> str:
    cut = text[: longest - 1].rsplit(" ", 1)[0].rstrip(" `,;:")
    return cut + ("`…" if cut.count("`") % 2 else "…")


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
