"""Papers (screen: tests), their immutable versions, sections and questions."""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mockhall.db import Exact, UtcDateTime


class PaperStatus(StrEnum):
    """Whether candidates can find and start a paper."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class Paper(SQLModel, table=True):
    """A mock test; what candidates get stands in its newest version."""

    __tablename__ = "papers"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    status: str = Field(default=PaperStatus.DRAFT, max_length=12)
    topic_id: int = Field(foreign_key="topics.id", index=True)
    version: int = Field(default=1)  # the number of the newest version
    title: str = Field(max_length=160)
    summary: str = Field(default="", sa_type=Text)
    difficulty: str = Field(max_length=10)
    minutes: int | None = None
    question_count: int = 0
    content_hash: str | None = Field(default=None, max_length=64)  # of content/ files when last loaded
    edited_at_desk: bool = Field(default=False)
    front_before: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # what no version says: `change_front`
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class PaperVersion(SQLModel, table=True):
    """The rules of a paper at one time; attempts point at the version they started with."""

    __tablename__ = "paper_versions"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = Field(foreign_key="papers.id", index=True)
    number: int
    title: str = Field(max_length=160)
    instructions: str = Field(default="", sa_type=Text)
    minutes: int | None = None
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    scheme: dict[str, Any] = Field(sa_type=JSON)
    reveal: dict[str, Any] = Field(sa_type=JSON)
    attempts_allowed: int | None = None
    shuffle_options: bool = True
    shuffle_questions: bool = False
    shuffle_sections: bool = False
    save_policy: str = Field(default="auto", max_length=12)  # or strict_cbt
    time_up: str = Field(default="submit", max_length=8)  # exam.time_up.TimeUp
    window_minutes: int | None = None  # for handing in after the deadline, where time_up is window
    hard_close: bool = False  # extra time does not move the closing time
    certainty: bool = False
    calculator: bool = False
    practice: bool = False  # may be paused; stays out of the ranking
    ask_name: str = Field(default="optional", max_length=8)  # or required, no
    ask_roll: str = Field(default="no", max_length=8)  # or optional, required
    floor: Fraction | None = Field(default=None, sa_type=Exact)  # the lowest total
    access: str = Field(default="public", max_length=8)  # exam.entry.Access; its cohorts stand in PaperCohort
    access_code: str = Field(default="", max_length=40)
    wait_minutes: int | None = None  # between two attempts of one person
    languages: list[str] = Field(default_factory=lambda: ["en"], sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PaperCohort(SQLModel, table=True):
    """A cohort whose people may sit a paper version, where its access is by cohort."""

    __tablename__ = "paper_cohorts"

    paper_version_id: int = Field(
        foreign_key="paper_versions.id", primary_key=True, sa_column_kwargs={"autoincrement": False}
    )
    cohort_id: int = Field(foreign_key="cohorts.id", primary_key=True, sa_column_kwargs={"autoincrement": False})


class PaperAccommodation(SQLModel, table=True):
    """What of a paper's schedule and attempts is otherwise for one person, or for the people of one cohort."""

    __tablename__ = "paper_accommodations"
    __table_args__ = (UniqueConstraint("paper_id", "person_id"), UniqueConstraint("paper_id", "cohort_id"))

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    paper_id: int = Field(foreign_key="papers.id")
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    cohort_id: int | None = Field(default=None, foreign_key="cohorts.id", index=True)
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    more_attempts: int = 0
    no_wait: bool = False
    reason: str = Field(max_length=200)
    given_by_id: int = Field(foreign_key="people.id")
    given_at: datetime = Field(sa_type=UtcDateTime)


class PaperSection(SQLModel, table=True):
    """A section of one paper version, counted from 1."""

    __tablename__ = "paper_sections"
    __table_args__ = (UniqueConstraint("paper_version_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    paper_version_id: int = Field(foreign_key="paper_versions.id", index=True)
    position: int
    title: str = Field(max_length=160)
    covers: str = Field(default="", max_length=400)
    scheme: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    one_way: bool = False
    minutes_min: int | None = None
    minutes_max: int | None = None
    question_seconds: int | None = None
    choose: str = Field(default="", max_length=8)  # exam.optional.Choose: best or first
    choose_k: int | None = None
    floor: Fraction | None = Field(default=None, sa_type=Exact)  # the section's lowest total


class PaperQuestion(SQLModel, table=True):
    """A question's place in a section: the version it had when the paper version was made."""

    __tablename__ = "paper_questions"
    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    section_id: int = Field(foreign_key="paper_sections.id", index=True)
    position: int
    question_version_id: int = Field(foreign_key="question_versions.id", index=True)


class PaperDraw(SQLModel, table=True):
    """So many questions of a section that are drawn from the bank at each start; an empty field means any."""

    __tablename__ = "paper_draws"
    __table_args__ = (UniqueConstraint("section_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    section_id: int = Field(foreign_key="paper_sections.id", index=True)
    position: int
    count: int
    topic: str = Field(default="", max_length=120)
    difficulty: str = Field(default="", max_length=10)
    tag: str = Field(default="", max_length=60)
