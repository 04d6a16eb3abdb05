"""Reads of the catalogue: published papers by filter and page, topics and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, or_, select

from mockhall.accounts.models import Person
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Topic
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.who_may import listed_for

PAGE = 24  # cards; a number that two, three and four columns divide
LENGTHS = {"short": (0, 15), "medium": (16, 45), "long": (46, 100_000)}  # minutes, both ends included
PUBLISHED: ColumnElement[bool] = col(Paper.status) == PaperStatus.PUBLISHED


@dataclass(frozen=True)
class Filters:
    """What the catalogue is narrowed to; empty means any. `length` is a name of LENGTHS."""

    q: str = ""
    topic: str = ""
    difficulty: str = ""
    length: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Is anything left out?"""
        return replace(self, page=1) != Filters()


@dataclass(frozen=True)
class Card:
    """A paper as the catalogue shows it."""

    paper: Paper
    topic: Topic


@dataclass(frozen=True)
class Found:
    """One page of cards out of `total`; pages count from 1."""

    cards: Sequence[Card]
    total: int
    page: int
    pages: int


def catalogue(db: Session, filters: Filters, person: Person | None = None, size: int = PAGE) -> Found:
    """Published papers by title, as far as this viewer finds them listed; a page beyond the last is the last."""
    return _page(db, [PUBLISHED, listed_for(person), *_conditions(filters)], filters.page, size)


def in_topic(db: Session, topic: Topic, page: int, person: Person | None = None, size: int = PAGE) -> Found:
    """Published papers on this topic, or with a question on it."""
    asked = _used(select(col(Paper.id))).where(PUBLISHED, col(Question.topic_id) == topic.id)
    return _page(
        db, [PUBLISHED, listed_for(person), or_(col(Paper.topic_id) == topic.id, col(Paper.id).in_(asked))], page, size
    )


def _page(db: Session, conditions: Sequence[ColumnElement[bool]], page: int, size: int) -> Found:
    total = db.exec(
        select(func.count()).select_from(Paper).join(Topic, col(Topic.id) == col(Paper.topic_id)).where(*conditions)
    ).one()
    pages = max(1, -(-total // size))
    page = min(page, pages)
    query = select(Paper, Topic).join(Topic, col(Topic.id) == col(Paper.topic_id)).where(*conditions)
    query = query.order_by(func.lower(Paper.title), col(Paper.id)).limit(size).offset((page - 1) * size)
    return Found([Card(paper, topic) for paper, topic in db.exec(query)], total, page, pages)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = [_has_word(word) for word in filters.q.split()[:8]]
    if filters.topic:
        conditions.append(col(Topic.slug) == filters.topic)
    if filters.difficulty:
        conditions.append(col(Paper.difficulty) == filters.difficulty)
    if filters.length:
        conditions.append(col(Paper.minutes).between(*LENGTHS[filters.length]))
    return conditions


def _has_word(word: str) -> ColumnElement[bool]:
    """The word in title, summary or topic; % and _ stand for themselves."""
    for sign in "\\%_":
        word = word.replace(sign, "\\" + sign)
    columns = (col(Paper.title), col(Paper.summary), col(Topic.title))
    return or_(*(column.ilike(f"%{word}%", escape="\\") for column in columns))


def _used(query: Any) -> "Select[Any]":
    """The query from papers on to the questions that stand in their newest versions."""
    newest = and_(col(PaperVersion.paper_id) == col(Paper.id), col(PaperVersion.number) == col(Paper.version))
    joined: Select[Any] = (
        query.select_from(Paper)
        .join(PaperVersion, newest)
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .join(Question, col(Question.id) == col(QuestionVersion.question_id))
    )
    return joined


@dataclass(frozen=True)
class Subject:
    """A topic with published papers of its own; `inside` names the topics below it."""

    topic: Topic
    papers: int
    questions: int
    inside: Sequence[str]


def subjects(db: Session, person: Person | None = None) -> list[Subject]:
    """The subjects that have a published paper for this viewer, by title, in one query."""
    verified = exists().where(
        col(Question.topic_id) == col(Topic.id), col(Question.verified_version).is_not(None),
        col(Question.status) != QuestionStatus.RETIRED,
    )  # fmt: skip
    query = (
        select(Topic, func.count(col(Paper.id)), func.coalesce(func.sum(Paper.question_count), 0))
        .join(Paper, and_(col(Paper.topic_id) == col(Topic.id), PUBLISHED, listed_for(person)), isouter=True)
        .where(or_(col(Paper.id).is_not(None), and_(col(Topic.parent_id).is_not(None), verified)))
        .group_by(col(Topic.id))
        .order_by(func.lower(Topic.title), col(Topic.id))
    )
    rows = db.exec(query).all()
    return [
        Subject(topic, papers, questions, [below.title for below, *_ in rows if below.parent_id == topic.id])
        for topic, papers, questions in rows
        if papers
    ]


@dataclass(frozen=True)
class TopicPage:
    """A topic, the subject it stands below, and its own topics with how many questions published papers ask."""

    topic: Topic
    parent: Topic | None
    below: Sequence[tuple[Topic, int]]


def topic_page(db: Session, slug: str, person: Person | None = None) -> TopicPage | None:
    """A topic by its address, with those below it that tests listed for this viewer ask about, in two queries; None
    when there is none."""
    above = aliased(Topic)
    found = db.exec(
        select(Topic, above)
        .join(above, col(above.id) == col(Topic.parent_id), isouter=True)
        .where(col(Topic.slug) == slug)
    ).first()
    if found is None:
        return None
    topic, parent = found
    query = _used(select(Topic, func.count(func.distinct(Question.id)))).join(
        Topic, col(Topic.id) == col(Question.topic_id)
    )
    query = query.where(PUBLISHED, listed_for(person), col(Topic.parent_id) == topic.id).group_by(col(Topic.id))
    below = [(each, count) for each, count in db.execute(query.order_by(func.lower(Topic.title)))]
    return TopicPage(topic, parent, below)
