"""HTTP of reported errors at the desk: the list, one of them, and what became of it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Desk, DeskForUpdate
from mockhall.db import Reading, Writing
from mockhall.results import reported
from mockhall.results.forms import Before
from mockhall.results.models import ReportStatus
from mockhall.results.note_forms import SentOutcome, Written
from mockhall.results.note_words import KINDS
from mockhall.results.review_access import Correction, CorrectionForUpdate
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()


@router.get("/desk/corrections")
def corrections(request: Request, db: Reading, person: Desk, before: Before) -> Response:
    """Reported errors: the open ones, or with `state=closed` the answered ones."""
    closed = request.query_params.get("state") == ReportStatus.CLOSED
    status = ReportStatus.CLOSED if closed else ReportStatus.OPEN
    found = reported.listed(db, status, before)
    return render(request, "results/corrections.html", found=found, kinds=KINDS)


@router.get("/desk/corrections/{code}")
def correction(request: Request, db: Reading, person: Desk, row: Correction) -> Response:
    """One reported error with its question."""
    shown = reported.with_question(db, row)
    return _page(request, db, shown, Written())


@router.post("/desk/corrections/{code}")
def close_correction(
    form: SentOutcome, request: Request, db: Writing, person: DeskForUpdate, row: CorrectionForUpdate, now: Now
) -> Response:
    """Answer a report; whoever sent it reads the answer in the review."""
    form.need()
    if form.errors:
        if wants_json(request):
            return json_reply({"reason": "nonsense", "field": "text", "text": form.errors["text"]}, 422)
        shown = reported.with_question(db, row)
        return _page(request, db, shown, form, 422)
    reported.close(db, row, form.text, person.id, now)
    if wants_json(request):
        return json_reply({"status": row.status, "outcome": row.outcome})
    return redirect(request, "/desk/corrections", "Answered. Whoever reported it reads this in the review.")


def _page(request: Request, db: Session, shown: reported.Reported, written: Written, status: int = 200) -> Response:
    """One report, with the question as its reporter had it."""
    asked = reported.as_asked(db, shown)
    alike = reported.alike(db, shown)
    return render(
        request, "results/correction.html", status, shown=shown, asked=asked, alike=alike, kinds=KINDS, written=written
    )
