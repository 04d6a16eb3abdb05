"""Replies to what a candidate writes beside a question: that piece of the page, the page at it, or JSON."""

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.results import views
from mockhall.results.forms import ReviewQuery
from mockhall.results.note_forms import Written
from mockhall.results.note_words import NOTE_WORDS
from mockhall.results.own import Own, owns
from mockhall.results.review import asked, page_of, review, review_url
from mockhall.results.review_access import ReviewedQuestion
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json


def own_json(own: Own) -> dict[str, Any]:
    """What is the candidate's own beside a question, for scripts."""
    note = {"reason": own.reason, "text": own.text} if own.reason else None
    report = own.report
    said = {"kind": report.kind, "status": report.status, "outcome": report.outcome} if report else None
    return {"bookmarked": own.bookmarked, "note": note, "report": said}


def kept(
    request: Request, db: Session, question: ReviewedQuestion, back: ReviewQuery, say: str, focus: str = "happened"
) -> Response:
    """What was written is stored; `focus` is what of the piece gets the focus: what happened, or the bookmark."""
    own = owns(db, question.attempt_id, [question.number])[question.number]
    if wants_json(request):
        return json_reply({"saved": True, **own_json(own)})
    if wants_fragment(request):
        return _piece(request, 200, question, own, back, happened=say, focus=focus)
    return redirect(request, review_url(question.attempt.code, back.chosen, back.page, question.number), say)


def refused(
    request: Request, db: Session, question: ReviewedQuestion, back: ReviewQuery, name: str, written: Written,
    now: datetime,
) -> Response:  # fmt: skip
    """422: nothing was stored; what was typed stays in the form `name`, what doesn't fit is said beside it."""
    if wants_json(request):
        first = next(iter(written.errors.items()))
        return json_reply({"saved": False, "reason": "nonsense", "field": first[0], "text": first[1]}, 422)
    if wants_fragment(request):
        own = owns(db, question.attempt_id, [question.number])[question.number]
        return _piece(request, 422, question, own, back, typed={name: written})
    page = review(db, question.attempt, frozenset(), page_of(question.number), now, request.app.state.settings.grace)
    context = views.review_context(page, now) | {"typed": {name: written}, "typed_number": question.number}
    return render(request, "results/review.html", 422, **context)


def _piece(
    request: Request, status: int, question: ReviewedQuestion, own: Own, back: ReviewQuery, **changes: Any
) -> Response:  # fmt: skip
    context: dict[str, Any] = {"typed": {}, "happened": "", "focus": "", **NOTE_WORDS, **changes}
    where = asked(back.chosen, back.page)
    context |= {"typed_number": own.number if context["typed"] else 0}
    return render(request, "results/_own.html", status, own=own, attempt=question.attempt, back=where, **context)
