"""HTTP of results: the score breakdown, the review, a person's own attempts, and the reports of staff."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Viewer
from mockhall.attempts import closing, late
from mockhall.attempts.access import CloseWhenDue, MyAttempt
from mockhall.attempts.closing import RUNNING
from mockhall.db import Reading
from mockhall.results import queries, replies, views
from mockhall.results import report as reports
from mockhall.results.access import ReportedPaper
from mockhall.results.forms import AskedReport, AskedReview, Before
from mockhall.results.regrade_list import changes_of
from mockhall.results.review import review
from mockhall.results.sheet import sheet
from mockhall.results.told import told_of
from mockhall.results.views import STATES
from mockhall.web.now import Now
from mockhall.web.pages import render, wants_fragment

router = APIRouter()
OWN_LIST = 100  # attempts


@router.get("/attempts")
def own_attempts(request: Request, db: Reading, person: Viewer, now: Now) -> Response:
    """All attempts of whoever asks; a browser that never started one gets the empty page."""
    grace = request.app.state.settings.grace
    lines = queries.attempts_of_person(db, person, now, grace, OWN_LIST) if person else []
    return render(request, "results/own_attempts.html", lines=lines, limit=OWN_LIST, states=STATES)


@router.get("/attempts/{code}/result", dependencies=[CloseWhenDue])
def result(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """The score breakdown; what may not be seen yet is not in it."""
    if attempt.state in RUNNING:
        return replies.still_running(request, attempt, now, by_itself=closing.ends_by_itself(db, attempt))
    found = sheet(db, attempt, now, request.app.state.settings.grace)
    rulings = told_of(db, attempt.id or 0, found.seen)
    return replies.result(request, found, late.counts(db, attempt.id or 0), changes_of(db, attempt), rulings, now)


@router.get("/attempts/{code}/review", dependencies=[CloseWhenDue])
def reviewed(request: Request, db: Reading, attempt: MyAttempt, asked: AskedReview, now: Now) -> Response:
    """Every question with the answer judged, ten a page."""
    grace = request.app.state.settings.grace
    if attempt.state in RUNNING:
        return replies.review_while_running(request, attempt, now)
    return replies.review(request, review(db, attempt, asked.chosen, asked.page, now, grace), now)


@router.get("/desk/papers/{slug}/report")
def report(
    request: Request, db: Reading, paper: ReportedPaper, asked: AskedReport, before: Before, now: Now
) -> Response:  # fmt: skip
    """The attempts of a paper, newest first."""
    found = reports.report(db, paper, asked, before, now, request.app.state.settings.grace)
    template = "results/_report_attempts.html" if wants_fragment(request) else "results/report.html"
    return render(request, template, **views.report_context(found))
