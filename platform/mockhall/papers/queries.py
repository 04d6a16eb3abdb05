"""Reads on one paper: its front page, the layout an attempt starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import and_
from sqlmodel import Session, col, select

from mockhall.bank.models import QuestionVersion, Topic
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperVersion


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
class Shown:
    """A paper as it stands today: itself, its subject, its newest version."""

    paper: Paper
    topic: Topic
    version: PaperVersion


def find(db: Session, slug: str) -> Shown | None:
    """The paper at this address, whatever its status."""
    newest = and_(col(PaperVersion.paper_id) == col(Paper.id), col(PaperVersion.number) == col(Paper.version))
    query = (
        select(Paper, Topic, PaperVersion)
        .join(Topic, col(Topic.id) == col(Paper.topic_id))
        .join(PaperVersion, newest)
        .where(col(Paper.slug) == slug)
    )
    found = db.exec(query).first()
    return Shown(*found) if found else None


@dataclass(frozen=True)
class Asked:
    """A question as the front page counts it: how it is answered and marked, never what it asks."""

    section: int
    kind: Kind
    scheme: Scheme


@dataclass(frozen=True)
class OutlineSection:
    """A section in the front page's table."""

    position: int
    title: str
    covers: str
    questions: int
    max: Fraction


@dataclass(frozen=True)
class Outline:
    """A version's sections and how its questions are marked. Stems and keys are not loaded: they can't leak."""

    sections: Sequence[OutlineSection]
    asked: Sequence[Asked]

    @property
    def max(self) -> Fraction:
        return sum((each.scheme.full for each in self.asked), Fraction(0))


def outline(db: Session, version: PaperVersion) -> Outline:
    """The outline of a version, in one query."""
    query = (
        select(PaperSection, QuestionVersion.kind, QuestionVersion.scheme)
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id), isouter=True)
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id), isouter=True)
        .where(col(PaperSection.paper_version_id) == version.id)
        .order_by(col(PaperSection.position), col(PaperQuestion.position))
    )
    sections: dict[int, PaperSection] = {}
    asked = []
    for section, kind, scheme in db.exec(query):
        sections[section.position] = section
        if kind is not None:
            asked.append(Asked(section.position, Kind(kind), scheme_of(version.scheme, section.scheme, scheme)))
    return Outline([_outlined(section, asked) for section in sections.values()], asked)


def _outlined(section: PaperSection, asked: Sequence[Asked]) -> OutlineSection:
    own = [each.scheme.full for each in asked if each.section == section.position]
    return OutlineSection(section.position, section.title, section.covers, len(own), sum(own, Fraction(0)))


@dataclass(frozen=True)
class MarkingLine:
    """One line of "How it is marked": questions of one kind under one scheme, and the sections they stand in."""

    kind: Kind
    scheme: Scheme
    count: int
    sections: Sequence[str]

    @property
    def lowest(self) -> Fraction:
        """What a wrong answer gives, the floor applied."""
        return lowest(self.scheme, self.kind)


def marking_lines(outline: Outline) -> list[MarkingLine]:
    """How the questions of a paper are marked, a line for each kind and scheme in order of appearance."""
    titles = {section.position: section.title for section in outline.sections}
    places: dict[tuple[Kind, Scheme], list[int]] = {}
    for each in outline.asked:
        places.setdefault((each.kind, each.scheme), []).append(each.section)
    return [
        MarkingLine(kind, scheme, len(positions), [titles[position] for position in sorted(set(positions))])
        for (kind, scheme), positions in places.items()
    ]
