"""Who may reach the report of a paper and its files: staff and admins."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, select

from mockhall.accounts import audit
from mockhall.accounts.access import Staff, StudentForUpdate
from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.db import Reading, Writing
from mockhall.papers.models import Paper
from mockhall.results.export_jobs import Job, jobs_of
from mockhall.results.export_scope import Scope, scope_of
from mockhall.results.forms import AskedReport
from mockhall.results.models import Regrade
from mockhall.web.errors import NotYours
from mockhall.web.now import Now

LONGEST_SUBJECT = 120  # of a line in the log


def _paper(db: Session, slug: str) -> Paper:
    paper = db.exec(select(Paper).where(Paper.slug == slug)).first()
    if paper is None:
        raise NotYours("There is no test at this address.")
    return paper


def reported_paper(db: Reading, slug: str, _person: Staff) -> Paper:
    """The paper with this slug, published or not."""
    return _paper(db, slug)


def reported_attempt(db: Reading, code: str, _person: Staff) -> Attempt:
    """The attempt with this code, whoever's it is."""
    attempt = None if "\0" in code else db.exec(select(Attempt).where(Attempt.code == code)).first()
    if attempt is None:
        raise NotYours("There is no attempt at this address.")
    return attempt


def exporter(person: StudentForUpdate) -> Person:
    """Who may take a report away, on the session that writes: an export is logged."""
    if not person.can_report:
        raise NotYours
    return person


Exporter = Annotated[Person, Depends(exporter)]


def exported_paper(db: Writing, slug: str, _person: Exporter) -> Paper:
    """The same paper, on the session that writes."""
    return _paper(db, slug)


def _regrade(db: Session, paper: Paper, code: str, *, lock: bool) -> Regrade:
    query = select(Regrade).where(Regrade.code == code.replace("\0", ""), Regrade.paper_id == paper.id)
    found = db.exec(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotYours("There is no regrade at this address.")
    return found


def reported_regrade(db: Reading, code: str, slug: str, _person: Staff) -> Regrade:
    """The regrade of this paper with this code."""
    return _regrade(db, _paper(db, slug), code, lock=False)


def regrade_for_update(db: Writing, code: str, slug: str, _person: Exporter) -> Regrade:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _regrade(db, _paper(db, slug), code, lock=True)


ReportedRegrade = Annotated[Regrade, Depends(reported_regrade)]
RegradeForUpdate = Annotated[Regrade, Depends(regrade_for_update)]
ExportedPaper = Annotated[Paper, Depends(exported_paper)]


@dataclass(frozen=True)
class Export:
    """What somebody is about to take away, on the session that writes: each file is a line in the log."""

    db: Session
    person: Person
    scope: Scope

    def log(self, what: str) -> None:
        """Note that it was taken; `what` as in `report.csv`."""
        chosen = self.scope.address.replace("?", " ")
        subject = f"{what} of {self.scope.slug}{chosen}"[:LONGEST_SUBJECT]
        audit.write(self.db, self.person.id, "export", subject, self.scope.now)


def export(
    request: Request, db: Writing, person: Exporter, paper: ExportedPaper, asked: AskedReport, now: Now
) -> Export:
    """The attempts of this paper that the address asks for."""
    people = request.query_params.get("people") == "1"
    return Export(db, person, scope_of(paper, asked, now, request.app.state.settings.grace, people=people))


def exported_file(request: Request, code: str, _person: Staff) -> Job:
    """The file with this code that was made or is being made, whoever asked for it."""
    job = jobs_of(request.app.state).find(code)
    if job is None:
        raise NotYours("There is no file at this address. Files are kept for a day.")
    return job


Exported = Annotated[Export, Depends(export)]
ExportedFile = Annotated[Job, Depends(exported_file)]
ReportedAttempt = Annotated[Attempt, Depends(reported_attempt)]
ReportedPaper = Annotated[Paper, Depends(reported_paper)]
