"""Putting papers read from content files into the database; the same file twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from mockhall.bank import actions as bank
from mockhall.bank.models import Question, QuestionStatus, Topic
from mockhall.exam.reveal import PRESETS as REVEALS
from mockhall.formats.values import PaperValue, QuestionValue
from mockhall.papers.models import Paper, PaperStatus
from mockhall.papers.versions import SectionPlan, add_version


@dataclass(frozen=True)
class Loaded:
    """What became of one paper: `added`, `updated`, `unchanged` or `kept` (edited at the desk)."""

    slug: str
    outcome: str


def load_paper(db: Session, value: PaperValue, now: datetime) -> Loaded:
    """Store a paper and its questions. What was edited at the desk stays, and withdrawn stays withdrawn."""
    paper = db.exec(select(Paper).where(Paper.slug == value.slug)).first()
    if paper is not None and paper.content_hash == value.digest:
        return Loaded(value.slug, "unchanged")
    if paper is not None and paper.edited_at_desk:
        return Loaded(value.slug, "kept")
    subject = bank.topic_named(db, value.topic)
    plan = [
        SectionPlan(
            section.title, section.covers, dict(section.marking) if section.marking else None,
            [_load_question(db, value, question, subject, now) for question in section.questions],
        )
        for section in value.sections
    ]  # fmt: skip
    outcome = "added" if paper is None else "updated"
    paper = _paper_row(paper, value, subject, now)
    db.add(paper)
    db.flush()
    add_version(db, paper, _rules(value), plan, now)
    return Loaded(value.slug, outcome)


def _paper_row(paper: Paper | None, value: PaperValue, subject: Topic, now: datetime) -> Paper:
    assert subject.id is not None
    if paper is None:
        paper = Paper(
            slug=value.slug, status=PaperStatus.PUBLISHED, topic_id=subject.id, title=value.title,
            difficulty=value.difficulty, created_at=now, updated_at=now,
        )  # fmt: skip
    else:
        paper.version += 1
    paper.title, paper.summary, paper.difficulty = value.title, value.summary, value.difficulty
    paper.topic_id, paper.content_hash = subject.id, value.digest
    return paper


def _rules(value: PaperValue) -> dict[str, Any]:
    return {
        "instructions": value.instructions,
        "minutes": value.minutes,
        "scheme": dict(value.marking),
        "reveal": REVEALS[value.reveal].to_json(),
        "attempts_allowed": value.attempts,
        "shuffle_options": value.shuffle_options,
        "shuffle_questions": value.shuffle_questions,
    }


def _load_question(db: Session, paper: PaperValue, value: QuestionValue, subject: Topic, now: datetime) -> int:
    """The id of the version this file stands for; a question edited at the desk keeps its newest."""
    source = f"{paper.slug}/{value.ref}"
    question = db.exec(select(Question).where(Question.source == source)).first()
    if question is not None and question.edited_at_desk:
        version = bank.newest_version(db, question)
    else:
        topic, contents = bank.topic_named(db, value.topic, subject), _contents(value)
        if question is None:
            _, version = bank.new_question(
                db, topic, contents, now, source=source, status=QuestionStatus.VERIFIED
            )
        else:
            version = bank.new_version(db, question, topic, contents, now)
    assert version.id is not None
    return version.id


def _contents(value: QuestionValue) -> dict[str, Any]:
    options = [{"id": option.id, "text": option.text, "pinned": option.pinned} for option in value.options]
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
    }
