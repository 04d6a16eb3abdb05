"""Attempts and the responses in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mockhall.db import UtcDateTime


class AttemptState(StrEnum):
    """Where an attempt stands (exam-semantics, section 2)."""

    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    SCORED = "scored"
    ABANDONED = "abandoned"
    VOIDED = "voided"


class Attempt(SQLModel, table=True):
    """One sitting of one paper version by one person."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_state_deadline_at", "state", "deadline_at"),
        Index("ix_attempts_paper_id_person_id", "paper_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=24, unique=True)
    paper_id: int = Field(foreign_key="papers.id")
    paper_version_id: int = Field(foreign_key="paper_versions.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    # "person:paper" while running, else none: two starts at once can't both be kept
    running_key: str | None = Field(default=None, max_length=60, unique=True)
    candidate: str = Field(default="", max_length=80)
    state: str = Field(default=AttemptState.IN_PROGRESS, max_length=12)
    is_preview: bool = False
    current: int = 1
    started_at: datetime = Field(sa_type=UtcDateTime)
    deadline_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the server closed it
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # recorded: the deadline when time was up


class Response(SQLModel, table=True):
    """What a candidate did with one question; all rows of an attempt are made at its start."""

    __tablename__ = "responses"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    number: int
    section: int
    question_version_id: int = Field(foreign_key="question_versions.id", index=True)
    option_order: list[str] = Field(default_factory=list, sa_type=JSON)
    choice: list[str] = Field(default_factory=list, sa_type=JSON)
    text: str = Field(default="", sa_type=Text)
    certainty: int = 0
    visited: bool = False
    answered: bool = False
    marked: bool = False
    seq: int = 0
    tab: str = Field(default="", max_length=40)
    active_ms: int = 0
    visits: int = 0
    saved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
