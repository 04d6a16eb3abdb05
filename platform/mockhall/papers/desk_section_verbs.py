"""The buttons of a section's form: each reads its part of the form, changes the test, and says what it did."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.exam.errors import RuleError
from mockhall.papers import desk_sections
from mockhall.papers.desk import CannotDoError
from mockhall.papers.desk_forms import title_trouble, whole
from mockhall.papers.desk_section_forms import SectionForm, read_draw, read_section
from mockhall.papers.queries import Shown
from mockhall.papers.versions import plan_of


class NotSaidRightError(Exception):
    """Something in the form doesn't fit; what it is stands in the form's errors."""


def _save(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    plan = plan_of(db, shown.version)
    section = read_section(form, desk_sections.section_at(plan, form.position), shown.version.scheme)
    if form.errors:
        raise NotSaidRightError
    desk_sections.edit_section(db, shown, plan, form.position, section, author, now)
    return "The section is saved. Running attempts keep the rules they began with."


def _rename(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    if trouble := title_trouble(form.title):
        raise CannotDoError(trouble)
    desk_sections.rename_section(db, shown, form.position, form.title, author, now)
    return "Renamed."


def _remove(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    desk_sections.remove_section(db, shown, form.position, author, now)
    return "The section is gone."


def _add_draw(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    draw = read_draw(form)
    if form.errors:
        raise NotSaidRightError
    try:
        desk_sections.add_draw(db, shown, form.position, draw, author, now)
    except RuleError as error:
        form.error(error.field, error.text)
        raise NotSaidRightError from error
    return f"{draw.words}: drawn for each candidate."


def _remove_draw(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    place = whole(form.then.partition(":")[2]) or 0
    desk_sections.remove_draw(db, shown, form.position, place, author, now)
    return "The draw is gone."


SECTION_VERBS: dict[str, Callable[[Session, Shown, SectionForm, Person, datetime], str]] = {
    "save": _save, "rename": _rename, "remove": _remove, "add_draw": _add_draw, "remove_draw": _remove_draw,
}  # fmt: skip
"""By the name of the button; `remove_draw:2` names the draw behind the colon."""
