"""Reads on cohorts: all of them, who is in one, and which ones somebody is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Cohort, CohortMember, Person

MOST_COHORTS = 500  # in a list to choose from
PER_PAGE = 50


@dataclass(frozen=True)
class CohortLine:
    """A cohort in a list, with how many people are in it."""

    code: str
    name: str
    people: int
    created_at: datetime
    join_open: bool
    is_archived: bool


@dataclass(frozen=True)
class CohortPage:
    """A page of cohorts by name; `after` is the code to go on from, empty at the end."""

    lines: Sequence[CohortLine]
    after: str
    is_first: bool
    is_archive: bool


@dataclass(frozen=True)
class Member:
    """Somebody in a cohort, and how they came in."""

    person: Person
    roll: str
    added: str
    joined_at: datetime


@dataclass(frozen=True)
class MemberPage:
    """A page of a cohort's people by name; `after` is the code of the person to go on from, empty at the end."""

    members: Sequence[Member]
    total: int
    after: str
    is_first: bool


def cohorts(db: Session) -> list[CohortLine]:
    """The cohorts that are not archived, by name: what a filter offers."""
    query = _lines().where(col(Cohort.archived_at).is_(None)).order_by(col(Cohort.name), col(Cohort.id))
    return [_line(row) for row in db.execute(query.limit(MOST_COHORTS))]


def cohort_page(db: Session, *, archived: bool, after: str) -> CohortPage:
    """Cohorts by name, from after the one with this code."""
    at, key = col(Cohort.archived_at), (col(Cohort.name), col(Cohort.id))
    query = _lines().where(at.is_not(None) if archived else at.is_(None))
    last = db.execute(sa.select(*key).where(col(Cohort.code) == after)).first() if after else None
    if last is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*last))
    rows = db.execute(query.order_by(*key).limit(PER_PAGE + 1)).all()
    more = rows[PER_PAGE - 1][0] if len(rows) > PER_PAGE else ""
    return CohortPage([_line(row) for row in rows[:PER_PAGE]], more, last is None, archived)


def members(cohort_code: str) -> sa.Select[Any]:
    """The ids of the people of a cohort, for `col(Attempt.person_id).in_(members(code))`; none where there is none."""
    query = sa.select(col(CohortMember.person_id)).join(Cohort, col(Cohort.id) == col(CohortMember.cohort_id))
    return query.where(col(Cohort.code) == cohort_code.replace("\0", ""))  # PostgreSQL refuses to look for a NUL


def cohort_with_code(db: Session, code: str, *, lock: bool = False) -> Cohort | None:
    """The cohort with this code, archived or not."""
    query = select(Cohort).where(Cohort.code == code.replace("\0", ""))
    return db.exec(query.with_for_update() if lock else query).first()


def sort_name() -> Any:
    """What people are put in order by: their name, or without one their address."""
    return sa.func.lower(sa.func.coalesce(sa.func.nullif(col(Person.name), ""), col(Person.email), ""))


def member_page(db: Session, cohort: Cohort, after: str, limit: int = PER_PAGE) -> MemberPage:
    """A cohort's people by name, from after the person with this code."""
    columns: tuple[Any, ...] = (Person, CohortMember.roll, CohortMember.added, CohortMember.joined_at)
    query: sa.Select[Any] = sa.select(*columns)
    query = query.join(CohortMember, col(CohortMember.person_id) == col(Person.id))
    query = query.where(col(CohortMember.cohort_id) == cohort.id)
    key = (sort_name(), col(Person.id))
    last = db.execute(sa.select(*key).where(col(Person.code) == after)).first() if after else None
    if last is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*last))
    rows = db.execute(query.order_by(*key).limit(limit + 1)).all()
    more = rows[limit - 1][0].code if len(rows) > limit else ""
    count = sa.select(sa.func.count()).where(col(CohortMember.cohort_id) == cohort.id)
    return MemberPage([Member(*row) for row in rows[:limit]], int(db.execute(count).scalar_one()), more, last is None)


def cohorts_of(db: Session, person: Person) -> Sequence[Cohort]:
    """The cohorts somebody is in, by name; archived ones left out."""
    query = select(Cohort).join(CohortMember, col(CohortMember.cohort_id) == col(Cohort.id))
    query = query.where(CohortMember.person_id == person.id, col(Cohort.archived_at).is_(None))
    return db.exec(query.order_by(col(Cohort.name)).limit(MOST_COHORTS)).all()


def _lines() -> Any:
    people = sa.select(sa.func.count()).where(col(CohortMember.cohort_id) == col(Cohort.id))
    columns: tuple[Any, ...] = (
        Cohort.code, Cohort.name, people.correlate(Cohort).scalar_subquery(), Cohort.created_at, Cohort.join_open,
        Cohort.archived_at,
    )  # fmt: skip
    return sa.select(*columns)


def _line(row: Any) -> CohortLine:
    code, name, people, created_at, join_open, archived_at = row
    return CohortLine(code, name, people, created_at, join_open, archived_at is not None)
