"""The room's page at a question, or where it leads instead: the same for the app's own route and for the lane's."""

from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from mockhall.attempts import queries, section_views, views
from mockhall.attempts.frames import QUESTIONS, ROOM, Frames
from mockhall.attempts.marks import mark
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.attempts.section_routes import elsewhere
from mockhall.web.errors import NotYours
from mockhall.web.pages import redirect, render, wants_fragment


def room_at(
    request: Request, db: Session, attempt: Attempt, number: int | None, now: datetime,
    frames: Frames | None = None,
) -> Response:  # fmt: skip
    """The room at a question, at the one where the candidate was without a number.

    With `frames`, marks stand in it for what changes by itself (`views.moving_of`)."""
    found = queries.room(db, attempt)
    number = section_views.nearest(found, now) if number is None else number
    if number not in found.states:
        raise NotYours(f"This test has {found.total} questions; there is no question {number}.")
    if attempt.state != AttemptState.IN_PROGRESS:
        where = "submission" if attempt.state == AttemptState.OVERDUE else "result"
        return redirect(request, f"/attempts/{attempt.code}/{where}")
    if attempt.paused_at is not None:
        return redirect(request, f"/attempts/{attempt.code}/pause")
    if away := elsewhere(request, found, number, now):
        return away
    if frames is None:
        template = QUESTIONS if wants_fragment(request) else ROOM
        return render(request, template, **views.room_context(found, number, now))
    marks = {name: mark(name) for name in views.MOVING}
    return HTMLResponse(frames.page(request, found, views.room_context(found, number, now, moving=marks)))
