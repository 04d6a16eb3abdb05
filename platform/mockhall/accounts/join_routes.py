"""HTTP of cohorts for those who are in them: joining by a code, and leaving."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts import cohorts
from mockhall.accounts.access import StudentForUpdate, Viewer
from mockhall.accounts.cohort_access import OpenCohort, OwnCohort
from mockhall.db import Reading, Writing
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import redirect, refusal, render, wants_json

router = APIRouter()
CLOSED = "This code opens no cohort. It may be mistyped, or joining is turned off. Ask whoever gave it to you."


# `cohort` stands before `db`: a wrong code is counted in a short session of its own (cohort_access.py).
@router.get("/join/{code}")
def join_page(request: Request, cohort: OpenCohort, code: str, db: Reading, viewer: Viewer) -> Response:
    """What one would join, and the button; who has no account yet is told the way."""
    if cohort is None:
        return _closed(request)
    is_in = viewer is not None and cohorts.is_in(db, cohort, viewer)
    return render(request, "cohorts/join.html", cohort=cohort, code=cohort.join_code, is_in=is_in)


@router.post("/join/{code}")
def join(
    request: Request, cohort: OpenCohort, code: str, db: Writing, person: StudentForUpdate, now: Now
) -> Response:  # fmt: skip
    """Come in; doing it twice changes nothing."""
    found = cohorts.open_by_code(db, code, lock=True) if cohort else None  # it may have been turned off meanwhile
    if found is None:
        return _closed(request)
    came = cohorts.join(db, found, person, now)
    return redirect(
        request, "/account", f"You are in {found.name} now." if came else f"You are in {found.name} already."
    )


@router.post("/account/cohorts/{code}")
def leave(request: Request, db: Writing, person: StudentForUpdate, cohort: OwnCohort, now: Now) -> Response:
    """Leave a cohort; attempts and results stay one's own."""
    cohorts.take_out(db, cohort, person, now, person.id)
    return redirect(request, "/account", f"You have left {cohort.name}.")


def _closed(request: Request) -> Response:
    if wants_json(request):
        return refusal(request, Refused(404, "not_found", CLOSED))
    return render(request, "cohorts/closed.html", 404, said=CLOSED)
