"""Verbs on the sections of a paper, at the desk."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.papers.desk import CannotDoError, store
from mockhall.papers.queries import Shown
from mockhall.papers.versions import SectionPlan, plan_of

MOST_SECTIONS = 20


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


def _check_section(plan: list[SectionPlan], position: int) -> None:
    if not 1 <= position <= len(plan):
        raise CannotDoError("That section is no longer in the test.")
