"""Errors in questions as candidates report them: from the review to the desk, and back with what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.attempts.models import Attempt, Response
from mockhall.bank import key_versions
from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.kinds import Kind as ExamKind
from mockhall.exam.paper import Answer, Key
from mockhall.exam.rulings import shown_key
from mockhall.exam.shuffle import letters
from mockhall.papers.models import Paper
from mockhall.results.judged import accepted
from mockhall.results.late_desk import in_words
from mockhall.results.models import QuestionReport, ReportStatus
from mockhall.web.codes import new_code
from mockhall.web.errors import Refused
from mockhall.web.headline import headline

LONGEST = 2_000  # characters, of a report and of what became of it
PAGE = 50
STILL_OPEN = "You have reported this question already. Once somebody has looked at it, the answer stands beside it."
CLOSED = "Somebody has answered this report already. Nothing was changed."


class Kind(StrEnum):
    """What is wrong with a question; written as stored."""

    KEY = "key"
    WORDING = "wording"
    TYPO = "typo"
    OTHER = "other"


@dataclass(frozen=True)
class Reported:
    """A report with the question and the test it is about."""

    report: QuestionReport
    version: QuestionVersion
    question: Question
    paper: Paper
    attempt_code: str

    @property
    def is_open(self) -> bool:
        return self.report.status == ReportStatus.OPEN

    @property
    def headline(self) -> str:
        """The question on one line."""
        return headline(self.version.stem, 80)

    @property
    def newer(self) -> bool:
        """Has the question changed since?"""
        return self.question.version > self.version.number


@dataclass(frozen=True)
class Listed:
    """A page of reports, newest first; `older` is where the next one begins."""

    status: ReportStatus
    lines: Sequence[Reported]
    before: str
    older: str


def own_reports(db: Session, attempt_id: int, numbers: Collection[int]) -> dict[int, QuestionReport]:
    """The newest report of each of these questions from this attempt."""
    of = (QuestionReport.attempt_id == attempt_id, col(QuestionReport.number).in_(numbers))
    rows = db.exec(select(QuestionReport).where(*of).order_by(col(QuestionReport.id)))
    return {row.number: row for row in rows}


def report(
    db: Session, attempt_id: int, number: int, version_id: int, kind: Kind, text: str, now: datetime
) -> QuestionReport:  # fmt: skip
    """Report an error; 409 while an earlier report of the same question is open."""
    before = own_reports(db, attempt_id, [number]).get(number)
    if before is not None and before.status == ReportStatus.OPEN:
        raise Refused(409, "reported", STILL_OPEN)
    row = QuestionReport(
        code=new_code(), question_version_id=version_id, attempt_id=attempt_id, number=number, kind=kind, text=text,
        created_at=now,
    )  # fmt: skip
    db.add(row)
    db.flush()
    return row


_JOINED: Any = (
    sa.select(QuestionReport, QuestionVersion, Question, Paper, col(Attempt.code).label("attempt_code"))
    .join(QuestionVersion, col(QuestionVersion.id) == col(QuestionReport.question_version_id))
    .join(Question, col(Question.id) == col(QuestionVersion.question_id))
    .join(Attempt, col(Attempt.id) == col(QuestionReport.attempt_id))
    .join(Paper, col(Paper.id) == col(Attempt.paper_id))
)


def listed(db: Session, status: ReportStatus, before: str) -> Listed:
    """A page of the reports in this state, older than the one with the code `before`, where one is named."""
    query = _JOINED.where(col(QuestionReport.status) == status)
    if before:
        end = select(QuestionReport.id).where(QuestionReport.code == before).scalar_subquery()
        query = query.where(col(QuestionReport.id) < end)
    rows = db.execute(query.order_by(col(QuestionReport.id).desc()).limit(PAGE + 1)).all()
    lines = [Reported(*row) for row in rows[:PAGE]]
    return Listed(status, lines, before, lines[-1].report.code if len(rows) > PAGE else "")


def with_question(db: Session, row: QuestionReport) -> Reported:
    """A report with all it is about."""
    return Reported(*db.execute(_JOINED.where(col(QuestionReport.id) == row.id)).one())


@dataclass(frozen=True)
class Alike:
    """Other open reports of a question: how many, and the newest of them."""

    total: int
    reports: Sequence[QuestionReport]


MOST_ALIKE = 5


def alike(db: Session, shown: Reported) -> Alike:
    """What else is reported of the question of a report, in any version, and not answered yet."""
    versions = select(QuestionVersion.id).where(QuestionVersion.question_id == shown.question.id)
    others: list[Any] = [
        col(QuestionReport.question_version_id).in_(versions), QuestionReport.status == ReportStatus.OPEN,
        col(QuestionReport.id) != shown.report.id,
    ]  # fmt: skip
    total = db.exec(select(sa.func.count()).select_from(QuestionReport).where(*others)).one()
    newest = select(QuestionReport).where(*others).order_by(col(QuestionReport.id).desc())
    return Alike(total, db.exec(newest.limit(MOST_ALIKE)).all())


@dataclass(frozen=True)
class Shown:
    """A choice as whoever reported had it: its letter there, whether it is right and whether they chose it."""

    letter: str
    text: str
    is_right: bool
    is_chosen: bool


@dataclass(frozen=True)
class AsAsked:
    """A question as whoever reported an error had it, with what they answered and what counts as right now."""

    choices: Sequence[Shown]
    answer: str
    accepted: Sequence[str]


def as_asked(db: Session, shown: Reported) -> AsAsked:
    """The question of a report from its reporter's side, to judge what they say; in two queries."""
    of = (Response.attempt_id == shown.report.attempt_id, Response.number == shown.report.number)
    row, version = db.exec(select(Response).where(*of)).one(), shown.version
    held = key_versions.held(db, {version.id or 0}).get(version.id or 0)
    key, kind = shown_key(held.ruling if held else None, Key.from_json(version.key)), ExamKind(version.kind)
    answer = Answer.of(row.choice, row.text, row.parts)
    if not kind.has_options:
        words = accepted(key, version.unit) if kind in (ExamKind.NUMERIC, ExamKind.TEXT) else []
        return AsAsked([], in_words(answer, row, version), words)
    texts, named = {each["id"]: each["text"] for each in version.options}, letters(row.option_order)
    choices = [Shown(named[each], texts[each], each in key.options, each in row.choice) for each in row.option_order]
    return AsAsked(choices, in_words(answer, row, version), [])


def close(db: Session, row: QuestionReport, outcome: str, actor_id: int | None, now: datetime) -> None:
    """Answer a report; whoever sent it reads `outcome`. 409 when somebody has answered it before."""
    if row.status != ReportStatus.OPEN:
        raise Refused(409, "closed", CLOSED)
    row.status, row.outcome, row.closed_at, row.closed_by_id = ReportStatus.CLOSED, outcome, now, actor_id
    db.add(row)
    db.flush()
    audit.write(db, actor_id, "correction", f"report {row.code} closed", now)
