"""Parsing what staff send to give an accommodation: whom it is for, what is otherwise, and why."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlmodel import Session, select

from mockhall.accounts.access import Staff, StaffForUpdate
from mockhall.accounts.models import Cohort, Person
from mockhall.accounts.queries import named, person_with_code
from mockhall.db import Reading, Writing
from mockhall.exam.terms import Accommodation, terms_with
from mockhall.papers.accommodations import Whom, find
from mockhall.papers.desk_forms import text_of, whole
from mockhall.papers.desk_times import instant
from mockhall.papers.models import Paper, PaperAccommodation
from mockhall.papers.queries import Shown
from mockhall.papers.queries import find as find_paper
from mockhall.papers.terms import terms_of
from mockhall.web.errors import NotYours

MOST_FOUND = 10
FIELDS = ("who", "person", "cohort", "opens", "closes", "more_attempts", "reason")


@dataclass
class Sent:
    """The form as typed; `found` are the people it could mean, where there are several."""

    typed: dict[str, str] = field(default_factory=dict)
    no_wait: bool = False
    then: str = ""
    zone: str = "UTC"
    errors: dict[str, str] = field(default_factory=dict)
    found: list[Person] = field(default_factory=list)

    def __getattr__(self, name: str) -> str:
        """`form.reason` in a template is what was typed."""
        if name not in FIELDS:
            raise AttributeError(name)
        return self.typed.get(name, "")


async def sent(request: Request) -> Sent:
    """The form as sent."""
    form = await request.form(max_fields=40, max_files=0)
    typed = {name: text_of(form, name).replace("\0", "")[:400] for name in FIELDS if name in form}
    zone = request.app.state.settings.timezone
    return Sent(typed, text_of(form, "no_wait") == "1", text_of(form, "then"), zone)


SentAccommodation = Annotated[Sent, Depends(sent)]


def whom(db: Session, form: Sent) -> Whom:
    """Who is meant; where that can't be told it is said beside the field."""
    if form.cohort and (form.who or form.person):
        form.errors["cohort"] = "Name a person or choose a cohort, not both."
    elif form.cohort:
        cohort = db.exec(select(Cohort).where(Cohort.code == form.cohort)).first()
        if cohort is not None and cohort.archived_at is None:
            return Whom(cohort=cohort)
        form.errors["cohort"] = "This cohort is gone or archived. Choose one of those offered."
    elif form.person:
        person = person_with_code(db, form.person)
        if person is not None and person.merged_into_id is None:
            return Whom(person)
        form.errors["who"] = "This person is not here any more. Look again."
    else:
        return _looked_for(db, form)
    return Whom()


def _looked_for(db: Session, form: Sent) -> Whom:
    if not form.who:
        form.errors["who"] = "Write an email, a name or a roll number, or choose a cohort."
        return Whom()
    found = named(db, form.who, MOST_FOUND + 1)
    if len(found) == 1:
        return Whom(found[0])
    form.found = found[:MOST_FOUND]
    several = (
        f"{'More than ' if len(found) > MOST_FOUND else ''}{len(form.found)} people fit. Choose one, or write more."
    )
    form.errors["who"] = several if found else "Nobody has this email, name or roll number."
    return Whom()


def read(form: Sent, shown: Shown, whom: Whom, now: datetime) -> Accommodation:
    """What is to be otherwise. Errors stand beside the fields; an opening has to be before the closing that holds."""
    zone, errors = ZoneInfo(form.zone), form.errors
    opens = instant(form.opens, None, zone, "opens", errors)
    closes = instant(form.closes, None, zone, "closes", errors)
    more = whole(form.more_attempts or "0")
    if more is None or more > 100:
        errors["more_attempts"] = "Write a number from 1 to 100, or nothing for no more."
    if closes is not None and closes <= now:
        errors["closes"] = "This time is over. Write one to come."
    if not 1 <= len(form.reason) <= 200 or not form.reason.isprintable():
        errors["reason"] = "Say why in at most 200 characters. The candidate doesn’t see it."
    said = Accommodation(whom.person is not None, opens, closes, more or 0, form.no_wait)
    times_said = errors.keys().isdisjoint({"opens", "closes", "more_attempts"})
    if times_said and said == Accommodation(said.is_own):
        errors["opens"] = "Say what is to be otherwise: an opening, a closing, more attempts or no wait."
    held = terms_with(terms_of(shown.version), [said])
    is_backwards = held.opens_at and held.closes_at and held.opens_at >= held.closes_at
    if is_backwards and errors.keys().isdisjoint({"opens", "closes"}):
        errors["closes" if closes else "opens"] = "It would close before it opens. Change one of the two."
    return said


# ---------------------------------------------------------------- which paper, and the cohorts to choose from


def _paper(db: Session, slug: str, *, lock: bool) -> Shown:
    if "\0" not in slug:
        if lock:  # two at once must not both find that somebody has none
            db.exec(select(Paper.id).where(Paper.slug == slug).with_for_update()).first()
        found = find_paper(db, slug)
        if found is not None:
            return found
    raise NotYours("There is no test at this address.")


def staff_paper(db: Reading, _person: Staff, slug: str) -> Shown:
    """The test at this address, for staff."""
    return _paper(db, slug, lock=False)


def staff_paper_for_update(db: Writing, _person: StaffForUpdate, slug: str) -> Shown:
    """The same, on the session that writes."""
    return _paper(db, slug, lock=True)


StaffPaper = Annotated[Shown, Depends(staff_paper)]
StaffPaperForUpdate = Annotated[Shown, Depends(staff_paper_for_update)]


def given_one(db: Writing, shown: StaffPaperForUpdate, code: str) -> PaperAccommodation:
    """The accommodation of this test with this code."""
    found = find(db, shown.paper, code)
    if found is None:
        raise NotYours("This accommodation is not there any more.")
    return found


GivenOne = Annotated[PaperAccommodation, Depends(given_one)]
