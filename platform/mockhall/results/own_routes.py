"""HTTP of what an owner does with a result: look at it under other schemes, take it away as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Somebody
from mockhall.attempts.access import CloseWhenDue, MyAttempt
from mockhall.attempts.closing import RUNNING
from mockhall.db import Reading
from mockhall.results import replies, what_if
from mockhall.results.export import disposition
from mockhall.results.forms import AskedWhatIf
from mockhall.results.own_csv import own_csv
from mockhall.results.own_pdf import own_data
from mockhall.results.sheet import sheet
from mockhall.web import pdf
from mockhall.web.now import Now

router = APIRouter()


@router.get("/attempts/{code}/what-if", dependencies=[CloseWhenDue])
def compared(request: Request, db: Reading, attempt: MyAttempt, asked: AskedWhatIf, now: Now) -> Response:
    """The same answers under other schemes, once marks and right or wrong may be seen."""
    if attempt.state in RUNNING:
        return replies.review_while_running(request, attempt, now)
    found = sheet(db, attempt, now, request.app.state.settings.grace)
    if not found.seen >= what_if.NEEDED:
        return replies.what_if_later(request, found, what_if.opens_at(found.policy, now))
    return replies.what_if(request, what_if.compared(db, found), asked)


@router.get("/attempts/{code}/result.csv", dependencies=[CloseWhenDue])
def result_csv(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """One row a question; what may not be seen yet is an empty cell."""
    if attempt.state in RUNNING:
        return replies.still_running(request, attempt, now)
    found = sheet(db, attempt, now, request.app.state.settings.grace)
    headers = {"Content-Disposition": disposition(f"result-{found.paper.slug}")}
    return Response(own_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/attempts/{code}/result.pdf", dependencies=[pdf.Required, CloseWhenDue])
def result_pdf(request: Request, db: Reading, attempt: MyAttempt, person: Somebody, now: Now) -> Response:
    """The result to keep or print; what may not be seen yet is a dash. It is made once the route is over."""
    if attempt.state in RUNNING:
        return replies.still_running(request, attempt, now)
    settings = request.app.state.settings
    found = sheet(db, attempt, now, settings.grace)
    data = own_data(found, attempt.candidate or person.shown_name, now, settings)
    return pdf.PdfReply(lambda: pdf.make("result", data, now), disposition(f"result-{found.paper.slug}", "pdf"))
