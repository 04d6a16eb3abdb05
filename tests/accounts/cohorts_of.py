"""What tests of cohorts share: one with people in it, and lists sent to it."""

from collections.abc import Sequence
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from mockhall.accounts import cohorts
from mockhall.accounts.models import Cohort, CohortMember, Person
from tests.fields import sent_by
from tests.make import START, Site


def cohort_of(db: Session, *people: Person, name: str = "Class 9B") -> Cohort:
    """A cohort with these people, open to who has its code."""
    cohort = cohorts.new(db, name, START, None)
    assert cohort is not None
    for each in people:
        cohorts.join(db, cohort, each, START)
    cohorts.set_open(db, cohort, True, START, None)
    return cohort


def make_cohort(site: Site, *people: Person, name: str = "Class 9B") -> Cohort:
    """The same in its own transaction."""
    with site.writing() as db:
        return cohort_of(db, *people, name=name)


def people_in(site: Site, cohort: Cohort) -> list[str]:
    """The addresses of who is in it."""
    query = select(Person.email).join(CohortMember, col(CohortMember.person_id) == col(Person.id))
    with site.reading() as db:
        return sorted(email or "" for email in db.exec(query.where(CohortMember.cohort_id == cohort.id)))


def dry_run(browser: TestClient, cohort: Cohort, text: str = "", file: bytes | None = None) -> Any:
    """The reply to a list, pasted or as a file."""
    files = {"file": ("list.csv", file if file is not None else b"", "text/csv")}
    return browser.post(f"/desk/cohorts/{cohort.code}/add", data={"people": text}, files=files)


def confirm(browser: TestClient, cohort: Cohort, page: str, unknown: str = "leave") -> Any:
    """Press the button of a dry run, as the page has it."""
    form = page.partition(f'action="/desk/cohorts/{cohort.code}/members"')[2].partition("</form>")[0]
    sent: dict[str, Sequence[str]] = {**sent_by(form)}
    if "unknown" in sent:
        sent["unknown"] = [unknown]
    return browser.post(f"/desk/cohorts/{cohort.code}/members", data=sent)
