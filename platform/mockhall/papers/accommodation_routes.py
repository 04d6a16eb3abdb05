"""HTTP of accommodations: a test's list and its form, for staff."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Staff, StaffForUpdate
from mockhall.accounts.cohort_queries import cohorts
from mockhall.db import Reading, Writing
from mockhall.exam.reveal import Item, Matrix
from mockhall.papers import accommodations
from mockhall.papers.accommodation_forms import (
    GivenOne,
    Sent,
    SentAccommodation,
    StaffPaper,
    StaffPaperForUpdate,
    read,
    whom,
)
from mockhall.papers.queries import Shown
from mockhall.web.errors import Refused, iso
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()

# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.


@router.get("/desk/papers/{slug}/accommodations")
def list_given(request: Request, db: Reading, person: Staff, shown: StaffPaper, now: Now) -> Response:
    """Who has other times or more attempts in this test, and the form that gives them."""
    if wants_json(request):
        lines = accommodations.given(db, shown.paper, shown.version).lines
        return json_reply({"accommodations": [_json(each) for each in lines]})
    return _page(request, db, shown, Sent(zone=request.app.state.settings.timezone), now)


@router.post("/desk/papers/{slug}/accommodations")
def give(
    form: SentAccommodation, request: Request, db: Writing, person: StaffForUpdate, shown: StaffPaperForUpdate, now: Now
) -> Response:
    """Own times or more attempts for a person or a cohort."""
    who = whom(db, form)
    said = read(form, shown, who, now)
    if form.errors:
        if wants_json(request):
            return json_reply({"reason": "fields", "fields": form.errors}, 422)
        return _page(request, db, shown, form, now, 422)
    row = accommodations.give(db, shown.paper, who, said, form.reason, person, now)
    if wants_json(request):
        return json_reply({"code": row.code, "opens_at": iso(row.opens_at), "closes_at": iso(row.closes_at)})
    text = f"Given to {who.name}. Attempts that run keep the times they began with."
    return redirect(request, f"/desk/papers/{shown.paper.slug}/accommodations", text)


@router.post("/desk/papers/{slug}/accommodations/{code}")
def take_back(
    form: SentAccommodation, request: Request, db: Writing, person: StaffForUpdate, shown: StaffPaperForUpdate,
    row: GivenOne, now: Now,
) -> Response:  # fmt: skip
    """Take one back."""
    if form.then != "remove":
        raise Refused(422, "nonsense", "This form has a button that isn't known here, so nothing was changed.")
    accommodations.remove(db, shown.paper, row, person, now)
    if wants_json(request):
        return json_reply({"removed": True})
    text = "Taken back: the test’s own rules hold again. Attempts that run keep the times they began with."
    return redirect(request, f"/desk/papers/{shown.paper.slug}/accommodations", text)


@router.get("/desk/papers/{slug}/accommodations/{code}")
def back_to_list(request: Request, shown: StaffPaper) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the list."""
    return redirect(request, f"/desk/papers/{shown.paper.slug}/accommodations")


def _page(request: Request, db: Session, shown: Shown, form: Sent, now: Now, status: int = 200) -> Response:
    version = shown.version
    is_over = version.closes_at is not None and version.closes_at <= now
    told = is_over and Item.RIGHT_ANSWER in Matrix.from_json(version.reveal).closed
    context = {"given": accommodations.given(db, shown.paper, version), "cohorts": cohorts(db), "told": told}
    return render(request, "papers_desk/accommodations.html", status, shown=shown, form=form, **context)


def _json(line: accommodations.Line) -> dict[str, object]:
    row = line.row
    return {
        "code": row.code, "person": line.person.code if line.person else None,
        "cohort": line.cohort.code if line.cohort else None, "name": line.name, "opens_at": iso(row.opens_at),
        "closes_at": iso(row.closes_at), "more_attempts": row.more_attempts, "no_wait": row.no_wait,
        "reason": row.reason, "given_by": line.giver, "given_at": iso(row.given_at),
    }  # fmt: skip
