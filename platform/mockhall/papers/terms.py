"""When and how often a paper may be sat, read from the database: the version's rules, and who has them otherwise."""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Cohort, CohortMember
from mockhall.exam.terms import Accommodation, Terms, terms_with
from mockhall.papers.models import PaperAccommodation, PaperVersion


def terms_of(version: PaperVersion) -> Terms:
    """What holds for everybody."""
    wait = timedelta(minutes=version.wait_minutes) if version.wait_minutes else None
    return Terms(version.opens_at, version.closes_at, version.attempts_allowed, wait, version.hard_close)


def accommodation_of(row: PaperAccommodation) -> Accommodation:
    """A stored one as the rules take it."""
    is_own = row.person_id is not None
    return Accommodation(is_own, row.opens_at, row.closes_at, row.more_attempts, row.no_wait)


def terms_for(db: Session, version: PaperVersion, person_id: int | None) -> Terms:
    """What holds for this person, in one query; for nobody known, none."""
    if person_id is None:
        return terms_of(version)
    given = given_to(db, person_id, [version.paper_id]).get(version.paper_id, [])
    return terms_with(terms_of(version), given)


def given_to(db: Session, person_id: int, papers: Collection[int]) -> dict[int, list[Accommodation]]:
    """What this person has, theirs and their cohorts', by paper. Archived cohorts give nothing."""
    mine = (
        sa.select(col(CohortMember.cohort_id))
        .join(Cohort, col(Cohort.id) == col(CohortMember.cohort_id))
        .where(col(CohortMember.person_id) == person_id, col(Cohort.archived_at).is_(None))
    )
    whose = sa.or_(col(PaperAccommodation.person_id) == person_id, col(PaperAccommodation.cohort_id).in_(mine))
    query = select(PaperAccommodation).where(col(PaperAccommodation.paper_id).in_(papers), whose)
    found: dict[int, list[Accommodation]] = {}
    for row in db.exec(query):
        found.setdefault(row.paper_id, []).append(accommodation_of(row))
    return found
