"""What is one editor's own: changes to take back, views of the list, what was typed and not saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from mockhall.db import UtcDateTime


class QuestionChange(SQLModel, table=True):
    """One change of many questions at once, kept so that who made it can take it back for some minutes.

    `before` is {question id: what it was}, and the version the change left it at, as `bank.undo` reads it; `picked` are
    the ids of all that were ticked, `left_out` those of them that stayed as they were, as `bank.picked.Left`: by the
    change, or once it is taken back by that."""

    __tablename__ = "question_changes"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20, unique=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    said: str = Field(max_length=400)
    before: dict[str, Any] = Field(sa_type=JSON)
    picked: list[int] = Field(default_factory=list, sa_type=JSON)
    left_out: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BankView(SQLModel, table=True):
    """A view of the list that one person kept under a name: its filters and order, as an address holds them."""

    __tablename__ = "bank_views"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    code: str = Field(max_length=20, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    name: str = Field(max_length=60)
    filters: dict[str, str] = Field(sa_type=JSON)


class QuestionDraft(SQLModel, table=True):
    """What one person has typed into the form of a question and not saved; of new questions there is one a person."""

    __tablename__ = "question_drafts"
    __table_args__ = (UniqueConstraint("person_id", "about"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    about: int  # the question's id, 0 for a new one: to a unique constraint no two NULLs are the same
    question_id: int | None = Field(default=None, foreign_key="questions.id", index=True)
    base: int  # the version the typing began from, 0 for a new question
    fields: list[list[str]] = Field(sa_type=JSON)  # [name, value] of each control, as a browser sends them
    page: str = Field(default="", max_length=20)  # the page it was typed into, which may go on keeping it
    updated_at: datetime = Field(sa_type=UtcDateTime)
