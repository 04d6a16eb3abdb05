"""Who may sit a test, in the form of its rules: everybody, who signs in, or the people of cohorts to be ticked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, col, func, or_, select

from mockhall.accounts.cohort_queries import MOST_COHORTS
from mockhall.accounts.models import Cohort, CohortMember
from mockhall.exam.entry import Access
from mockhall.papers.models import PaperCohort, PaperVersion

NO_COHORT = "Tick at least one cohort."
GONE = "A cohort you ticked is gone or archived. Tick among those offered."


@dataclass(frozen=True)
class Offered:
    """A cohort in the form; an archived one is offered only where it was chosen before, to be taken out."""

    id: int
    code: str
    name: str
    people: int
    is_archived: bool = False
    is_chosen: bool = False


def offered(db: Session, version: PaperVersion | None) -> list[Offered]:
    """The cohorts to choose from, by name, those of this version marked, in one query."""
    people = select(func.count()).where(col(CohortMember.cohort_id) == col(Cohort.id)).correlate(Cohort)
    chosen = and_(
        col(PaperCohort.cohort_id) == col(Cohort.id),
        col(PaperCohort.paper_version_id) == (version.id if version else 0),
    )
    query = (
        select(Cohort, people.scalar_subquery(), PaperCohort.cohort_id)
        .join(PaperCohort, chosen, isouter=True)
        .where(or_(col(Cohort.archived_at).is_(None), col(PaperCohort.cohort_id).is_not(None)))
        .order_by(col(Cohort.name), col(Cohort.id))
    )
    return [
        Offered(each.id or 0, each.code, each.name, count, each.archived_at is not None, mine is not None)
        for each, count, mine in db.exec(query.limit(MOST_COHORTS))
    ]


def chosen_codes(cohorts: Sequence[Offered]) -> list[str]:
    """The codes of those that are chosen today."""
    return [each.code for each in cohorts if each.is_chosen]


def read_access(
    word: str | None, ticked: Collection[str], cohorts: Sequence[Offered], before: PaperVersion | None,
    errors: dict[str, str],
) -> dict[str, Any]:  # fmt: skip
    """`access`, and the ids of its `cohorts`; a form that doesn't speak of it leaves both as they are."""
    if word is None:
        return {"access": before.access if before else Access.PUBLIC} | ({} if before else {"cohorts": []})
    if word not in list(Access):
        errors["access"] = "Choose one of those offered."
        return {}
    if word != Access.COHORT:
        return {"access": word, "cohorts": []}
    found = [each for each in cohorts if each.code in ticked]
    if not ticked or len(found) < len(set(ticked)):
        errors["cohorts"] = GONE if ticked else NO_COHORT
    return {"access": word, "cohorts": [each.id for each in found]}
