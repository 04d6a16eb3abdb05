"""Reads on cohorts: all of them, who is in one, and which ones somebody is in."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.models import Cohort, CohortMember

MOST_COHORTS = 500  # in a list to choose from


@dataclass(frozen=True)
class CohortLine:
    """A cohort in a list, with how many people are in it."""

    code: str
    name: str
    people: int


def cohorts(db: Session) -> list[CohortLine]:
    """The cohorts that are not archived, by name: what a filter offers."""
    query = sa.select(col(Cohort.code), col(Cohort.name), _people()).where(col(Cohort.archived_at).is_(None))
    rows = db.execute(query.order_by(col(Cohort.name), col(Cohort.id)).limit(MOST_COHORTS))
    return [CohortLine(code, name, people) for code, name, people in rows]


def members(cohort_code: str) -> sa.Select[Any]:
    """The ids of the people of a cohort, for `col(Attempt.person_id).in_(members(code))`; none where there is none."""
    query = sa.select(col(CohortMember.person_id)).join(Cohort, col(Cohort.id) == col(CohortMember.cohort_id))
    return query.where(col(Cohort.code) == cohort_code.replace("\0", ""))  # PostgreSQL refuses to look for a NUL


def _people() -> Any:
    """How many are in a cohort, for each row of a query on cohorts."""
    query = sa.select(sa.func.count()).select_from(CohortMember)
    return query.where(col(CohortMember.cohort_id) == col(Cohort.id)).correlate(Cohort).scalar_subquery()
