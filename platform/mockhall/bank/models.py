"""Topics, questions and their versions. A version never changes once it is stored."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mockhall.db import UtcDateTime


class QuestionStatus(StrEnum):
    """Where a question stands in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    VERIFIED = "verified"
    RETIRED = "retired"


class Topic(SQLModel, table=True):
    """A subject, or a topic below one."""

    __tablename__ = "topics"
    __table_args__ = (Index("ix_topics_title_id", "title", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=120)
    parent_id: int | None = Field(default=None, foreign_key="topics.id", index=True)


class Question(SQLModel, table=True):
    """A question of the bank; what it says stands in its versions."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_updated_at_id", "updated_at", "id"),  # the orders of the list
        Index("ix_questions_verified_at_id", "verified_at", "id"),
        Index("ix_questions_used_id", "used", "id"),
        Index("ix_questions_topic_id_id", "topic_id", "id"),
        Index("ix_questions_created_by_id_id", "created_by_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    source: str | None = Field(default=None, max_length=200, unique=True)  # "paper/file" of content/, else none
    topic_id: int = Field(foreign_key="topics.id")
    status: str = Field(default=QuestionStatus.DRAFT, max_length=12)
    version: int = Field(default=1)  # the number of the newest version
    kind: str = Field(max_length=12)
    difficulty: str = Field(max_length=10)
    edited_at_desk: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    created_by_id: int | None = Field(default=None, foreign_key="people.id")
    verified_version: int | None = None  # the newest version somebody verified: the one that draws take
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by_id: int | None = Field(default=None, foreign_key="people.id")
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # to be verified again by then
    used: int = Field(default=0)  # tests that hold it today, as papers last counted them (`papers.uses`)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # shown nowhere; an undo brings it back

    @property
    def live_version(self) -> int | None:
        """The version that draws and published tests take; none where nobody verified one, or it is retired."""
        return None if self.status == QuestionStatus.RETIRED else self.verified_version


class QuestionFigures(SQLModel, table=True):
    """A question's figures over all its tests, as results last counted them, for the bank to sort and choose by."""

    __tablename__ = "question_figures"
    __table_args__ = (Index("ix_question_figures_facility_question_id", "facility", "question_id"),)

    question_id: int = Field(foreign_key="questions.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    answers: int  # first attempts that had the question
    facility: float | None = None
    discrimination: float | None = None
    finding: str = Field(default="", max_length=20, index=True)  # the gravest of `exam.findings`; empty when sound
    seconds: float | None = None  # the median time it took, once enough were timed
    counted_at: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=0)  # of the question that they are of
    paper_version_id: int = Field(default=0)  # whose analysis they are from; no key, for papers stand above


class QuestionTag(SQLModel, table=True):
    """A tag of a question's newest version, casefolded, for the list to choose by."""

    __tablename__ = "question_tags"

    tag: str = Field(max_length=60, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", primary_key=True, index=True)


class QuestionVersion(SQLModel, table=True):
    """What a question said at one time. `options` is [{"id", "text", "pinned"}], `key` as `exam.paper.Key.to_json`."""

    __tablename__ = "question_versions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    number: int
    kind: str = Field(max_length=12)
    stem: str = Field(sa_type=Text)
    options: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    key: dict[str, Any] = Field(sa_type=JSON)
    solution: str = Field(default="", sa_type=Text)
    topic: str = Field(max_length=120)
    difficulty: str = Field(max_length=10)
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    reference: str = Field(default="", max_length=500)
    unit: str = Field(default="", max_length=40)
    scheme: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    shuffle: bool = Field(default=True)
    passage_code: str = Field(default="", max_length=40)  # of a text that several questions share, the same in each
    passage: str = Field(default="", sa_type=Text)
    # {"hi": {"stem", "options": {id: text}, "passage"}}; explanations apart, for they are revealed apart
    translations: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    solution_translations: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    option_solutions: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=JSON)  # {"en": {option id: why}}
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by_id: int | None = Field(default=None, foreign_key="people.id")
    note: str | None = Field(default=None, max_length=200)  # what its author said had changed


class Verification(SQLModel, table=True):
    """That somebody looked at one version and found it right: who, with what evidence, until when it holds."""

    __tablename__ = "question_verifications"

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    version: int
    person_id: int = Field(foreign_key="people.id")
    alone: bool  # its author did, being the only person who could
    evidence: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="people.id")


class Remark(SQLModel, table=True):
    """What a reviewer wrote when they sent a version back to its author."""

    __tablename__ = "question_remarks"

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    version: int
    person_id: int = Field(foreign_key="people.id")
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)


class KeyVersion(SQLModel, table=True):
    """What was ruled about a question: a proposal until it is applied, then for good. A later one takes its place."""

    __tablename__ = "key_versions"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    number: int  # the version of the question it was decided on
    ruling: dict[str, Any] = Field(sa_type=JSON)  # `exam.paper.Ruling`
    reason: str = Field(default="", max_length=400)  # candidates read it
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by_id: int | None = Field(default=None, foreign_key="people.id")
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    takes_back_id: int | None = Field(default=None, foreign_key="key_versions.id")  # restores what held before that one


class HeldKey(SQLModel, table=True):
    """The key version that holds for a version of a question now; without one its own key does."""

    __tablename__ = "held_keys"

    question_version_id: int = Field(
        foreign_key="question_versions.id", primary_key=True, sa_column_kwargs={"autoincrement": False}
    )
    key_version_id: int = Field(foreign_key="key_versions.id", index=True)


class Image(SQLModel, table=True):
    """A picture of a question. It never changes: its address is the hash of what it holds, with its ending."""

    __tablename__ = "images"

    address: str = Field(max_length=40, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=UtcDateTime)
    used: bool = Field(default=False)  # does a version show it? Versions stay for ever, and so do their pictures


class QuestionPrint(SQLModel, table=True):
    """What a question's newest version is recognised by: `bank.similar` looks up the questions that share a value."""

    __tablename__ = "question_prints"

    question_id: int = Field(foreign_key="questions.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = Field(sa_type=BigInteger, index=True)
