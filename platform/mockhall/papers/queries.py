"""Reads on one paper: its front page, the layout an attempt starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

from sqlalchemy import and_
from sqlmodel import Session, col, select

from mockhall.bank.models import QuestionVersion, Topic
from mockhall.exam.certainty import HIGHEST
from mockhall.exam.draws import Draw
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest
from mockhall.exam.optional import best_sum
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.exam.sections import Rules, in_order
from mockhall.formats.values import SectionRules
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperVersion
from mockhall.papers.versions import draws_of, rules_of_section


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
    draws: Mapping[int, Sequence[Draw]]  # by the section's position

    def in_section(self, position: int) -> list[Placed]:
        return [each for each in self.placed if each.section == position]

    def scheme_of(self, position: int) -> Scheme:
        """What holds for a question of this section that has no marking of its own."""
        return scheme_of(self.version.scheme, *(each.scheme for each in self.sections if each.position == position))


def layout(db: Session, version: PaperVersion) -> Layout:
    """All of a version, in three queries."""
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
    return Layout(version, sections, placed, draws_of(db, version))


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


def of_version(db: Session, version_id: int) -> Shown:
    """The paper of this version, with this version in place of the newest: what an attempt was started with."""
    query = (
        select(Paper, Topic, PaperVersion)
        .join(Topic, col(Topic.id) == col(Paper.topic_id))
        .join(PaperVersion, col(PaperVersion.paper_id) == col(Paper.id))
        .where(col(PaperVersion.id) == version_id)
    )
    return Shown(*db.exec(query).one())


@dataclass(frozen=True)
class Asked:
    """A question as the front page counts it: how it is answered and marked, never what it asks."""

    section: int
    kind: Kind
    scheme: Scheme


@dataclass(frozen=True)
class OutlineSection:
    """A section in the front page's table, and how it is sat; `drawn` of its questions come from the bank."""

    position: int
    title: str
    covers: str
    questions: int
    max: Fraction
    drawn: int = 0
    scheme: Scheme = field(default_factory=scheme_of)
    rules: SectionRules = field(default_factory=SectionRules)


@dataclass(frozen=True)
class Outline:
    """A version's sections and how its questions are marked. Stems and keys are not loaded: they can't leak."""

    sections: Sequence[OutlineSection]
    asked: Sequence[Asked]

    @property
    def max(self) -> Fraction:
        return sum((each.max for each in self.sections), Fraction(0))

    @property
    def questions(self) -> int:
        return sum(each.questions for each in self.sections)

    @property
    def is_ordered(self) -> bool:
        """Are the sections taken in order, each once?"""
        return in_order(sat(each.rules) for each in self.sections)


def sat(rules: SectionRules | PaperSection) -> Rules:
    """How a section is sat, for the exam's rules."""
    return Rules(
        rules.one_way, _minutes(rules.minutes_min), _minutes(rules.minutes_max),
        None if rules.question_seconds is None else timedelta(seconds=rules.question_seconds),
    )  # fmt: skip


def _minutes(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(minutes=number)


def outline(db: Session, version: PaperVersion) -> Outline:
    """The outline of a version, in two queries."""
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
    draws = draws_of(db, version)
    return Outline([_outlined(each, version, asked, draws.get(each.position, [])) for each in sections.values()], asked)


def _outlined(
    section: PaperSection, version: PaperVersion, asked: Sequence[Asked], draws: Sequence[Draw]
) -> OutlineSection:
    """Drawn questions have no marking of their own, so what they are worth is known before the draw."""
    scheme, drawn = scheme_of(version.scheme, section.scheme), sum(draw.count for draw in draws)
    own = [each.scheme.full for each in asked if each.section == section.position] + [scheme.full] * drawn
    most = best_sum(own, section.choose_k) * (HIGHEST if version.certainty else 1)
    return OutlineSection(
        section.position, section.title, section.covers, len(own), most, drawn, scheme,
        rules_of_section(section),
    )  # fmt: skip


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
