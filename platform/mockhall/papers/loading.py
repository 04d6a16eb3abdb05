"""Putting papers read from content files into the database; the same files twice change nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from mockhall.bank import actions as bank
from mockhall.bank import images
from mockhall.bank.models import Question, QuestionStatus, QuestionVersion, Topic
from mockhall.exam.errors import RuleError
from mockhall.exam.reveal import PRESETS as REVEALS
from mockhall.formats.problems import Problem
from mockhall.formats.values import PaperValue, QuestionValue, SectionValue
from mockhall.papers import drawing
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import Layout, layout
from mockhall.papers.versions import SectionPlan, add_version, change_front, newest_version

LOADING = 6026  # the number of a PostgreSQL advisory lock; the migrations, the audit log and the start have theirs


@dataclass(frozen=True)
class Loaded:
    """What became of one paper: `added`, `updated`, `unchanged` or `kept`; `notices` say which files had no effect."""

    slug: str
    outcome: str
    notices: tuple[str, ...] = ()


def load_paper(db: Session, value: PaperValue, now: datetime) -> Loaded:
    """Store a paper and its questions. What was edited at the desk stays, and withdrawn stays withdrawn."""
    _one_at_a_time(db)
    paper = db.exec(select(Paper).where(Paper.slug == value.slug).with_for_update()).first()
    if paper is not None and paper.content_hash == value.digest:
        return Loaded(value.slug, "unchanged")
    if paper is not None and paper.edited_at_desk:
        return Loaded(value.slug, "kept", (f"{value.slug}: edited at the desk, so its changed files were not loaded.",))
    for image in value.images:
        images.keep(db, image.address, image.data, now)
    outcome = "added" if paper is None else "updated"
    subject, load = bank.topic_named(db, value.topic), _Load(db, value, now)
    plan = [load.section(section, subject) for section in value.sections]
    paper = _paper_row(paper, value, subject, now)
    db.add(paper)
    db.flush()
    add_version(db, paper, _rules(value), plan, now)
    return Loaded(value.slug, outcome, tuple(load.notices))


def _one_at_a_time(db: Session) -> None:
    """Two processes that load the same new paper would both add it; SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOADING})


def _paper_row(paper: Paper | None, value: PaperValue, subject: Topic, now: datetime) -> Paper:
    assert subject.id is not None
    if paper is None:
        paper = Paper(
            slug=value.slug, status=PaperStatus.PUBLISHED, topic_id=subject.id, title=value.title,
            summary=value.summary, difficulty=value.difficulty, created_at=now, updated_at=now,
        )  # fmt: skip
    else:
        front = {"summary": value.summary, "difficulty": value.difficulty, "topic_id": subject.id}
        change_front(paper, front)
        paper.version += 1
    paper.title, paper.content_hash = value.title, value.digest
    return paper


def _rules(value: PaperValue) -> dict[str, Any]:
    return {
        "instructions": value.instructions,
        "minutes": value.minutes,
        "opens_at": value.opens_at,
        "closes_at": value.closes_at,
        "scheme": dict(value.marking),
        "reveal": REVEALS[value.reveal].to_json(),
        "attempts_allowed": value.attempts,
        "shuffle_options": value.shuffle_options,
        "shuffle_questions": value.shuffle_questions,
        **asdict(value.rules),
        "languages": list(value.rules.languages),
        "cohorts": [],
    }


class _Load:
    """The questions of one paper while it is loaded."""

    def __init__(self, db: Session, paper: PaperValue, now: datetime) -> None:
        self.db, self.paper, self.now = db, paper, now
        self.sources = {f"{paper.slug}/{question.ref}" for question in paper.questions}
        self.notices: list[str] = []

    def section(self, value: SectionValue, subject: Topic) -> SectionPlan:
        marking = dict(value.marking) if value.marking else None
        versions = [self.question(question, subject) for question in value.questions]
        draws = [each.draw for each in value.draws]
        return SectionPlan(value.title, value.covers, marking, versions, value.rules, draws)

    def question(self, value: QuestionValue, subject: Topic) -> int:
        """The id of the version this file stands for; one edited at the desk keeps its newest verified."""
        source, contents = f"{self.paper.slug}/{value.ref}", _contents(value)
        question = self._known(source) or self._moved(source, contents)
        topic = bank.topic_named(self.db, value.topic, subject)
        if question is None:
            _, version = bank.new_question(
                self.db, topic, contents, self.now, source=source, status=QuestionStatus.VERIFIED
            )
        elif question.edited_at_desk:
            version = bank.version_numbered(self.db, question, question.live_version or question.version)
            if not _same(version, contents):
                self.notices.append(f"{source}: edited at the desk, so its file was not loaded.")
        else:
            version = bank.new_version(self.db, question, topic, contents, self.now)
            question.topic_id = topic.id or question.topic_id  # the subject may be another, the text the same
            bank.ship(question, self.now)
        assert version.id is not None
        return version.id

    def _known(self, source: str) -> Question | None:
        return self.db.exec(select(Question).where(Question.source == source)).first()

    def _moved(self, source: str, contents: dict[str, Any]) -> Question | None:
        """The same question under another file name, or from a paper that no longer asks it: it stays one question."""
        for question, version in self.db.exec(_with_stem(contents["stem"])):
            if question.source not in self.sources and _same(version, contents) and not self._elsewhere(question):
                question.source = source
                self.db.add(question)
                self.db.flush()
                return question
        return None

    def _elsewhere(self, question: Question) -> bool:
        """Does the newest version of another paper ask it?"""
        query = (
            select(PaperQuestion.id)
            .join(QuestionVersion, col(QuestionVersion.id) == col(PaperQuestion.question_version_id))
            .join(PaperSection, col(PaperSection.id) == col(PaperQuestion.section_id))
            .join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
            .join(Paper, col(Paper.id) == col(PaperVersion.paper_id))
            .where(col(PaperVersion.number) == col(Paper.version), col(Paper.slug) != self.paper.slug)
            .where(col(QuestionVersion.question_id) == question.id)
        )
        return self.db.exec(query.limit(1)).first() is not None


def _with_stem(stem: str) -> Select[Question, QuestionVersion]:
    """Questions from files, never touched at the desk, that say this today."""
    return (
        select(Question, QuestionVersion)
        .join(QuestionVersion, col(QuestionVersion.question_id) == col(Question.id))
        .where(col(QuestionVersion.number) == col(Question.version), col(QuestionVersion.stem) == stem)
        .where(col(Question.source).is_not(None), col(Question.edited_at_desk).is_(False))
        .order_by(col(Question.id))
    )


def _same(version: QuestionVersion, contents: dict[str, Any]) -> bool:
    return all(getattr(version, name) == value for name, value in contents.items())


def _contents(value: QuestionValue) -> dict[str, Any]:
    options = [each.to_json() for each in value.options or value.gaps]
    return {
        "kind": value.kind,
        "stem": value.stem,
        "options": options,
        "key": value.key.to_json(),
        "solution": value.solution,
        "topic": value.topic,
        "difficulty": value.difficulty,
        "tags": list(value.tags),
        "reference": value.reference,
        "unit": value.unit,
        "scheme": dict(value.marking) if value.marking else None,
        "shuffle": True,
        "passage_code": value.passage,
        "passage": value.passage_text,
        "translations": dict(value.translations),
        "solution_translations": dict(value.solution_translations),
        "option_solutions": {language: dict(said) for language, said in value.option_solutions.items()},
    }


def draw_notices(db: Session, papers: Sequence[PaperValue]) -> list[Problem]:
    """What these papers would draw and the bank can't give today: nobody could start them."""
    found = []
    for value in papers:
        first = next((each for section in value.sections for each in section.draws), None)
        if first is None:
            continue
        try:
            drawing.drawn_for(db, _newest(db, value.slug), value.slug)
        except RuleError as error:
            found.append(Problem(first.file, first.line, f"{error.text} Nobody can start this test.", "notice"))
    return found


def _newest(db: Session, slug: str) -> Layout:
    paper = db.exec(select(Paper).where(Paper.slug == slug)).one()
    return layout(db, newest_version(db, paper))
