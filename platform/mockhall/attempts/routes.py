"""HTTP of the exam room: start, look, save, hand in."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts import actions as accounts
from mockhall.accounts import limits
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import adopt_token, cookie_name, give_cookie
from mockhall.attempts import actions, closing, queries, replies, tools, views
from mockhall.attempts.access import CloseWhenDue, MyAttempt, MyAttemptForUpdate, StartablePaper, Starter
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.forms import ByItself, Save, Start
from mockhall.attempts.models import AttemptState
from mockhall.db import Reading, Writing
from mockhall.exam.errors import AnswerError
from mockhall.web.errors import NotYours
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json

router = APIRouter()


# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/papers/{slug}/attempts")
def start(form: Start, request: Request, db: Writing, person: Starter, paper: StartablePaper, now: Now) -> Response:
    """Start, or return to the attempt that runs: pressing twice makes one."""
    token = ""
    if person is None:
        person, token = _new_guest(request, db, form.name, now)
    attempt, is_new = actions.start_or_return(
        db, paper, person, form.name, now, request.app.state.settings.grace, request.app.state.on_close
    )
    response = replies.started(request, attempt, is_new, now, queries.question_count(db, attempt))
    if token:
        give_cookie(request, response, token, person)
    return response


def _new_guest(request: Request, db: Writing, name: str, now: Now) -> tuple[Person, str]:
    """A guest for a browser that has none, under the token it was offered; counted per address."""
    item = limits.limit_of(request.app.state.settings.guest_starts_per_address, 10)
    address = request.client.host if request.client else "unknown"
    limits.refuse_over(limits.count(db, item, f"guest:{address}", now), item)
    guest = accounts.new_guest(db, now, name)
    return guest, adopt_token(db, request.cookies.get(cookie_name(request), ""), guest, now)


@router.get("/attempts/{code}", dependencies=[CloseWhenDue])
def room(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """The room at the question the candidate was at; JSON gives all questions."""
    if wants_json(request):
        return json_reply(views.room_json(queries.room(db, attempt), now))
    return _room_at(request, db, attempt, attempt.current, now)


@router.get("/attempts/{code}/questions/{number}", dependencies=[CloseWhenDue])
def room_at_question(request: Request, db: Reading, attempt: MyAttempt, number: int, now: Now) -> Response:
    """The same page with question `number` shown; as a fragment, that question and those sent with it."""
    return _room_at(request, db, attempt, number, now)


def _room_at(request: Request, db: Reading, attempt: MyAttempt, number: int, now: Now) -> Response:
    found = queries.room(db, attempt)
    if number not in found.states:
        raise NotYours(f"This test has {found.total} questions; there is no question {number}.")
    if attempt.state != AttemptState.IN_PROGRESS:
        where = "submission" if attempt.state == AttemptState.OVERDUE else "result"
        return redirect(request, f"/attempts/{attempt.code}/{where}")
    if attempt.paused_at is not None:
        return redirect(request, f"/attempts/{attempt.code}/pause")
    template = "attempts/_questions.html" if wants_fragment(request) else "attempts/room.html"
    return render(request, template, **views.room_context(found, number, now))


@router.post("/attempts/{code}/responses/{number}")
def save(form: Save, request: Request, db: Writing, attempt: MyAttemptForUpdate, number: int, now: Now) -> Response:
    """Keep an answer; scripts get JSON, a plain form goes on to where its button says."""
    grace = request.app.state.settings.grace
    try:
        saved = actions.save(db, attempt, number, form, now, grace)
    except AnswerError as error:
        return replies.unfit(request, db, attempt, number, form, error, now)
    return replies.saved(request, db, attempt, saved, form, now)


@router.get("/attempts/{code}/submission", dependencies=[CloseWhenDue])
def hand_in(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """What is answered and what isn't, before handing in; the room's dialog shows the fragment."""
    if attempt.state not in RUNNING:
        return redirect(request, f"/attempts/{attempt.code}/result")
    found = queries.room(db, attempt)
    until = closing.window_until(db, attempt) if attempt.state == AttemptState.OVERDUE else None
    template = "attempts/_hand_in.html" if wants_fragment(request) else "attempts/hand_in.html"
    return render(request, template, until=until, **views.room_context(found, attempt.current, now))


@router.post("/attempts/{code}/submission")
def submit(by_itself: ByItself, request: Request, db: Writing, attempt: MyAttemptForUpdate, now: Now) -> Response:
    """Hand in, once; pressed again it leads to the same result."""
    state = request.app.state
    tools.refuse_paused(attempt)
    is_closed = closing.hand_in(db, attempt, now, state.settings.grace, state.on_close, by_itself=by_itself)
    return replies.submitted(request, attempt, is_closed, now)
