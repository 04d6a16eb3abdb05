"""Verbs on a whole test: copied, put into the archive and brought back, deleted."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.papers import uses
from mockhall.papers.desk import CannotDoError, free_slug
from mockhall.papers.models import (
    Paper,
    PaperAccommodation,
    PaperCohort,
    PaperDraw,
    PaperQuestion,
    PaperSection,
    PaperStatus,
    PaperVersion,
)
from mockhall.papers.queries import Shown
from mockhall.papers.versions import add_version, plan_of, rules_of

HasAttempts = Callable[[Session, int], bool]
"""Has anybody ever begun this test? Attempts stand above papers, so the app hands it down."""
Forget = Callable[[Session, int], None]
"""Takes away what higher packages keep of a test nobody has begun."""
PUBLISHED = "The test is published. Withdraw it first."
FROM_FILES = "The test comes from the files of content/, and would be back at the next start. Archive it instead."
HAS_ATTEMPTS = "The test has attempts, and their results stay. Archive it instead: it leaves the lists, and they don’t."


def duplicate(db: Session, shown: Shown, author: Person, now: datetime) -> Paper:
    """A draft with the same questions and rules, but for what belongs to one occasion: schedule and access code."""
    before, title = shown.paper, f"Copy of {shown.paper.title}"[:160].rstrip()
    paper = Paper(
        slug=free_slug(db, title), topic_id=before.topic_id, title=title, summary=before.summary,
        difficulty=before.difficulty, edited_at_desk=True, created_at=now, updated_at=now,
    )  # fmt: skip
    db.add(paper)
    db.flush()
    cohorts = select(PaperCohort.cohort_id).where(PaperCohort.paper_version_id == shown.version.id)
    rules = rules_of(shown.version) | {"opens_at": None, "closes_at": None, "access_code": ""}
    add_version(db, paper, rules | {"cohorts": list(db.exec(cohorts))}, plan_of(db, shown.version), now)
    audit.write(db, author.id, "copy", f"paper {paper.slug[:80]} from {before.slug[:30]}", now)
    return paper


def archive(db: Session, shown: Shown, author: Person, now: datetime) -> None:
    """Off all lists: nobody starts it, running attempts go on, results and reports stay."""
    _set(db, shown.paper, PaperStatus.ARCHIVED, "archive", author, now)


def bring_back(db: Session, shown: Shown, author: Person, now: datetime, *, was_used: bool) -> None:
    """Out of the archive: a draft, or withdrawn where somebody has sat it. It is published again by hand."""
    if shown.paper.status != PaperStatus.ARCHIVED:
        raise CannotDoError("The test is not in the archive.")
    _set(db, shown.paper, PaperStatus.WITHDRAWN if was_used else PaperStatus.DRAFT, "unarchive", author, now)


def _set(db: Session, paper: Paper, status: PaperStatus, verb: str, author: Person, now: datetime) -> None:
    paper.status, paper.updated_at = status, now
    db.add(paper)
    db.flush()
    uses.recount(db, paper)
    audit.write(db, author.id, verb, f"paper {paper.slug[:80]} version {paper.version}", now)


def closes_at_once(shown: Shown, closes_at: datetime | None, now: datetime) -> bool:
    """Would this closing time, which it hasn't yet, end a test that candidates can start?"""
    before, is_published = shown.version.closes_at, shown.paper.status == PaperStatus.PUBLISHED
    is_open = is_published and (before is None or before > now)
    return is_open and closes_at is not None and closes_at <= now


def check_deletable(paper: Paper, *, was_used: bool) -> None:
    """Refuses where anything would be lost, or come back."""
    for holds, why in (
        (paper.status == PaperStatus.PUBLISHED, PUBLISHED), (was_used, HAS_ATTEMPTS),
        (paper.content_hash is not None, FROM_FILES),
    ):  # fmt: skip
        if holds:
            raise CannotDoError(why)


def delete(db: Session, shown: Shown, author: Person, now: datetime, *, forget: Forget) -> None:
    """Take away for good what `check_deletable` lets go, with all its versions."""
    paper = shown.paper
    assert paper.id is not None
    paper.status = PaperStatus.ARCHIVED  # its questions are in one test less
    db.flush()
    uses.recount(db, paper)
    forget(db, paper.id)
    versions = sa.select(col(PaperVersion.id)).where(col(PaperVersion.paper_id) == paper.id)
    sections = sa.select(col(PaperSection.id)).where(col(PaperSection.paper_version_id).in_(versions))
    for query in (
        sa.delete(PaperQuestion).where(col(PaperQuestion.section_id).in_(sections)),
        sa.delete(PaperDraw).where(col(PaperDraw.section_id).in_(sections)),
        sa.delete(PaperSection).where(col(PaperSection.paper_version_id).in_(versions)),
        sa.delete(PaperCohort).where(col(PaperCohort.paper_version_id).in_(versions)),
        sa.delete(PaperAccommodation).where(col(PaperAccommodation.paper_id) == paper.id),
        sa.delete(PaperVersion).where(col(PaperVersion.paper_id) == paper.id),
        sa.delete(Paper).where(col(Paper.id) == paper.id),
    ):
        db.execute(query)
    audit.write(db, author.id, "delete", f"paper {paper.slug[:80]} version {paper.version}", now)
