"""HTTP of one attempt for staff: facts and timeline; late answers accepted, the attempt voided or opened again."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts import audit
from mockhall.accounts.access import StaffForUpdate
from mockhall.accounts.models import Person
from mockhall.attempts import closing, events, late
from mockhall.attempts.access import CloseWhenDue
from mockhall.attempts.desk import log_subject
from mockhall.attempts.desk_forms import REASONS, SaidShown, TimedAttempt
from mockhall.attempts.events import Verb
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.db import Reading, Writing
from mockhall.exam.errors import RuleError
from mockhall.exam.extra_time import parse_minutes
from mockhall.results import actions, void
from mockhall.results.access import ReportedAttempt
from mockhall.results.forms import SentVerb, VerbForm
from mockhall.results.late_desk import attempt_facts, could_read, shown_first
from mockhall.results.timeline import timeline
from mockhall.results.views import STATES
from mockhall.web.errors import Refused, iso
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
EMPTY, NO_ERRORS = VerbForm(), MappingProxyType[str, str]({})
NO_REASON = "Say why: it stands in the log and in the timeline."
VOIDED = "Voided. It counts nowhere now; its answers and marks are kept, and you can put it back."
RESTORED = "Put back. The ranking follows."
REOPENED = "Opened again. The candidate goes on at the test's page; the old marks are gone."
READ_BEFORE = "The candidate could read the right answers. Tick that you know it to open the attempt again."
READ = " (the right answers could be read before)"
NOT_SCORED = "Late answers can be accepted once an attempt is handed in and scored. Nothing was changed."
SHOWN = "These answers arrived after the answers could be read. Tick that you know it to accept. Nothing was changed."
NONE = "There is no late answer here that was not accepted before. Nothing was changed."


@router.get("/desk/attempts/{code}", dependencies=[CloseWhenDue])
def attempt(request: Request, db: Reading, attempt: ReportedAttempt, now: Now) -> Response:
    """The facts of an attempt; late answers beside the stored ones, and what accepting them would change."""
    return _page(request, db, attempt, now)


def _page(
    request: Request, db: Session, attempt: Attempt, now: Now, status: int = 200, errors: Mapping[str, str] = NO_ERRORS,
    form: VerbForm = EMPTY,
) -> Response:  # fmt: skip
    facts = attempt_facts(db, attempt, now, request.app.state.settings.grace)
    return render(
        request, "results/attempt.html", status, facts=facts, states=STATES, now=now, reasons=REASONS, errors=errors,
        verb=form, timeline=timeline(db, facts),
    )  # fmt: skip


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
    events.note(db, attempt, Verb.LATE, f"{plural(count, 'answer')} accepted, score {before} to {after}", person, now)
    if wants_json(request):
        return json_reply({"accepted": count, "score": str(after)})
    return redirect(request, f"/desk/attempts/{attempt.code}", f"{plural(count, 'late answer')} accepted and marked.")


@router.get("/desk/attempts/{code}/late")
@router.get("/desk/attempts/{code}/void")
@router.get("/desk/attempts/{code}/restore")
@router.get("/desk/attempts/{code}/reopen")
@router.get("/desk/attempts/{code}/time")
def back_to_attempt(request: Request, attempt: ReportedAttempt) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the attempt."""
    return redirect(request, f"/desk/attempts/{attempt.code}")


# ---------------------------------------------------------------- taken out, put back, opened again


@router.post("/desk/attempts/{code}/void")
def void_attempt(
    form: SentVerb, request: Request, db: Writing, person: StaffForUpdate, attempt: TimedAttempt, now: Now
) -> Response:
    """Take an attempt out of the results, with a reason."""
    if not form.reason:
        return _refused(request, db, attempt, now, form, {"void-reason": NO_REASON})
    void.void(db, attempt, form.reason, person, now)
    return _done(request, db, person, attempt, now, "void", f"voided: {form.reason}", VOIDED)


@router.post("/desk/attempts/{code}/restore")
def restore_attempt(
    request: Request, db: Writing, person: StaffForUpdate, attempt: TimedAttempt, now: Now
) -> Response:  # fmt: skip
    """Put a voided attempt back."""
    void.restore(db, attempt, person, now)
    return _done(request, db, person, attempt, now, "void", "put back", RESTORED)


@router.post("/desk/attempts/{code}/reopen")
def reopen_attempt(
    form: SentVerb, request: Request, db: Writing, person: StaffForUpdate, attempt: TimedAttempt, now: Now
) -> Response:
    """Let a closed attempt be worked on again for some minutes."""
    if not form.reason:
        return _refused(request, db, attempt, now, form, {"reopen-reason": NO_REASON})
    try:
        extra = parse_minutes(form.minutes) if attempt.deadline_at is not None else timedelta(0)
        is_read = could_read(db, attempt, now, request.app.state.settings.grace)
        if is_read and not form.knows:
            raise RuleError("shown", READ_BEFORE)
        reason = form.reason + (READ if is_read else "")
        void.reopen(db, attempt, extra, reason, person, now)
    except RuleError as error:
        return _refused(request, db, attempt, now, form, {f"reopen-{error.field}": error.text})
    return _done(request, db, person, attempt, now, "reopen", f"opened again: {reason}", REOPENED)


def _refused(
    request: Request, db: Session, attempt: Attempt, now: Now, form: VerbForm, errors: dict[str, str]
) -> Response:  # fmt: skip
    if wants_json(request):
        raise Refused(422, "fields", next(iter(errors.values())), fields=errors)
    return _page(request, db, attempt, now, 422, errors, form)


def _done(
    request: Request, db: Session, person: Person, attempt: Attempt, now: Now, verb: str, logged: str, said: str
) -> Response:  # fmt: skip
    audit.write(db, person.id, verb, log_subject(attempt.paper_id, f"attempt {attempt.code} {logged}"), now)
    if wants_json(request):
        return json_reply({"code": attempt.code, "state": attempt.state, "deadline_at": iso(attempt.deadline_at)})
    return redirect(request, f"/desk/attempts/{attempt.code}", said)
