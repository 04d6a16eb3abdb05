"""What the desk of papers shows: all papers, one with its questions, and where a question is used."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

from sqlmodel import Session, col, select

from mockhall.bank.models import Question, QuestionVersion, Topic
from mockhall.bank.verified import verified_versions
from mockhall.exam.draws import Draw
from mockhall.exam.optional import best_sum
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.papers.desk_draws import Supply, supply
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import Placed, Shown, layout
from mockhall.web.headline import headline

MOST_PAPERS = 500


@dataclass(frozen=True)
class Listed:
    """A paper as the list shows it."""

    paper: Paper
    subject: str


def papers(db: Session, *, archived: bool = False) -> list[Listed]:
    """All papers, newest edited first; those in the archive apart."""
    query = select(Paper, Topic.title).join(Topic, col(Topic.id) == col(Paper.topic_id))
    query = query.order_by(col(Paper.updated_at).desc(), col(Paper.slug)).limit(MOST_PAPERS)
    query = query.where((col(Paper.status) == PaperStatus.ARCHIVED) == archived)
    return [Listed(paper, subject) for paper, subject in db.exec(query)]


@dataclass(frozen=True)
class Row:
    """A question where it stands: the version the paper uses, and the question as it is today."""

    number: int
    version: QuestionVersion
    question: Question
    scheme: Scheme
    newest: int  # the version the paper could use: while it is published, only one that somebody verified
    is_verified: bool  # the very version the paper uses, or one that says the same

    @property
    def headline(self) -> str:
        return headline(self.version.stem, 110)

    @property
    def is_behind(self) -> bool:
        return self.version.number != self.newest


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    section: PaperSection
    rows: Sequence[Row]
    draws: Sequence[Draw]
    scheme: Scheme

    @property
    def drawn(self) -> int:
        return sum(draw.count for draw in self.draws)

    @property
    def count(self) -> int:
        """How many questions a candidate gets here."""
        return len(self.rows) + self.drawn

    @property
    def marks(self) -> Fraction:
        full = [row.scheme.full for row in self.rows] + [self.scheme.full] * self.drawn
        return best_sum(full, self.section.choose_k)


@dataclass(frozen=True)
class Board:
    """A paper as its editor sees it."""

    shown: Shown
    parts: Sequence[Part]
    supply: Supply = field(default_factory=Supply)

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]

    @property
    def marks(self) -> Fraction:
        return sum((part.marks for part in self.parts), Fraction(0))

    @property
    def behind(self) -> int:
        """How many questions have a newer version than the paper uses."""
        return sum(row.is_behind for row in self.rows)


def board(db: Session, shown: Shown) -> Board:
    """A paper with all its questions, in four queries, one more where it uses older versions and one where it draws."""
    placed = layout(db, shown.version)
    wanted = {each.question.question_id for each in placed.placed}
    questions = {each.id: each for each in db.exec(select(Question).where(col(Question.id).in_(wanted)))}
    good = verified_versions(db, [each.question for each in placed.placed], questions.values())
    rows = [
        (each.section, _row(number, each, questions[each.question.question_id], shown.paper, good))
        for number, each in enumerate(placed.placed, 1)
    ]
    parts = [
        Part(
            section, [row for position, row in rows if position == section.position],
            placed.draws.get(section.position, []), scheme_of(shown.version.scheme, section.scheme),
        )
        for section in placed.sections
    ]  # fmt: skip
    return Board(shown, parts, supply(db, placed.draws, wanted))


def _row(number: int, placed: Placed, question: Question, paper: Paper, good: AbstractSet[int]) -> Row:
    held = placed.question
    newest = _newest(question, held.number, paper)
    return Row(number, held, question, placed.scheme, newest, held.id in good)


def _newest(question: Question, held: int, paper: Paper) -> int:
    """The newest version a paper could use; where nothing is verified, a published one can use what it holds."""
    return question.live_version or held if paper.status == PaperStatus.PUBLISHED else question.version


# ---------------------------------------------------------------- where a question is used


@dataclass(frozen=True)
class Use:
    """A paper that holds a question today, and which version of it."""

    paper: Paper
    section: str
    version: int
    newest: int  # the version it could use, as `Row.newest`


@dataclass(frozen=True)
class Uses:
    """Where a question is used, and the test it could be put into next."""

    question: Question
    used: Sequence[Use]
    others: Sequence[Paper]
    chosen: Paper | None
    sections: Sequence[PaperSection]


def uses(db: Session, question: Question, slug: str = "") -> Uses:
    """`slug` is the test chosen to put it into; without one it is the draft, else the test, edited last."""
    used_in = used(db, question)
    holders = {use.paper.id for use in used_in}
    query = select(Paper).where(Paper.status != PaperStatus.ARCHIVED).order_by(col(Paper.updated_at).desc())
    others = [paper for paper in db.exec(query.limit(MOST_PAPERS)) if paper.id not in holders]
    drafts = [paper for paper in others if paper.status == PaperStatus.DRAFT]
    chosen = next((paper for paper in others if paper.slug == slug), None) or next(iter([*drafts, *others]), None)
    return Uses(question, used_in, others, chosen, sections_of(db, chosen) if chosen else [])


def used(db: Session, question: Question) -> list[Use]:
    """The papers whose newest version holds a question, by title."""
    query = (
        select(Paper, PaperSection.title, QuestionVersion.number)
        .join(PaperVersion, col(PaperVersion.paper_id) == col(Paper.id))
        .join(PaperSection, col(PaperSection.paper_version_id) == col(PaperVersion.id))
        .join(PaperQuestion, col(PaperQuestion.section_id) == col(PaperSection.id))
        .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
        .where(col(QuestionVersion.question_id) == question.id, col(PaperVersion.number) == col(Paper.version))
        .order_by(col(Paper.title))
    )
    return [Use(paper, section, number, _newest(question, number, paper)) for paper, section, number in db.exec(query)]


def sections_of(db: Session, paper: Paper) -> Sequence[PaperSection]:
    """The sections of a paper as it stands, in order."""
    query = (
        select(PaperSection)
        .join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
        .where(col(PaperVersion.paper_id) == paper.id, col(PaperVersion.number) == paper.version)
        .order_by(col(PaperSection.position))
    )
    return db.exec(query).all()


def scheme_in_force(version: PaperVersion) -> Scheme:
    """The marking of the whole paper, spelt out."""
    return scheme_of(version.scheme)
