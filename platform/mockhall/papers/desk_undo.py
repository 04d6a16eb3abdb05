"""Taking back the last change of a test: a new version that says what the one before the last said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank.models import Question, QuestionVersion
from mockhall.papers import desk_access
from mockhall.papers.desk import CannotDoError, check_fit, store
from mockhall.papers.desk_base import base_of
from mockhall.papers.desk_differences import differences, plan_changes
from mockhall.papers.desk_draws import supply
from mockhall.papers.desk_life import closes_at_once
from mockhall.papers.desk_rules import rules_of_paper
from mockhall.papers.desk_sections import is_open, questions_of
from mockhall.papers.models import PaperCohort, PaperVersion
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, change_front, front_at, plan_of, rules_of

STALE = "The test was changed after that, so that change stays: it was not taken back. This is version {now}."
SINCE = "The test was published, withdrawn or archived since that change, so it stays. Nothing was taken back."
DELETED = "A question it would bring back is no longer in the bank. Nothing was taken back."


@dataclass(frozen=True)
class Undoing:
    """A wish to take back: in which time zone times are said, and whether what is taken back was an undo itself."""

    zone: str
    again: bool = False


def can_be_taken_back(shown: Shown) -> bool:
    """Is the newest version the last thing that happened to the test, and a change of an earlier one?"""
    return shown.paper.version > 1 and shown.paper.updated_at == shown.version.created_at


def would_close(db: Session, shown: Shown, now: datetime) -> bool:
    """Would taking it back end a test that candidates can start?"""
    before = _before(db, shown)
    return before is not None and closes_at_once(shown, before.closes_at, now)


def undo(db: Session, shown: Shown, author: Person, now: datetime, how: Undoing) -> str:
    """Put the test back as it was before its newest version; returns what to say. That can be taken back too."""
    before = _before(db, shown)
    if before is None:
        raise CannotDoError(SINCE)
    plan = plan_of(db, before)
    _check(db, shown, plan)
    said = _named(db, shown, plan, how)
    cohorts = db.exec(select(PaperCohort.cohort_id).where(PaperCohort.paper_version_id == before.id)).all()
    if front := front_at(shown.paper, before.number):
        change_front(shown.paper, front)
    shown.paper.title = before.title
    store(db, shown, plan, author, now, rules_of(before) | {"cohorts": list(cohorts)})
    return f"{'Done again' if how.again else 'Taken back'}: {said}."


def _before(db: Session, shown: Shown) -> PaperVersion | None:
    """The version to go back to; None where the newest is no change that can be taken back."""
    query = select(PaperVersion).where(PaperVersion.paper_id == shown.paper.id)
    found = db.exec(query.where(PaperVersion.number == shown.paper.version - 1)).first()
    return found if can_be_taken_back(shown) else None


def _named(db: Session, shown: Shown, back: Sequence[SectionPlan], how: Undoing) -> str:
    """The change in words: what is taken back or, of an undo taken back, what is done again."""
    here = plan_of(db, shown.version)
    versions = {each for side in (here, back) for section in side for each in section.question_versions}
    query = select(QuestionVersion.id, QuestionVersion.question_id).where(col(QuestionVersion.id).in_(versions))
    questions = {version or 0: question for version, question in db.exec(query)}
    old, new = (here, back) if how.again else (back, here)
    found = plan_changes(old, new, questions) if old != new else []
    base, cohorts = base_of(db, shown, shown.paper.version - 1, how.zone), desk_access.offered(db, shown.version)
    if base:
        rules = rules_of_paper(shown, how.zone, cohorts)
        labels = [each.label for each in differences(rules, base.rules, [*cohorts, *base.cohorts])]
        found += [f"rules changed ({', '.join(labels)})"] if labels else []
    return ", ".join(found) or "a change that left all as it was"


def _check(db: Session, shown: Shown, plan: Sequence[SectionPlan]) -> None:
    """What comes back must still be there, and fit a test that candidates can start."""
    here = {each for section in plan_of(db, shown.version) for each in section.question_versions}
    back = {each for section in plan for each in section.question_versions} - here
    query = select(Question).join(QuestionVersion, col(QuestionVersion.question_id) == col(Question.id))
    for question in db.exec(query.where(col(QuestionVersion.id).in_(back))):
        if question.deleted_at is not None:
            raise CannotDoError(DELETED)
        check_fit(shown.paper, question, "Of what it would bring back: ")
    if is_open(shown):
        wanted = {place: each.draws for place, each in enumerate(plan, 1)}
        if trouble := supply(db, wanted, questions_of(db, list(plan))).trouble:
            raise CannotDoError(trouble)
