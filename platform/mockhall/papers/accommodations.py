"""Accommodations of a paper: own times and attempts of a person or a cohort, given and taken back by staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mockhall.accounts import audit
from mockhall.accounts.models import Cohort, CohortMember, Person
from mockhall.exam.entry import Access
from mockhall.exam.terms import Accommodation
from mockhall.papers.models import Paper, PaperAccommodation, PaperCohort, PaperVersion
from mockhall.web.codes import new_code

MOST_SHOWN = 200
MOST_FACTORS = 50


@dataclass(frozen=True)
class Line:
    """One accommodation in the list: whose it is, and who gave it."""

    row: PaperAccommodation
    person: Person | None
    cohort: Cohort | None
    giver: str

    @property
    def name(self) -> str:
        return self.person.label if self.person else self.cohort.name if self.cohort else ""


@dataclass(frozen=True)
class Given:
    """What the panel and the page list. `more` people have a factor than are listed."""

    lines: Sequence[Line]
    factors: Sequence[Person]
    more: int


def given(db: Session, paper: Paper, version: PaperVersion) -> Given:
    """The paper's accommodations, and the people it is for who have extra time in every test; three queries."""
    people = _factors(version)
    total = db.execute(sa.select(sa.func.count()).select_from(people.subquery())).scalar_one()
    listed = db.exec(people.order_by(col(Person.name), col(Person.id)).limit(MOST_FACTORS)).all()
    return Given(_lines(db, paper), listed, total - len(listed))


def count(db: Session, paper: Paper) -> int:
    """How many there are, for who may not see whose."""
    query = sa.select(sa.func.count()).where(col(PaperAccommodation.paper_id) == paper.id)
    return int(db.execute(query).scalar_one())


def later(db: Session, version: PaperVersion, now: datetime) -> list[str]:
    """The names of the people and cohorts whose own closing is still to come. Archived cohorts give nothing, and a
    cohort's passes no hard close."""
    own = col(PaperAccommodation.person_id).is_not(None)
    whose = own if version.hard_close else sa.or_(own, col(Cohort.archived_at).is_(None))
    query = (
        select(Person, Cohort)
        .select_from(PaperAccommodation)
        .outerjoin(Person, col(Person.id) == col(PaperAccommodation.person_id))
        .outerjoin(Cohort, col(Cohort.id) == col(PaperAccommodation.cohort_id))
        .where(PaperAccommodation.paper_id == version.paper_id, col(PaperAccommodation.closes_at) > now, whose)
        .order_by(col(PaperAccommodation.id))
    )
    return [Whom(person, cohort).name for person, cohort in db.exec(query)]


def _lines(db: Session, paper: Paper) -> list[Line]:
    giver = aliased(Person)
    query = (
        select(PaperAccommodation, Person, Cohort, giver)
        .outerjoin(Person, col(Person.id) == col(PaperAccommodation.person_id))
        .outerjoin(Cohort, col(Cohort.id) == col(PaperAccommodation.cohort_id))
        .join(giver, col(giver.id) == col(PaperAccommodation.given_by_id))
        .where(PaperAccommodation.paper_id == paper.id)
        .order_by(col(PaperAccommodation.id).desc())
    )
    return [Line(row, person, cohort, by.label) for row, person, cohort, by in db.exec(query.limit(MOST_SHOWN))]


def _factors(version: PaperVersion) -> SelectOfScalar[Person]:
    """Who has a time factor: of the cohorts the version is for, else of everybody."""
    query = select(Person).where(col(Person.time_factor) != Fraction(1), col(Person.disabled_at).is_(None))
    if version.access == Access.COHORT:
        mine = (
            select(CohortMember.person_id)
            .join(PaperCohort, col(PaperCohort.cohort_id) == col(CohortMember.cohort_id))
            .join(Cohort, col(Cohort.id) == col(CohortMember.cohort_id))
            .where(PaperCohort.paper_version_id == version.id, col(Cohort.archived_at).is_(None))
        )
        query = query.where(col(Person.id).in_(mine))
    return query


# ---------------------------------------------------------------- verbs


@dataclass(frozen=True)
class Whom:
    """Who an accommodation is for: a person or a cohort."""

    person: Person | None = None
    cohort: Cohort | None = None

    @property
    def name(self) -> str:
        return self.person.label if self.person else self.cohort.name if self.cohort else ""

    @property
    def subject(self) -> str:
        """As the log names it: codes, for names are no part of it."""
        return f"person {self.person.code}" if self.person else f"cohort {self.cohort.code if self.cohort else ''}"


def give(
    db: Session, paper: Paper, whom: Whom, said: Accommodation, reason: str, by: Person, now: datetime
) -> PaperAccommodation:
    """Give it; what this person or cohort had of this paper before is replaced."""
    assert paper.id is not None
    assert by.id is not None
    query = select(PaperAccommodation).where(PaperAccommodation.paper_id == paper.id)
    if whom.person:
        query = query.where(PaperAccommodation.person_id == whom.person.id)
    else:
        query = query.where(PaperAccommodation.cohort_id == (whom.cohort.id if whom.cohort else 0))
    row = db.exec(query).first() or PaperAccommodation(
        code=new_code(), paper_id=paper.id, person_id=whom.person.id if whom.person else None,
        cohort_id=whom.cohort.id if whom.cohort else None, reason=reason, given_by_id=by.id, given_at=now,
    )  # fmt: skip
    row.opens_at, row.closes_at, row.more_attempts = said.opens_at, said.closes_at, said.more_attempts
    row.no_wait, row.reason, row.given_by_id, row.given_at = said.no_wait, reason, by.id, now
    db.add(row)
    db.flush()
    audit.write(db, by.id, "accommodation", f"paper {paper.slug[:60]} for {whom.subject}: {_in_short(said)}", now)
    return row


def find(db: Session, paper: Paper, code: str) -> PaperAccommodation | None:
    """The paper's accommodation with this code."""
    query = select(PaperAccommodation).where(PaperAccommodation.paper_id == paper.id, PaperAccommodation.code == code)
    return db.exec(query).first() if code.isalnum() else None


def remove(db: Session, paper: Paper, row: PaperAccommodation, by: Person, now: datetime) -> None:
    """Take it back: from now on the test's own times hold. Attempts that run keep theirs."""
    db.delete(row)
    audit.write(db, by.id, "accommodation", f"paper {paper.slug[:60]} {row.code}: taken back", now)


def _in_short(said: Accommodation) -> str:
    opens = f"{said.opens_at:%Y%m%dT%H%MZ}" if said.opens_at else ""
    closes = f"{said.closes_at:%Y%m%dT%H%MZ}" if said.closes_at else ""
    return f"{opens}/{closes} +{said.more_attempts}{' no wait' if said.no_wait else ''}"


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move what a guest was given to the account that signed in; what the account has of the same paper stays."""
    theirs = aliased(PaperAccommodation)
    has = sa.select(col(theirs.paper_id)).where(col(theirs.person_id) == person_id)
    mine = col(PaperAccommodation.person_id) == guest_id
    held = list(db.execute(has).scalars())
    db.execute(sa.delete(PaperAccommodation).where(mine, col(PaperAccommodation.paper_id).in_(held)))
    db.execute(sa.update(PaperAccommodation).where(mine).values(person_id=person_id))
