"""HTTP of one attempt for staff: its facts, and accepting the answers that came late, all or none."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts import audit
from mockhall.accounts.access import StaffForUpdate
from mockhall.attempts import closing, late
from mockhall.attempts.access import CloseWhenDue
from mockhall.attempts.desk import log_subject
from mockhall.attempts.desk_forms import REASONS, SaidShown, TimedAttempt
from mockhall.attempts.models import AttemptState
from mockhall.db import Reading, Writing
from mockhall.results import actions
from mockhall.results.access import ReportedAttempt
from mockhall.results.late_desk import attempt_facts, shown_first
from mockhall.results.views import STATES
from mockhall.web.errors import Refused
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
NOT_SCORED = "Late answers can be accepted once an attempt is handed in and scored. Nothing was changed."
SHOWN = "These answers arrived after the answers could be read. Tick that you know it to accept. Nothing was changed."
NONE = "There is no late answer here that was not accepted before. Nothing was changed."


@router.get("/desk/attempts/{code}", dependencies=[CloseWhenDue])
def attempt(request: Request, db: Reading, attempt: ReportedAttempt, now: Now) -> Response:
    """The facts of an attempt; late answers beside the stored ones, and what accepting them would change."""
    facts = attempt_facts(db, attempt, request.app.state.settings.grace)
    return render(request, "results/attempt.html", facts=facts, states=STATES, now=now, reasons=REASONS)


@router.post("/desk/attempts/{code}/late")
def accept_late(
    is_said: SaidShown, request: Request, db: Writing, person: StaffForUpdate, attempt: TimedAttempt, now: Now
) -> Response:
    """Let all late answers of an attempt count: they take the place of the stored ones, and it is marked anew.

    Where they came when the right ones could be read, that must be said with it."""
    state = request.app.state
    closing.settle(db, attempt, now, state.settings.grace, state.on_close)
    if attempt.state != AttemptState.SCORED:
        raise Refused(409, "not_scored", NOT_SCORED)
    assert attempt.id is not None
    came = [each.late for each in late.waiting(db, attempt.id)]
    is_shown = shown_first(db, attempt, came, state.settings.grace)
    if is_shown and not is_said:
        raise Refused(409, "answers_shown", SHOWN)
    count = late.accept(db, attempt.id, person.id, now)
    if not count:
        raise Refused(409, "none_late", NONE)
    before, after = actions.regrade(db, attempt, now)
    text = f"{plural(count, 'late answer')} of attempt {attempt.code}, score {before} to {after}"
    text += ", came after answers were shown" if is_shown else ""
    audit.write(db, person.id, "late", log_subject(attempt.paper_id, text), now)
    if wants_json(request):
        return json_reply({"accepted": count, "score": str(after)})
    return redirect(request, f"/desk/attempts/{attempt.code}", f"{plural(count, 'late answer')} accepted and marked.")
