"""HTTP of a test's room for staff: who is working, giving time to one, some or all, and the page to project."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts import audit
from mockhall.accounts.access import Desk, StaffForUpdate
from mockhall.accounts.models import Person
from mockhall.attempts import desk, events, extra_time, preview_routes, project
from mockhall.attempts.desk import Show
from mockhall.attempts.desk_forms import (
    REASONS,
    AskedWatch,
    ProjectedPaper,
    SentTime,
    TimedAttempt,
    TimeForm,
    WatchedPaper,
    WatchedPaperForUpdate,
    WatchQuery,
)
from mockhall.attempts.models import Attempt
from mockhall.db import Reading, Writing
from mockhall.exam.errors import RuleError
from mockhall.exam.extra_time import parse_minutes
from mockhall.papers.models import Paper
from mockhall.web.errors import Refused, iso
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json

router = APIRouter()
ROUTERS = (router, preview_routes.router)
MINUTE = timedelta(minutes=1)
NOBODY = "Nobody is working on this test with a clock, so there was nobody to give time to."
USUAL, NO_ERRORS = TimeForm("5"), MappingProxyType[str, str]({})
NONE_TICKED = "Tick who is to get the time, or give it to everybody."
HARD = " The test closes hard, so {} less than that."

# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.


@router.get("/desk/papers/{slug}/room")
def room(request: Request, db: Reading, paper: WatchedPaper, asked: AskedWatch, now: Now) -> Response:
    """The running attempts of a test; asked for again every ten seconds by the page itself."""
    template = "attempts_desk/_watch.html" if wants_fragment(request) else "attempts_desk/room.html"
    return _room(request, db, paper, asked, now, template)


def _room(
    request: Request, db: Session, paper: Paper, asked: WatchQuery, now: Now, template: str = "attempts_desk/room.html",
    status: int = 200, form: TimeForm = USUAL, errors: Mapping[str, str] = NO_ERRORS,
) -> Response:  # fmt: skip
    """The room, with the form that gives time as it was sent where something in it doesn't fit."""
    state = request.app.state
    found = desk.watch(db, paper, asked.show, asked.q, state.seen.at, now, state.settings.grace)
    return render(request, template, status, watch=found, reasons=REASONS, form=form, errors=errors)


@router.get("/desk/papers/{slug}/time")
def back_to_room(request: Request, paper: WatchedPaper) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the room."""
    return redirect(request, f"/desk/papers/{paper.slug}/room")


@router.post("/desk/papers/{slug}/time")
def give_time(
    form: SentTime, request: Request, db: Writing, person: StaffForUpdate, paper: WatchedPaperForUpdate, now: Now
) -> Response:
    """More minutes for everybody who is working on a test, or for those ticked."""
    try:
        extra = _minutes(form)
        if not form.is_for_all and not form.ticked:
            raise Refused(422, "fields", NONE_TICKED, fields={"attempt": NONE_TICKED})
    except Refused as refused:
        if wants_json(request):
            raise
        errors = refused.extra["fields"]  # everybody is shown, so that all who were ticked are
        return _room(request, db, paper, WatchQuery(Show.ALL, ""), now, status=422, form=form, errors=errors)
    assert paper.id is not None
    attempts = extra_time.running_of(db, paper.id, None if form.is_for_all else form.ticked)
    given = _give(request, db, person, attempts, extra, form, now)
    if wants_json(request):
        return json_reply({"given_to": given.count, "cut_short": given.cut, "server_now": iso(now)})
    return redirect(request, f"/desk/papers/{paper.slug}/room", _said(given, extra) if given.count else NOBODY)


@router.post("/desk/attempts/{code}/time")
def give_attempt_time(
    form: SentTime, request: Request, db: Writing, person: StaffForUpdate, attempt: TimedAttempt, now: Now
) -> Response:
    """More minutes for one attempt."""
    extra = _minutes(form)
    if attempt.deadline_at is None:
        raise Refused(409, "no_clock", "This attempt has no clock, so there is no time to give.")
    given = _give(request, db, person, [attempt], extra, form, now)
    if wants_json(request):
        return json_reply({"given_to": given.count, "server_now": iso(now), "deadline_at": iso(attempt.deadline_at)})
    said = _said(given, extra) if given.count else "This attempt has ended, so it got no more time."
    return redirect(request, f"/desk/attempts/{attempt.code}", said)


def _minutes(form: TimeForm) -> timedelta:
    try:
        return parse_minutes(form.minutes)
    except RuleError as error:
        raise Refused(422, "fields", error.text, fields={error.field: error.text}) from error


def _give(
    request: Request, db: Session, person: Person, attempts: list[Attempt], extra: timedelta, form: TimeForm, now: Now
) -> extra_time.Given:
    """Give it, and write down who gave what to whom and why."""
    state = request.app.state
    given = extra_time.give(db, attempts, extra, now, state.settings.grace, state.on_close)
    if given.count:
        whom = f"attempt {attempts[0].code}" if len(attempts) == 1 else plural(given.count, "attempt")
        reason = f", {form.reason.lower()}" if form.reason else ""
        text = f"{extra // MINUTE} min to {whom}{reason}"
        audit.write(db, person.id, "time", desk.log_subject(attempts[0].paper_id, text), now)
        for attempt in given.attempts:
            events.note(db, attempt, events.Verb.TIME, f"{plural(extra // MINUTE, 'minute')}{reason}", person, now)
    return given


def _said(given: extra_time.Given, extra: timedelta) -> str:
    minutes = extra // MINUTE
    text = f"{minutes} min given to {plural(given.count, 'attempt')}. Their pages show it within 30 s."
    return text + (HARD.format(plural(given.cut, "attempt got", "attempts got")) if given.cut else "")


# ---------------------------------------------------------------- the page to project


@router.get("/desk/papers/{slug}/project")
def project_page(request: Request, db: Reading, person: Desk, shown: ProjectedPaper, now: Now) -> Response:
    """The address, its code to scan, the access code and the clock, large; how many have started is asked again."""
    count, working = desk.started(db, shown.paper)
    context: dict[str, Any] = {"started": count, "working": working, "shown": shown, "now": now}
    if wants_fragment(request):
        return render(request, "attempts_desk/_started.html", **context)
    address = project.address(request.app.state.settings.base_url or str(request.base_url), shown.paper.slug)
    return render(request, "attempts_desk/project.html", address=address, **context)


@router.get("/desk/papers/{slug}/project.svg")
def project_code(request: Request, db: Reading, person: Desk, shown: ProjectedPaper) -> Response:
    """The code to scan: the address of the test's front page and nothing else."""
    address = project.address(request.app.state.settings.base_url or str(request.base_url), shown.paper.slug)
    return project.picture(address)
