"""HTTP of people at the desk: a list, one person, and their extra time."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from mockhall.accounts import actions, queries
from mockhall.accounts.access import Staff, StaffForUpdate
from mockhall.accounts.models import Person
from mockhall.db import Reading, Writing
from mockhall.exam.clock import TIME_FACTORS, parse_time_factor
from mockhall.exam.errors import RuleError
from mockhall.web.errors import NotYours
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
NOBODY = "There is nobody at this address."
LAST_PAGE = 10_000


def desk_person(db: Reading, _staff: Staff, code: str) -> Person:
    """The person with this code, for staff."""
    return _found(queries.person_with_code(db, code))


def desk_person_for_update(db: Writing, _staff: StaffForUpdate, code: str) -> Person:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _found(queries.person_with_code(db, code, lock=True))


def _found(person: Person | None) -> Person:
    if person is None:
        raise NotYours(NOBODY)
    return person


async def sent_factor(request: Request) -> str:
    """The time factor as sent."""
    value = (await request.form(max_fields=20, max_files=0)).get("time_factor", "")
    return value[:40] if isinstance(value, str) else ""


SentFactor = Annotated[str, Depends(sent_factor)]
DeskPerson = Annotated[Person, Depends(desk_person)]
DeskPersonForUpdate = Annotated[Person, Depends(desk_person_for_update)]


@router.get("/desk/people")
def people(request: Request, db: Reading, person: Staff) -> Response:
    """People by name or address."""
    q, page = request.query_params.get("q", ""), request.query_params.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    q = " ".join(q.replace("\0", "")[:80].split())
    return render(request, "people/people.html", found=queries.people(db, q, min(max(number, 1), LAST_PAGE)))


@router.get("/desk/people/{code}")
def one_person(request: Request, db: Reading, person: Staff, shown: DeskPerson) -> Response:
    """Who it is, and the time they get."""
    return render(request, "people/person.html", shown=shown, factors=TIME_FACTORS, error="")


@router.post("/desk/people/{code}")
def set_time_factor(
    text: SentFactor, request: Request, db: Writing, person: StaffForUpdate, shown: DeskPersonForUpdate, now: Now
) -> Response:
    """Give a person extra time; the attempts they are in get it at once."""
    try:
        factor = parse_time_factor(text)
    except RuleError as error:
        if wants_json(request):
            return json_reply({"reason": "fields", "fields": {error.field: error.text}}, 422)
        return render(request, "people/person.html", 422, shown=shown, factors=TIME_FACTORS, error=error.text)
    before = shown.time_factor
    actions.set_time_factor(db, shown, factor, now, person.id)
    moved = request.app.state.on_time_factor(db, shown, now)
    if wants_json(request):
        return json_reply({"time_factor": str(factor), "moved": moved})
    said = f"Saved. {plural(moved, 'running attempt ends', 'running attempts end')} later." if moved else "Saved."
    if factor < before:
        said += " Attempts that run keep the time they have."
    return redirect(request, f"/desk/people/{shown.code}", said)
