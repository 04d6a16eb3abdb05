"""Who may reach which cohort: staff any, its people their own, and by the join code whoever has it."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from mockhall.accounts import cohort_queries, cohorts, limits, queries
from mockhall.accounts.access import Staff, StaffForUpdate, StudentForUpdate, client_address
from mockhall.accounts.models import Cohort, Person
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours
from mockhall.web.now import Now

MISSES = 200
"""Codes that open nothing which one address may try in ten minutes: a school behind one address mistypes some."""
NO_COHORT = "There is no cohort at this address."


def desk_cohort(db: Reading, _staff: Staff, code: str) -> Cohort:
    """The cohort with this code, for staff."""
    return _found(cohort_queries.cohort_with_code(db, code))


def desk_cohort_for_update(db: Writing, _staff: StaffForUpdate, code: str) -> Cohort:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _found(cohort_queries.cohort_with_code(db, code, lock=True))


def desk_member(db: Writing, _staff: StaffForUpdate, member: str) -> Person:
    """The person that a membership is about, in the cohort or removed from it."""
    person = queries.person_with_code(db, member)
    if person is None:
        raise NotYours(NO_COHORT)
    return person


def own_cohort(db: Writing, person: StudentForUpdate, code: str) -> Cohort:
    """A cohort that whoever asks is in."""
    cohort = _found(cohort_queries.cohort_with_code(db, code))
    return _found(cohort if cohorts.is_in(db, cohort, person) else None)


def _found(cohort: Cohort | None) -> Cohort:
    if cohort is None:
        raise NotYours(NO_COHORT)
    return cohort


def open_cohort(request: Request, code: str, now: Now) -> Cohort | None:
    """The cohort that a join code opens; misses are counted by address."""
    key = f"join:{client_address(request)}"
    find = partial(cohorts.open_by_code, join_code=code)
    return limits.guessed(request.app.state.database, limits.limit_of(MISSES, 10), key, now, find)


DeskCohort = Annotated[Cohort, Depends(desk_cohort)]
DeskCohortForUpdate = Annotated[Cohort, Depends(desk_cohort_for_update)]
DeskMember = Annotated[Person, Depends(desk_member)]
OwnCohort = Annotated[Cohort, Depends(own_cohort)]
OpenCohort = Annotated[Cohort | None, Depends(open_cohort, scope="function", max_concurrency=2)]
