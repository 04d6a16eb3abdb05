"""Taking back the last change of a test: a new version that says what the one before the last said."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank.models import Question, QuestionVersion
from mockhall.papers.desk import CannotDoError, check_fit, store
from mockhall.papers.desk_draws import supply
from mockhall.papers.desk_sections import is_open, questions_of
from mockhall.papers.models import PaperCohort, PaperVersion
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, keep_front, plan_of, put_front_back, rules_of

SINCE = "The test was published, withdrawn or archived since that change, so it stays. Nothing was taken back."
DELETED = "A question it would bring back is no longer in the bank. Nothing was taken back."
TAKEN_BACK = "Taken back: the test is as it was before that change."


def can_be_taken_back(shown: Shown) -> bool:
    """Is the newest version the last thing that happened to the test, and a change of an earlier one?"""
    return shown.paper.version > 1 and shown.paper.updated_at == shown.version.created_at


def undo(db: Session, shown: Shown, author: Person, now: datetime) -> str:
    """Put the test back as it was before its newest version; returns what to say. That can be taken back too."""
    query = select(PaperVersion).where(PaperVersion.paper_id == shown.paper.id)
    before = db.exec(query.where(PaperVersion.number == shown.paper.version - 1)).first()
    if before is None or not can_be_taken_back(shown):
        raise CannotDoError(SINCE)
    plan = plan_of(db, before)
    _check(db, shown, plan)
    cohorts = db.exec(select(PaperCohort.cohort_id).where(PaperCohort.paper_version_id == before.id)).all()
    front = shown.paper.front_before
    keep_front(shown.paper)
    put_front_back(shown.paper, before, front)
    store(db, shown, plan, author, now, rules_of(before) | {"cohorts": list(cohorts)})
    return TAKEN_BACK


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
