"""Scores and marks, kept exactly; statistics; what regrading changed; notes on questions, reported errors."""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, Index, Numeric, Text
from sqlmodel import Field, SQLModel

from mockhall.db import Exact, UtcDateTime


class ScoreRow(SQLModel, table=True):
    """The score of one attempt. `*_sort` columns are rounded, for SQL to compare; the exact ones count."""

    __tablename__ = "scores"
    __table_args__ = (
        Index("ix_scores_paper_id_is_ranked_score_sort", "paper_id", "is_ranked", "score_sort"),
        Index("ix_scores_paper_id_scored_at", "paper_id", "scored_at"),  # is there a result newer than the statistics?
    )

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", unique=True)
    paper_id: int = Field(foreign_key="papers.id")
    person_id: int = Field(foreign_key="people.id", index=True)
    is_ranked: bool = True  # the person's first scored attempt of the paper
    score: Fraction = Field(sa_type=Exact)
    score_sort: float = Field(sa_type=Numeric(12, 6, asdecimal=False))
    max: Fraction = Field(sa_type=Exact)
    gained: Fraction = Field(sa_type=Exact)
    lost: Fraction = Field(sa_type=Exact)
    right: int
    partly: int
    wrong: int
    blank: int
    unsaved: int = 0  # strict papers: how many selections were never saved
    unsaved_marks: Fraction = Field(default=Fraction(0), sa_type=Exact)  # and what they would have earned beyond
    scored_at: datetime = Field(sa_type=UtcDateTime)


class MarkRow(SQLModel, table=True):
    """Marks and outcome of one question of one attempt."""

    __tablename__ = "marks"
    __table_args__ = {"sqlite_with_rowid": False}  # beside each other like the responses: statistics read both in step

    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    marks: Fraction = Field(sa_type=Exact)
    max: Fraction = Field(sa_type=Exact)
    outcome: str = Field(max_length=8)
    counted: bool = True  # False: more optional questions were answered than count


class SharedResult(SQLModel, table=True):
    """The link to one attempt's result that its owner gave away: at most one, of which only the hash is kept."""

    __tablename__ = "shared_results"

    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    token_hash: str = Field(max_length=64, unique=True)
    shows_name: bool
    created_at: datetime = Field(sa_type=UtcDateTime)


class PaperStatistics(SQLModel, table=True):
    """The last item analysis of one paper version, over one choice of attempts (`exam.analysis.Chosen`)."""

    __tablename__ = "paper_statistics"

    paper_version_id: int = Field(foreign_key="paper_versions.id", primary_key=True)
    chosen: str = Field(max_length=8, primary_key=True)
    computed_at: datetime = Field(sa_type=UtcDateTime)
    up_to: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the newest result of the paper it has seen
    milliseconds: int  # of work that counting took
    data: dict[str, Any] = Field(sa_type=JSON)


class Regrade(SQLModel, table=True):
    """One marking anew of finished attempts: first looked at, then applied as it was listed, or dropped.

    Of one paper, or of all attempts that had a question about which something is ruled."""

    __tablename__ = "regrades"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    paper_id: int | None = Field(default=None, foreign_key="papers.id", index=True)
    key_version_id: int | None = Field(default=None, foreign_key="key_versions.id", index=True)
    actor_id: int | None = Field(default=None, foreign_key="people.id")
    reason: str = Field(max_length=400)
    state: str = Field(max_length=10)  # results.regrading.Stage
    begun_at: datetime = Field(sa_type=UtcDateTime)
    moved_at: datetime = Field(sa_type=UtcDateTime)  # of its last step: one that stands still can be gone on with
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int  # to look at
    seen: int = 0
    cursor: int = 0  # the id of the last attempt looked at
    changed: int = 0  # that would change, or did
    scored: int = 0  # of those seen; the sums are of their scores, before and as they would be
    gains: int = 0
    losses: int = 0
    before_sum: Fraction = Field(default=Fraction(0), sa_type=Exact)
    after_sum: Fraction = Field(default=Fraction(0), sa_type=Exact)


class ScoreChange(SQLModel, table=True):
    """What a regrade makes of one attempt's score; attempts whose score it leaves alone have none."""

    __tablename__ = "score_changes"

    regrade_id: int = Field(foreign_key="regrades.id", primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True, index=True)
    before: Fraction = Field(sa_type=Exact)
    after: Fraction = Field(sa_type=Exact)
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    skipped: bool = False  # the attempt had changed since it was listed


class ReviewNote(SQLModel, table=True):
    """What a candidate keeps beside a question of an attempt; nobody else ever sees it. Without a reason there is no
    note, only a bookmark."""

    __tablename__ = "review_notes"

    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    bookmarked: bool = False
    reason: str = Field(default="", max_length=12)
    text: str = Field(default="", sa_type=Text)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ReportStatus(StrEnum):
    """Where a reported error stands."""

    OPEN = "open"
    CLOSED = "closed"


class QuestionReport(SQLModel, table=True):
    """An error in a question, reported from an attempt's review. Whose it is says the attempt: it may change hands."""

    __tablename__ = "question_reports"
    __table_args__ = (Index("ix_question_reports_status_id", "status", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    question_version_id: int = Field(foreign_key="question_versions.id", index=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    number: int
    kind: str = Field(max_length=12)
    text: str = Field(default="", sa_type=Text)
    status: str = Field(default=ReportStatus.OPEN, max_length=8)
    outcome: str = Field(default="", sa_type=Text)  # what became of it; whoever reported it reads this
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by_id: int | None = Field(default=None, foreign_key="people.id")
