"""Verbs on the sections of a paper, at the desk."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.bank.models import QuestionVersion
from mockhall.exam.draws import Draw
from mockhall.exam.errors import RuleError
from mockhall.papers.desk import MOST_QUESTIONS, CannotDoError, store
from mockhall.papers.desk_draws import supply
from mockhall.papers.models import PaperStatus
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, plan_of

MOST_SECTIONS = 20
MOST_DRAWS = 20


def add_section(db: Session, shown: Shown, title: str, author: Person, now: datetime) -> None:
    """A new, empty section at the end. A published test has no empty ones: it is withdrawn first."""
    plan = plan_of(db, shown.version)
    if len(plan) >= MOST_SECTIONS:
        raise CannotDoError(f"A test has at most {MOST_SECTIONS} sections.")
    store(db, shown, [*plan, SectionPlan(title)], author, now)


def rename_section(db: Session, shown: Shown, position: int, title: str, author: Person, now: datetime) -> None:
    """Another title for the section, counted from 1."""
    plan = plan_of(db, shown.version)
    _check_section(plan, position)
    plan[position - 1] = replace(plan[position - 1], title=title)
    store(db, shown, plan, author, now)


def edit_section(
    db: Session, shown: Shown, plan: list[SectionPlan], position: int, section: SectionPlan, author: Person,
    now: datetime,
) -> None:  # fmt: skip
    """The section as its form says it, in the plan it was read against."""
    plan[position - 1] = section
    store(db, shown, plan, author, now)


def add_draw(db: Session, shown: Shown, position: int, draw: Draw, author: Person, now: datetime) -> None:
    """Another draw of the section. RuleError beside `draw_count` when the bank can't fill it."""
    plan = plan_of(db, shown.version)
    section = section_at(plan, position)
    if len(section.draws) >= MOST_DRAWS:
        raise CannotDoError(f"A section has at most {MOST_DRAWS} draws.")
    if sum(each.count for each in plan) + draw.count > MOST_QUESTIONS:
        raise RuleError("draw_count", f"A test has at most {MOST_QUESTIONS:,} questions.")
    section.draws.append(draw)
    wanted = {place: each.draws for place, each in enumerate(plan, 1)}
    if trouble := supply(db, wanted, questions_of(db, plan)).trouble:
        raise RuleError("draw_count", trouble)
    store(db, shown, plan, author, now)


def change_draw(
    db: Session, shown: Shown, position: int, place: int, draw: Draw, author: Person, now: datetime
) -> None:  # fmt: skip
    """Another draw in place of one of the section. RuleError beside `draw_count` when the bank can't fill it: of a
    draft it alone, so that of several that can't be filled each can be mended; of a published test all together."""
    plan = plan_of(db, shown.version)
    section = section_at(plan, position)
    if not 1 <= place <= len(section.draws):
        raise CannotDoError("That draw is no longer in the test.")
    section.draws[place - 1] = draw
    if sum(each.count for each in plan) > MOST_QUESTIONS:
        raise RuleError("draw_count", f"A test has at most {MOST_QUESTIONS:,} questions.")
    wanted = {at: each.draws for at, each in enumerate(plan, 1)} if is_open(shown) else {position: [draw]}
    if trouble := supply(db, wanted, questions_of(db, plan)).trouble:
        raise RuleError("draw_count", trouble)
    store(db, shown, plan, author, now)


def is_open(shown: Shown) -> bool:
    """Can candidates start it?"""
    return shown.paper.status == PaperStatus.PUBLISHED


def remove_draw(db: Session, shown: Shown, position: int, place: int, author: Person, now: datetime) -> None:
    """Take out a draw of the section, both counted from 1."""
    plan = plan_of(db, shown.version)
    section = section_at(plan, position)
    if not 1 <= place <= len(section.draws):
        raise CannotDoError("That draw is no longer in the test.")
    del section.draws[place - 1]
    store(db, shown, plan, author, now)


def questions_of(db: Session, plan: list[SectionPlan]) -> set[int]:
    """The questions a test holds by name, which no draw may take again."""
    versions = [version for section in plan for version in section.question_versions]
    query = select(QuestionVersion.question_id).where(col(QuestionVersion.id).in_(versions))
    return set(db.exec(query))


def remove_section(db: Session, shown: Shown, position: int, author: Person, now: datetime) -> None:
    """Take out an empty section."""
    plan = plan_of(db, shown.version)
    _check_section(plan, position)
    if plan[position - 1].count:
        raise CannotDoError("This section has questions. Move them or take them out first.")
    if len(plan) == 1:
        raise CannotDoError("A test has at least one section.")
    del plan[position - 1]
    store(db, shown, plan, author, now)


def section_at(plan: list[SectionPlan], position: int) -> SectionPlan:
    """The section at this position, counted from 1."""
    _check_section(plan, position)
    return plan[position - 1]


def _check_section(plan: list[SectionPlan], position: int) -> None:
    if not 1 <= position <= len(plan):
        raise CannotDoError("That section is no longer in the test.")
