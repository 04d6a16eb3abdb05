"""Who may reach the report of a paper: staff and admins."""

from typing import Annotated

from fastapi import Depends
from sqlmodel import Session, select

from mockhall.accounts.access import Staff, StudentForUpdate
from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.db import Reading, Writing
from mockhall.papers.models import Paper
from mockhall.results.models import Regrade
from mockhall.web.errors import NotYours


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
ReportedAttempt = Annotated[Attempt, Depends(reported_attempt)]
ReportedPaper = Annotated[Paper, Depends(reported_paper)]
ExportedPaper = Annotated[Paper, Depends(exported_paper)]
