"""Attempts and the responses in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import JSON, Index, Text
from sqlalchemy import text as sa_text
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
    roll: str = Field(default="", max_length=40)
    language: str = Field(default="en", max_length=8)
    strict: bool = False  # moving by the navigator keeps no selection: copied from the paper's save policy
    section: int | None = None  # the position of the section the candidate is in, where sections are locked
    extra_seconds: int = 0  # granted since the start; in deadline_at already
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # practice only
    paused_deadline: datetime | None = Field(default=None, sa_type=UtcDateTime)  # while paused: the deadline to move
    paused_seconds: int = 0  # how long it stood, all pauses together
    cut_off_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime
    )  # the server was down from here over the deadline
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # its page last asked for the time
    scratch: str = Field(default="", sa_type=Text)
    receipt: str | None = Field(default=None, max_length=24, unique=True)
    receipt_hash: str | None = Field(default=None, max_length=64, index=True)  # people paste either to check it


class AttemptSection(SQLModel, table=True):
    """A section of one attempt: its place in this attempt's order, and when it was entered and left."""

    __tablename__ = "attempt_sections"

    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    place: int
    entered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Response(SQLModel, table=True):
    """What a candidate did with one question; all rows of an attempt are made at its start."""

    __tablename__ = "responses"
    __table_args__ = {"sqlite_with_rowid": False}  # one b-tree, an attempt's rows side by side: starts write many

    attempt_id: int = Field(foreign_key="attempts.id", primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    section: int
    question_version_id: int = Field(foreign_key="question_versions.id")  # nothing is looked up by it: no index
    option_order: list[str] = Field(default_factory=list, sa_type=JSON)
    choice: list[str] = Field(default_factory=list, sa_type=JSON)
    text: str = Field(default="", sa_type=Text)
    parts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # pairs of a match, gaps of a cloze
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
    locked: bool = False  # its section is not entered yet, or already left: nothing can be saved
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # its section's or its own timer runs out
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # first opened, where it has a timer
    # strict CBT: the last selection that was never saved, as {"choice", "text", "parts"}
    unsaved: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    unsaved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # the answers kept one after the other, for exam/trail.py; the lane's starts leave it to the database's default
    trail: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": sa_text("''")})


class Held(NamedTuple):
    """A response as it is kept: the columns that the room shows, as a plain row."""

    number: int
    section: int
    question_version_id: int
    option_order: list[str]
    choice: list[str]
    text: str
    parts: dict[str, str]
    certainty: int
    visited: bool
    answered: bool
    marked: bool
    seq: int
    active_ms: int
    saved_at: datetime | None
    locked: bool
    closes_at: datetime | None
    opened_at: datetime | None
    unsaved: dict[str, Any] | None


class LateAnswer(SQLModel, table=True):
    """An answer that arrived too late to count: kept apart for staff, who may accept those of an attempt."""

    __tablename__ = "late_answers"

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    number: int
    choice: list[str] = Field(default_factory=list, sa_type=JSON)
    text: str = Field(default="", sa_type=Text)
    parts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    marked: bool = False
    certainty: int = 0
    seq: int = 0
    tab: str = Field(default="", max_length=40)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when the device says it was answered
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_by_id: int | None = Field(default=None, foreign_key="people.id")
    # what the accepted answer took the place of, as {"choice", "text", "parts", "certainty"}
    replaced: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))


class AttemptEvent(SQLModel, table=True):
    """Something staff did to an attempt, for its timeline: the audit log says the same of everything at once."""

    __tablename__ = "attempt_events"

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    verb: str = Field(max_length=12)
    before: str = Field(default="", max_length=12)  # the state it was in
    text: str = Field(default="", max_length=400)
    actor_id: int | None = Field(default=None, foreign_key="people.id")


class DeviceCode(SQLModel, table=True):
    """A code with which a guest continues on another device, once and soon; only its hash is stored."""

    __tablename__ = "device_codes"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(max_length=64, unique=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Heartbeat(SQLModel, table=True):
    """When the server was last known to be alive: one row."""

    __tablename__ = "heartbeats"

    name: str = Field(max_length=20, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
