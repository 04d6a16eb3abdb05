"""The buttons of a section's form: each reads its part of the form, changes the test, and says what it did."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.exam.draws import Draw
from mockhall.exam.errors import RuleError
from mockhall.papers import desk_draws, desk_order, desk_sections
from mockhall.papers.desk import CannotDoError
from mockhall.papers.desk_forms import title_trouble
from mockhall.papers.desk_order import Move
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
    draw = _read_draw(db, form)
    try:
        desk_sections.add_draw(db, shown, form.position, draw, author, now)
    except RuleError as error:
        form.error(error.field, error.text)
        raise NotSaidRightError from error
    return f"{draw.words}: drawn for each candidate."


def _save_draw(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    """The draw named behind the button's colon, as its form says it now."""
    draw = _read_draw(db, form)
    try:
        desk_sections.change_draw(db, shown, form.position, form.draw, draw, author, now)
    except RuleError as error:
        form.error(error.field, error.text)
        raise NotSaidRightError from error
    return f"{draw.words}: drawn for each candidate."


def _read_draw(db: Session, form: SectionForm) -> Draw:
    draw = read_draw(form)
    if draw.topic and not desk_draws.is_topic(db, draw.topic):
        form.error("draw_topic", f"There is no topic “{draw.topic}”. Choose one of those offered.")
    if form.errors:
        raise NotSaidRightError
    return draw


def _move_draw(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    at, by = form.draw, -1 if form.then.startswith("draw_up") else 1
    section = desk_sections.section_at(plan_of(db, shown.version), form.position)
    to = min(max(1, at + by), len(section.draws))
    return desk_order.move(db, shown, Move("draw", form.position, at, form.position, to), author, now)


def _move(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    to = form.position + (-1 if form.then == "up" else 1)
    to = min(max(1, to), len(plan_of(db, shown.version)))
    return desk_order.move(db, shown, Move("section", 0, form.position, 0, to), author, now)


def _remove_draw(db: Session, shown: Shown, form: SectionForm, author: Person, now: datetime) -> str:
    desk_sections.remove_draw(db, shown, form.position, form.draw, author, now)
    return "The draw is gone."


SECTION_VERBS: dict[str, Callable[[Session, Shown, SectionForm, Person, datetime], str]] = {
    "save": _save, "rename": _rename, "remove": _remove, "add_draw": _add_draw, "remove_draw": _remove_draw,
    "save_draw": _save_draw, "draw_up": _move_draw, "draw_down": _move_draw, "up": _move, "down": _move,
}  # fmt: skip
"""By the name of the button; `remove_draw:2` names the draw behind the colon."""
