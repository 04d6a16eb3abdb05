"""Scores of attempts and marks of their questions, kept exactly."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import Index, Numeric, UniqueConstraint
from sqlmodel import Field, SQLModel

from mockhall.db import Exact, UtcDateTime


class ScoreRow(SQLModel, table=True):
    """The score of one attempt. `*_sort` columns are rounded, for SQL to compare; the exact ones count."""

    __tablename__ = "scores"
    __table_args__ = (Index("ix_scores_paper_id_is_ranked_score_sort", "paper_id", "is_ranked", "score_sort"),)

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
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempts.id", index=True)
    number: int
    marks: Fraction = Field(sa_type=Exact)
    max: Fraction = Field(sa_type=Exact)
    outcome: str = Field(max_length=8)
    counted: bool = True  # False: more optional questions were answered than count
