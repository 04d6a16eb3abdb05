"""HTTP of the exam room: start, look, save, hand in."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.attempts import closing, devices, queries, replies, section_views, tools, views
from mockhall.attempts.access import CloseWhenDue, MyAttempt, MyAttemptForUpdate
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.forms import ByItself
from mockhall.attempts.models import AttemptState
from mockhall.attempts.room_page import room_at
from mockhall.db import Reading, Writing
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json

router = APIRouter()


@router.get("/attempts/{code}", dependencies=[CloseWhenDue])
def room(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """The room at the question the candidate was at; JSON gives all questions."""
    if wants_json(request):
        return json_reply(views.room_json(queries.room(db, attempt), now))
    return room_at(request, db, attempt, None, now)


@router.get("/attempts/{code}/questions/{number}", dependencies=[CloseWhenDue])
def room_at_question(request: Request, db: Reading, attempt: MyAttempt, number: int, now: Now) -> Response:
    """The same page with question `number` shown; as a fragment, that question and those sent with it."""
    return room_at(request, db, attempt, number, now)


@router.get("/attempts/{code}/responses/{number}")
def back_to_question(request: Request, db: Reading, attempt: MyAttempt, number: int) -> Response:
    """Where a refused answer is opened again, as by a reload without scripts: its question."""
    return redirect(request, f"/attempts/{attempt.code}/questions/{number}")


@router.get("/attempts/{code}/clock")
def clock(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """The server's time and the deadline as it stands: the page asks every 20 seconds, so extra time shows."""
    request.app.state.seen.note(attempt.id or 0, now)
    return replies.clock(attempt, devices.continued_at(db, attempt), now)


@router.get("/attempts/{code}/submission", dependencies=[CloseWhenDue])
def hand_in(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """What is answered and what isn't, before handing in; the room's dialog shows the fragment."""
    if attempt.state not in RUNNING:
        return redirect(request, f"/attempts/{attempt.code}/result")
    found = queries.room(db, attempt)
    until = closing.window_until(db, attempt) if attempt.state == AttemptState.OVERDUE else None
    template = "attempts/_hand_in.html" if wants_fragment(request) else "attempts/hand_in.html"
    return render(request, template, until=until, **views.room_context(found, section_views.nearest(found, now), now))


@router.post("/attempts/{code}/submission")
def submit(by_itself: ByItself, request: Request, db: Writing, attempt: MyAttemptForUpdate, now: Now) -> Response:
    """Hand in, once; pressed again it leads to the same result."""
    state = request.app.state
    tools.refuse_paused(attempt)
    is_closed = closing.hand_in(db, attempt, now, state.settings.grace, state.on_close, by_itself=by_itself)
    return replies.submitted(request, attempt.code, attempt.state, attempt.deadline_at, now, is_closed=is_closed)
