"""Who may sit a paper that isn't for everybody: its cohorts, whether somebody is in one, and who finds it listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select, true

from mockhall.accounts.models import Cohort, CohortMember, Person
from mockhall.exam.entry import Access, Bar, barred
from mockhall.papers.models import Paper, PaperCohort, PaperVersion


@dataclass(frozen=True)
class Gate:
    """Who may sit a version, and what keeps the viewer from it; `cohorts` by name, archived ones left out."""

    access: Access = Access.PUBLIC
    cohorts: Sequence[str] = ()
    bar: Bar | None = None


def gate(db: Session, version: PaperVersion, person: Person | None) -> Gate:
    """For this viewer; one query, and only where the version is for cohorts."""
    access = Access(version.access)
    rows = _cohorts(db, version, person) if access is Access.COHORT else []
    has_account, is_member = person is not None and not person.is_guest, any(mine for _, mine in rows)
    bar = barred(access, has_account=has_account, is_member=is_member, is_staff=_is_staff(person))
    return Gate(access, [name for name, _ in rows], bar)


def _is_staff(person: Person | None) -> bool:
    return person is not None and (person.can_edit or person.can_report)


def _cohorts(db: Session, version: PaperVersion, person: Person | None) -> Sequence[tuple[str, bool]]:
    """The names of the version's cohorts, each with whether this person is in it."""
    mine = and_(
        col(CohortMember.cohort_id) == col(Cohort.id), col(CohortMember.person_id) == (person.id if person else 0)
    )
    query = (
        select(Cohort.name, exists().where(mine))
        .join(PaperCohort, col(PaperCohort.cohort_id) == col(Cohort.id))
        .where(PaperCohort.paper_version_id == version.id, col(Cohort.archived_at).is_(None))
        .order_by(col(Cohort.name))
    )
    return [(name, bool(is_mine)) for name, is_mine in db.exec(query)]


def listed_for(person: Person | None) -> ColumnElement[bool]:
    """The condition on papers that this viewer finds them in lists: those for cohorts only their people, and staff."""
    if _is_staff(person):
        return true()
    newest = and_(col(PaperVersion.paper_id) == col(Paper.id), col(PaperVersion.number) == col(Paper.version))
    is_for_some = exists().where(newest, col(PaperVersion.access) == Access.COHORT).correlate(Paper)
    if person is None or person.is_guest:
        return ~is_for_some
    member = (
        select(PaperVersion.id)
        .join(PaperCohort, col(PaperCohort.paper_version_id) == col(PaperVersion.id))
        .join(CohortMember, col(CohortMember.cohort_id) == col(PaperCohort.cohort_id))
        .join(Cohort, and_(col(Cohort.id) == col(PaperCohort.cohort_id), col(Cohort.archived_at).is_(None)))
        .where(newest, col(CohortMember.person_id) == person.id)
    )
    return or_(~is_for_some, member.correlate(Paper).exists())
