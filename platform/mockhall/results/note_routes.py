"""HTTP of what candidates write beside a question of the review: notes, bookmarks, reported errors."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts import limits
from mockhall.accounts.access import ClientAddress
from mockhall.attempts.access import MyAttempt
from mockhall.db import Reading, Writing
from mockhall.results import note_replies, notes, reported
from mockhall.results.forms import AskedReview
from mockhall.results.note_forms import SentBookmark, SentNote, SentReport
from mockhall.results.notes import Reason
from mockhall.results.reported import Kind
from mockhall.results.review import page_of, review_url
from mockhall.results.review_access import ReviewedQuestionForUpdate
from mockhall.web.now import Now
from mockhall.web.pages import redirect

router = APIRouter()
A_PERSON, AN_ADDRESS, MINUTES = 20, 200, 60  # reports; an address may be a whole school's


@router.get("/attempts/{code}/notes/{number}")
@router.get("/attempts/{code}/bookmarks/{number}")
@router.get("/attempts/{code}/reports/{number}")
def back_to_question(request: Request, db: Reading, attempt: MyAttempt, number: int) -> Response:
    """Where a refused form is opened again, as by a reload: the review at its question."""
    inside = number if 0 < number < 10_000 else 1
    return redirect(request, review_url(attempt.code, page=page_of(inside), number=inside))


@router.post("/attempts/{code}/notes/{number}")
def keep_note(
    form: SentNote, back: AskedReview, request: Request, db: Writing, question: ReviewedQuestionForUpdate, now: Now
) -> Response:
    """Keep a note with its reason, or take it away."""
    form.need()
    if form.errors:
        return note_replies.refused(request, db, question, back, "note", form, now)
    if form.then == "delete":
        notes.delete(db, question.attempt_id, question.number, now)
        return note_replies.kept(request, db, question, back, "Note deleted.")
    notes.keep(db, question.attempt_id, question.number, Reason(form.choice), form.text, now)
    return note_replies.kept(request, db, question, back, "Note saved.")


@router.post("/attempts/{code}/bookmarks/{number}")
def bookmark(
    form: SentBookmark, back: AskedReview, request: Request, db: Writing, question: ReviewedQuestionForUpdate, now: Now
) -> Response:
    """Set a bookmark (`on=1`) or take it away."""
    form.need()
    notes.bookmark(db, question.attempt_id, question.number, on=form.choice == "1", now=now)
    said = "Bookmarked." if form.choice == "1" else "Bookmark taken away."
    return note_replies.kept(request, db, question, back, said, "bookmark")


@router.post("/attempts/{code}/reports/{number}")
def report_error(
    form: SentReport, back: AskedReview, request: Request, db: Writing, question: ReviewedQuestionForUpdate,
    address: ClientAddress, now: Now,
) -> Response:  # fmt: skip
    """Report an error in the question; so many an hour."""
    form.need()
    if form.errors:
        return note_replies.refused(request, db, question, back, "report", form, now)
    for most, who in ((A_PERSON, f"person:{question.attempt.person_id}"), (AN_ADDRESS, address)):
        item = limits.limit_of(most, MINUTES)
        limits.refuse_over(limits.count(db, item, f"report:{who}", now), item)
    kind = Kind(form.choice)
    reported.report(db, question.attempt_id, question.number, question.version_id, kind, form.text, now)
    return note_replies.kept(request, db, question, back, "Reported. Thank you: somebody will look at it.")
