"""The replies of the exam room, each as JSON for scripts and as a page or redirect for plain forms."""

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.attempts import queries, views
from mockhall.attempts.actions import Saved
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.models import Attempt
from mockhall.exam.errors import AnswerError
from mockhall.exam.saving import Verdict
from mockhall.web.errors import Refused, iso
from mockhall.web.pages import json_reply, redirect, refusal, render, wants_json

TOO_LATE = "Time was up before this arrived, so it doesn't count. What was saved before is handed in."
HANDED_IN = "This test is handed in, so answers can't change any more."
STALE = "This question was answered in another tab or on another device. Below is your answer; save to keep it."


def started(request: Request, attempt: Attempt, is_new: bool, now: datetime, questions: int) -> Response:
    """303 to the room; JSON 201 for a new attempt and 200 for the one already running."""
    url = f"/attempts/{attempt.code}"
    if not wants_json(request):
        return redirect(request, url)
    content = {
        "code": attempt.code, "url": url, "deadline_at": iso(attempt.deadline_at), "server_now": iso(now),
        "questions": questions,
    }  # fmt: skip
    return json_reply(content, 201 if is_new else 200)


def saved(request: Request, db: Session, attempt: Attempt, result: Saved, form: SaveForm, now: datetime) -> Response:
    """What became of a save."""
    if result.verdict in {Verdict.SAVE, Verdict.SAME}:
        return _kept(request, db, attempt, result, form, now)
    row = result.response
    if result.verdict is Verdict.TIME_OVER:
        return refusal(request, Refused(410, "time_over", TOO_LATE, saved=False, **_clock(attempt, now)))
    if result.verdict is Verdict.SUBMITTED:
        return refusal(request, Refused(409, "submitted", HANDED_IN, saved=False))
    if wants_json(request):
        return json_reply({"saved": False, "reason": "stale", "text_shown": STALE, **views.stored_json(row)}, 409)
    draft = views.Draft(row.number, form.choice, form.text, STALE, form.marked)
    return _room_page(request, db, attempt, row.number, now, 409, draft)


def _kept(request: Request, db: Session, attempt: Attempt, result: Saved, form: SaveForm, now: datetime) -> Response:
    row = result.response
    if wants_json(request):
        content = {"saved": True, "seq": row.seq, "saved_at": iso(row.saved_at or now), **_clock(attempt, now)}
        return json_reply(content)
    target = form.goes_to(row.number, queries.question_count(db, attempt))
    if target is None:
        return redirect(request, f"/attempts/{attempt.code}/submission")
    return redirect(request, f"/attempts/{attempt.code}/questions/{target}")


def unfit(
    request: Request, db: Session, attempt: Attempt, number: int, form: SaveForm, error: AnswerError, now: datetime
) -> Response:
    """422: the answer doesn't fit the question. The stored one stays; the page shows what was sent and why not."""
    if wants_json(request):
        return json_reply({"saved": False, "reason": "nonsense", "field": error.field, "text": error.text}, 422)
    draft = views.Draft(number, form.choice, form.text, error.text, form.marked)
    return _room_page(request, db, attempt, number, now, 422, draft)


def _room_page(
    request: Request, db: Session, attempt: Attempt, number: int, now: datetime, status: int, draft: views.Draft
) -> Response:
    found = queries.room(db, attempt)
    return render(request, "attempts/room.html", status, **views.room_context(found, number, now, draft))


def submitted(request: Request, attempt: Attempt, is_closed: bool, now: datetime) -> Response:
    """303 to the result, which waits by itself while the grace runs."""
    url = f"/attempts/{attempt.code}/result"
    if wants_json(request):
        return json_reply({"state": attempt.state, "closed": is_closed, "url": url, **_clock(attempt, now)})
    return redirect(request, url)


def _clock(attempt: Attempt, now: datetime) -> dict[str, Any]:
    return {"server_now": iso(now), "deadline_at": iso(attempt.deadline_at)}
