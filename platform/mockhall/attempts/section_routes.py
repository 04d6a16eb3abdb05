"""HTTP of sections in order: the warning before leaving, leaving, opening a question whose clock begins with that."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.attempts import closing, opening, queries, section_views, sections
from mockhall.attempts.access import CloseWhenDue, MyAttempt, MyAttemptForUpdate
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.attempts.queries import Room
from mockhall.db import Reading, Writing
from mockhall.exam.clock import stretched
from mockhall.exam.sections import Stage
from mockhall.web.errors import NotYours, Refused, iso
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, refusal, render, wants_fragment, wants_json

router = APIRouter()


def elsewhere(request: Request, room: Room, number: int, now: datetime) -> Response | None:
    """Where question `number` can't be shown: the way on to its section, back to the open one, or how to open it."""
    section, code = room.section_of(number), room.attempt.code
    if section.part.stage is Stage.AHEAD:
        return redirect(request, f"/attempts/{code}/sections/{room.open_section.position}")
    if section.part.stage is Stage.LEFT:
        return redirect(request, f"/attempts/{code}")
    question = room.question(number)
    if question.is_open(now):
        return None
    waiting = [each.number for each in section.questions if section_views.may_go(section, each, now)]
    if not section.part.rules.one_by_one or not waiting:
        return _leaving(request, room, now)
    target = number if number in waiting else next((each for each in waiting if each > number), waiting[0])
    if room.question(target).is_open(now):
        return redirect(request, f"/attempts/{code}/questions/{target}")
    context = {
        "section": section,
        "target": target,
        "is_over": question.response.opened_at is not None,
        "stretched": stretched,
    }
    return render(request, "attempts/open_question.html", room=room, attempt=room.attempt, here=number, **context)


def _leaving(request: Request, room: Room, now: datetime, refused: Refused | None = None) -> Response:
    """The warning before a section is left; at the last one, the summary before handing in."""
    section = room.open_section
    if section_views.next_section(room) is None:
        return redirect(request, f"/attempts/{room.attempt.code}/submission")
    shown = section_views.leaving(room, section)
    template = "attempts/_leave.html" if wants_fragment(request) else "attempts/leave.html"
    here = section_views.nearest(room, now)
    return render(
        request, template, refused.status_code if refused else 200, room=room, attempt=room.attempt, here=here,
        refused=refused, **shown,
    )  # fmt: skip


@router.get("/attempts/{code}/sections/{position}", dependencies=[CloseWhenDue])
def leave_section(request: Request, db: Reading, attempt: MyAttempt, position: int, now: Now) -> Response:
    """What leaving this section means, before it is done."""
    found = queries.room(db, attempt)
    if all(each.position != position for each in found.sections):
        raise NotYours("This test has no such section.")
    if attempt.state != AttemptState.IN_PROGRESS or found.open_section.position != position:
        return redirect(request, f"/attempts/{attempt.code}")
    return _leaving(request, found, now)


@router.post("/attempts/{code}/sections/{position}")
def left_section(request: Request, db: Writing, attempt: MyAttemptForUpdate, position: int, now: Now) -> Response:
    """Leave a section for good; before its minimum time it is refused with the instant it may be left."""
    grace = request.app.state.settings.grace
    if refused := _not_running(attempt, now, grace):
        return _refused(request, attempt, refused)
    try:
        sections.leave(db, attempt, position, now, grace)
    except Refused as error:
        if wants_json(request) or error.reason != "too_early":
            raise
        return _leaving(request, queries.room(db, attempt), now, error)
    if wants_json(request):
        return json_reply(_stands(db, attempt, now))
    return redirect(request, f"/attempts/{attempt.code}")


@router.post("/attempts/{code}/questions/{number}")
def open_question(request: Request, db: Writing, attempt: MyAttemptForUpdate, number: int, now: Now) -> Response:
    """Open a question: from now on its own time runs, and in a one-way section the one before is closed."""
    grace = request.app.state.settings.grace
    if refused := _not_running(attempt, now, grace):
        return _refused(request, attempt, refused)
    row = opening.open_question(db, attempt, number, now, grace)
    if row is None:
        raise NotYours("This test has no question with that number.")
    if wants_json(request):
        opened = {"number": row.number, "question_closes_at": iso(row.closes_at)}
        return json_reply(_stands(db, attempt, now) | opened)
    return redirect(request, f"/attempts/{attempt.code}/questions/{number}")


def _refused(request: Request, attempt: Attempt, refused: Refused) -> Response:
    """For scripts with its reason; a plain form is led to where the attempt stands."""
    return refusal(request, refused) if wants_json(request) else redirect(request, f"/attempts/{attempt.code}")


def _not_running(attempt: Attempt, now: datetime, grace: timedelta) -> Refused | None:
    """Why nothing can be opened or left: it is handed in, or its time is over."""
    if attempt.state != AttemptState.IN_PROGRESS:
        return Refused(409, "submitted", "This test is handed in.")
    if attempt.paused_at is not None:
        return Refused(409, "paused", "The test is paused. Go on with it first.")
    if closing.is_due(attempt, now, grace):
        return Refused(410, "time_over", "Time is up.")
    return None


def _stands(db: Session, attempt: Attempt, now: datetime) -> dict[str, Any]:
    """Where the candidate is now, for scripts."""
    here = next((each for each in sections.parts_of(db, attempt) if each.position == attempt.section), None)
    return {
        "section": attempt.section, "number": attempt.current, "closes_at": iso(here.closes_at) if here else None,
        "url": f"/attempts/{attempt.code}", "server_now": iso(now), "deadline_at": iso(attempt.deadline_at),
    }  # fmt: skip
