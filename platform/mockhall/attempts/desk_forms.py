"""What staff send from a test's room: minutes with a reason, and whom they are for; and which test or attempt it is."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, select

from mockhall.accounts.access import Desk, Staff, StaffForUpdate
from mockhall.attempts.desk import Show
from mockhall.attempts.fields import read_fields
from mockhall.attempts.models import Attempt
from mockhall.db import Reading, Writing
from mockhall.papers.models import Paper
from mockhall.papers.queries import Shown, find
from mockhall.web.errors import NotYours

REASONS = ("Network fault", "Power cut", "Late start", "Agreed beforehand", "Other")
MOST_TICKED = 500


@dataclass(frozen=True)
class TimeForm:
    """Minutes as typed, the reason, and the attempts ticked."""

    minutes: str = ""
    reason: str = ""
    ticked: tuple[str, ...] = ()
    is_for_all: bool = True


async def time_form(request: Request) -> TimeForm:
    """The form that gives time; what it can't be is said beside the field, not here."""
    form = await request.form(max_fields=MOST_TICKED + 20, max_files=0)
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and "\0" not in value]
    one = {name: value[:200] for name, value in fields}
    ticked = tuple(value[:24] for name, value in fields if name == "attempt")
    reason = one.get("reason", "")
    return TimeForm(one.get("minutes", ""), reason if reason in REASONS else "", ticked, one.get("for") != "ticked")


SentTime = Annotated[TimeForm, Depends(time_form)]


async def said_shown(request: Request) -> bool:
    """Does who accepts late answers say that the right ones could be read before they came?"""
    return (await read_fields(request, 10)).get("shown", [""])[-1] == "1"


SaidShown = Annotated[bool, Depends(said_shown)]


@dataclass(frozen=True)
class WatchQuery:
    """`?show=all&q=asha` of a test's room; what can't be read counts as not given."""

    show: Show
    q: str


def watch_query(request: Request) -> WatchQuery:
    """Which attempts are asked for."""
    show, q = request.query_params.get("show", ""), request.query_params.get("q", "")
    return WatchQuery(Show(show) if show in list(Show) else Show.LOOK, " ".join(q.replace("\0", "")[:80].split()))


AskedWatch = Annotated[WatchQuery, Depends(watch_query)]


# ---------------------------------------------------------------- which test, which attempt

NO_TEST = "There is no test at this address."


def _paper(db: Session, slug: str) -> Paper:
    paper = None if "\0" in slug else db.exec(select(Paper).where(Paper.slug == slug)).first()
    if paper is None:
        raise NotYours(NO_TEST)
    return paper


def watched_paper(db: Reading, _person: Staff, slug: str) -> Paper:
    """The test with this slug, published or not, for staff."""
    return _paper(db, slug)


def watched_paper_for_update(db: Writing, _person: StaffForUpdate, slug: str) -> Paper:
    """The same, on the session that writes."""
    return _paper(db, slug)


def projected_paper(db: Reading, _person: Desk, slug: str) -> Shown:
    """The test with its newest version, for editors and staff."""
    found = None if "\0" in slug else find(db, slug)
    if found is None:
        raise NotYours(NO_TEST)
    return found


def timed_attempt(db: Writing, _person: StaffForUpdate, code: str) -> Attempt:
    """The attempt with this code, for staff, on the session that writes; on PostgreSQL the row is locked."""
    query = select(Attempt).where(Attempt.code == code).with_for_update()
    attempt = None if "\0" in code else db.exec(query).first()
    if attempt is None:
        raise NotYours("There is no attempt at this address.")
    return attempt


WatchedPaper = Annotated[Paper, Depends(watched_paper)]
WatchedPaperForUpdate = Annotated[Paper, Depends(watched_paper_for_update)]
ProjectedPaper = Annotated[Shown, Depends(projected_paper)]
TimedAttempt = Annotated[Attempt, Depends(timed_attempt)]
