"""Reads on papers: the catalogue, a front page, the layout an attempt starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session, col, or_, select

from mockhall.bank.models import QuestionVersion, Topic
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion


@dataclass(frozen=True)
class Filters:
    """What the catalogue is narrowed to; empty means any. `length` is short, medium or long."""

    q: str = ""
    topic: str = ""
    difficulty: str = ""
    length: str = ""


LENGTHS = {"short": (0, 15), "medium": (16, 45), "long": (46, 100_000)}  # minutes, both ends included


@dataclass(frozen=True)
class Card:
    """A paper as the catalogue shows it."""

    paper: Paper
    topic: Topic


def catalogue(db: Session, filters: Filters, limit: int = 200) -> Sequence[Card]:
    """Published papers, by title, at most `limit`."""
    query = select(Paper, Topic).join(Topic, col(Topic.id) == col(Paper.topic_id))
    query = query.where(Paper.status == PaperStatus.PUBLISHED).order_by(col(Paper.title)).limit(limit)
    if filters.q:
        like = f"%{_literal(filters.q)}%"
        columns = (col(Paper.title), col(Paper.summary), col(Topic.title))
        query = query.where(or_(*(column.ilike(like, escape="\\") for column in columns)))
    if filters.topic:
        query = query.where(Topic.slug == filters.topic)
    if filters.difficulty:
        query = query.where(Paper.difficulty == filters.difficulty)
    if filters.length in LENGTHS:
        low, high = LENGTHS[filters.length]
        query = query.where(col(Paper.minutes).between(low, high))
    return [Card(paper, topic) for paper, topic in db.exec(query)]


def _literal(text: str) -> str:
    """Search text in which % and _ stand for themselves; NUL, which PostgreSQL refuses, is left out."""
    for sign in "\\%_":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\0", "")[:100]


def subjects(db: Session) -> Sequence[Topic]:
    """The subjects that have a published paper."""
    query = select(Topic).join(Paper, col(Paper.topic_id) == col(Topic.id))
    return db.exec(query.where(Paper.status == PaperStatus.PUBLISHED).distinct().order_by(col(Topic.title))).all()


@dataclass(frozen=True)
class Placed:
    """A question where it stands in a version: its section, counted from 1, and the scheme that holds for it."""

    section: int
    question: QuestionVersion
    scheme: Scheme


@dataclass(frozen=True)
class Layout:
    """A paper version with its sections and questions, in order."""

    version: PaperVersion
    sections: Sequence[PaperSection]
    placed: Sequence[Placed]

    @property
    def max(self) -> Fraction:
        return sum((each.scheme.full for each in self.placed), Fraction(0))

    def in_section(self, position: int) -> list[Placed]:
        return [each for each in self.placed if each.section == position]


def layout(db: Session, version: PaperVersion) -> Layout:
    """All of a version, in two queries."""
    sections = db.exec(
        select(PaperSection)
        .where(col(PaperSection.paper_version_id) == version.id)
        .order_by(col(PaperSection.position))
    ).all()
    query = (
        select(PaperSection.position, QuestionVersion)
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .where(col(PaperSection.paper_version_id) == version.id)
        .order_by(col(PaperSection.position), col(PaperQuestion.position))
    )
    schemes = {section.position: section.scheme for section in sections}
    placed = [
        Placed(position, question, scheme_of(version.scheme, schemes[position], question.scheme))
        for position, question in db.exec(query)
    ]
    return Layout(version, sections, placed)


@dataclass(frozen=True)
class MarkingLine:
    """One line of "How it is marked": questions of one kind under one scheme."""

    kind: Kind
    scheme: Scheme
    count: int

    @property
    def wrong(self) -> Fraction:
        return self.scheme.wrong_for(self.kind)

    @property
    def lowest(self) -> Fraction:
        return lowest(self.scheme, self.kind)


def marking_lines(layout: Layout) -> list[MarkingLine]:
    """How the questions of a paper are marked, a line for each kind and scheme in order of appearance."""
    counts: dict[tuple[Kind, Scheme], int] = {}
    for each in layout.placed:
        line = (Kind(each.question.kind), each.scheme)
        counts[line] = counts.get(line, 0) + 1
    return [MarkingLine(kind, scheme, count) for (kind, scheme), count in counts.items()]
