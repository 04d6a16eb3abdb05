"""Parsing the small forms around where a question stands: a button, and what its step takes along."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from starlette.datastructures import FormData

from mockhall.bank.checked import trimmed, trouble
from mockhall.bank.lifecycle import DUE_MONTHS, LONGEST_EVIDENCE, Step, months_later
from mockhall.bank.verifying import Given

FIELDS = ("evidence", "due", "due_on", "remark")
LONGEST_YEARS = 10


@dataclass(frozen=True)
class Press:
    """A button: which step, on which version it was decided, what was typed; `sure` where it had been warned of;
    `verified_at` of the last verification its page knew, as the page writes it, empty where it knew of none."""

    step: Step | None
    version: int
    typed: dict[str, str] = field(default_factory=dict)
    sure: bool = False
    verified_at: str = ""


async def press(request: Request) -> Press:
    """The form of a step."""
    form = await request.form(max_fields=20, max_files=0)
    then, typed = text_of(form, "then"), {name: text_of(form, name) for name in FIELDS if name in form}
    step = Step(then) if then in list(Step) else None
    return Press(step, number_of(form, "version"), typed, text_of(form, "sure") == "1", text_of(form, "verified_at"))


Pressed = Annotated[Press, Depends(press)]


@dataclass(frozen=True)
class Restore:
    """The version to go back to, and the newest one when that was decided."""

    number: int
    version: int


async def restore(request: Request) -> Restore:
    """The form of Restore."""
    form = await request.form(max_fields=20, max_files=0)
    return Restore(number_of(form, "number"), number_of(form, "version"))


SentRestore = Annotated[Restore, Depends(restore)]


def text_of(form: FormData, name: str) -> str:
    """The field with one kind of line end; nothing for a file."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def number_of(form: FormData, name: str) -> int:
    """A whole number of at most eight digits; 0, which no version has, for anything else."""
    text = text_of(form, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0


def read(sent: Press, now: datetime, zone: str) -> tuple[Given, dict[str, str]]:
    """What a step takes along, and a sentence beside each field that doesn't fit."""
    typed, errors = sent.typed, dict[str, str]()
    if sent.step == Step.SEND_BACK:
        remark = trimmed(typed.get("remark", ""))
        _written(errors, "remark", remark, "Say what is to be changed: its author reads this.")
        return Given(remark=remark), errors
    if sent.step != Step.VERIFY:
        return Given(), errors
    evidence = trimmed(typed.get("evidence", ""))
    _written(errors, "evidence", evidence, "Say how you know that it is right: a link, or what you did to check it.")
    due_at = _due(typed.get("due", "12"), typed.get("due_on", ""), now.astimezone(ZoneInfo(zone)), errors)
    return Given(evidence, due_at), errors


def _written(errors: dict[str, str], name: str, text: str, missing: str) -> None:
    said = trouble(text, LONGEST_EVIDENCE) or ("" if text.strip() else missing)
    if said:
        errors[name] = said


def _due(choice: str, day: str, here: datetime, errors: dict[str, str]) -> datetime | None:
    """When to look again: so many months on, or the beginning of a day; none for never."""
    if choice == "never":
        return None
    if choice in map(str, DUE_MONTHS):
        return datetime.combine(months_later(here.date(), int(choice)), time.min, here.tzinfo)
    if choice != "date":
        errors["due"] = "Choose one of the times."
        return None
    try:
        on = date.fromisoformat(day.strip())
    except ValueError:
        errors["due_on"] = "Write the day, such as 2027-09-30."
        return None
    if not here.date() < on <= months_later(here.date(), 12 * LONGEST_YEARS):
        errors["due_on"] = f"Choose a day after today, within {LONGEST_YEARS} years."
        return None
    return datetime.combine(on, time.min, here.tzinfo)
