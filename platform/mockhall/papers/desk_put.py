"""Many questions put into a section at once, all or none, and what the page that asks where shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank.models import Question, QuestionVersion
from mockhall.bank.picked import Picked
from mockhall.papers import desk
from mockhall.papers.desk import CannotDoError
from mockhall.papers.desk_views import MOST_PAPERS, sections_of
from mockhall.papers.models import Paper, PaperQuestion, PaperSection, PaperStatus, PaperVersion
from mockhall.papers.queries import Shown
from mockhall.papers.versions import plan_of
from mockhall.web.filters import plural
from mockhall.web.headline import headline

NAMED = 3  # of the questions in the way


@dataclass(frozen=True)
class Put:
    """The questions to put in, the tests there are, and the one chosen with its sections."""

    picked: Sequence[Picked]
    papers: Sequence[Paper]
    chosen: Paper | None
    sections: Sequence[PaperSection]

    @property
    def headlines(self) -> list[str]:
        return [headline(each.version.stem, 80) for each in self.picked[:10]]


def put_page(db: Session, picked: Sequence[Picked], slug: str) -> Put:
    """`slug` is the test chosen; without one it is the draft, else the test, edited last."""
    query = select(Paper).where(Paper.status != PaperStatus.ARCHIVED).order_by(col(Paper.updated_at).desc())
    papers = db.exec(query.limit(MOST_PAPERS)).all()
    drafts = [paper for paper in papers if paper.status == PaperStatus.DRAFT]
    chosen = next((paper for paper in papers if paper.slug == slug), None) or next(iter([*drafts, *papers]), None)
    return Put(picked, papers, chosen, sections_of(db, chosen) if chosen else [])


def put_all(db: Session, shown: Shown, codes: Sequence[str], section: int, author: Person, now: datetime) -> str:
    """Put the newest versions of these questions at the end of a section; returns what to say."""
    plan, found = plan_of(db, shown.version), _found(db, codes)
    if not 1 <= section <= len(plan):
        raise CannotDoError("That section is no longer in the test. Choose one of those it has.")
    if len(found) < len(codes):
        raise CannotDoError(f"{len(codes) - len(found)} of these questions are no longer in the bank. None was added.")
    _refuse_doubles(db, shown.version, found)
    if sum(each.count for each in plan) + len(found) > desk.MOST_QUESTIONS:
        raise CannotDoError(f"A test has at most {desk.MOST_QUESTIONS:,} questions. None was added.")
    for question, version in found:
        desk.check_fit(shown.paper, question, f"“{headline(version.stem, 60)}”: ")
    plan[section - 1].question_versions += [version.id or 0 for _, version in found]
    desk.store(db, shown, plan, author, now)
    title = plan[section - 1].title
    return f"{plural(len(found), 'question')} added to “{title}”. Running attempts keep the questions they began with."


Found = Sequence[tuple[Question, QuestionVersion]]


def _found(db: Session, codes: Sequence[str]) -> Found:
    known = [code for code in codes if code.isalnum()]
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query = select(Question, QuestionVersion).join(QuestionVersion, newest)
    query = query.where(col(Question.code).in_(known), col(Question.deleted_at).is_(None))
    return db.exec(query.order_by(col(Question.id))).all()


def _refuse_doubles(db: Session, version: PaperVersion, found: Found) -> None:
    query = (
        select(QuestionVersion.question_id)
        .join(PaperQuestion, col(PaperQuestion.question_version_id) == col(QuestionVersion.id))
        .join(PaperSection, col(PaperSection.id) == col(PaperQuestion.section_id))
        .where(col(PaperSection.paper_version_id) == version.id)
    )
    there = set(db.exec(query))
    twice = [headline(said.stem, 60) for question, said in found if question.id in there]
    if twice:
        named = ", ".join(f"“{each}”" for each in twice[:NAMED]) + (", …" if len(twice) > NAMED else "")
        raise CannotDoError(f"{len(twice)} of the {len(found)} are in the test already: {named}. None was added.")
