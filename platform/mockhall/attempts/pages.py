"""Pages the lane's replies need, built in a thread with a session: the lane itself has none and must not wait."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import and_, bindparam
from sqlmodel import Session, col, select

from mockhall.accounts.access import load_viewer
from mockhall.accounts.models import LoginSession, Person
from mockhall.accounts.sessions import IS_OPEN, cookie_name, session_of
from mockhall.attempts import entry, late, queries, views
from mockhall.attempts.access import close_when_due
from mockhall.attempts.beginning import Pattern, with_drawn
from mockhall.attempts.facts import shared
from mockhall.attempts.forms import StartForm
from mockhall.attempts.frames import Frames
from mockhall.attempts.lane_save import Save
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.attempts.room import Room
from mockhall.attempts.room_page import room_at
from mockhall.papers import queries as papers
from mockhall.papers.models import Paper, PaperVersion
from mockhall.web.errors import NotYours, Refused
from mockhall.web.pages import redirect, render
from mockhall.web.pages import refusal as refusal_page

T = TypeVar("T")
LOCKED = "This question is closed, so its answer can't change any more. What was saved before counts."
PAUSED = "The test is paused, and this could not be kept. What was saved before counts. Go on with the test first."


async def in_thread(request: Request, build: Callable[[Session], T]) -> T:
    """What `build` makes of a session for looking."""

    def run() -> T:
        with request.app.state.database.reading() as db:
            return build(db)

    return await asyncio.get_running_loop().run_in_executor(shared(request).threads, run)


async def refusal(request: Request, refused: Refused) -> Response:
    """A refusal as a page, which names who is signed in."""

    def build(db: Session) -> Response:
        load_viewer(db, request, request.app.state.clock())
        return refusal_page(request, refused)

    return await in_thread(request, build)


async def room(request: Request, code: str, draft: views.Draft, now: datetime, status: int) -> Response:
    """The room with what a refused form held, and why. The caller has seen to whose it is."""

    def build(db: Session) -> Response:
        load_viewer(db, request, now)
        attempt = db.exec(select(Attempt).where(col(Attempt.code) == code)).one()
        if attempt.state != AttemptState.IN_PROGRESS:
            return redirect(request, f"/attempts/{code}")
        found = queries.room(db, attempt)
        if shut := _shut(found, draft.number, now):
            return refusal_page(request, shut)
        return render(request, "attempts/room.html", status, **views.room_context(found, draft.number, now, draft))

    return await in_thread(request, build)


# Whose it is, it, and its paper, which the room would else ask for one after the other.
_MINE = (
    select(Person, Attempt, Paper)
    .join(LoginSession, and_(*IS_OPEN))
    .join(Attempt, and_(col(Attempt.person_id) == col(Person.id), col(Attempt.code) == bindparam("code")))
    .join(Paper, col(Paper.id) == col(Attempt.paper_id))
)


async def room_page(request: Request, code: str, number: int | None, now: datetime) -> Response:
    """The room with marks for what changes by itself; or where it leads instead, which has none."""

    def build(db: Session) -> Response:
        given = session_of(request.cookies.get(cookie_name(request), ""), now)
        mine = db.execute(_MINE, {**given, "code": code}).first()
        if mine is None:
            raise NotYours
        request.state.person, attempt, _ = mine
        return room_at(request, db, attempt, number, now, _frames(request))

    return await in_thread(request, build)


def _frames(request: Request) -> Frames:
    found: Frames = request.app.state.frames
    return found


def _shut(found: Room, number: int, now: datetime) -> Refused | None:
    """Why a question is not shown, though a save of it could be kept: the clock stands, or its grace runs."""
    if found.attempt.paused_at is not None:
        return Refused(409, "paused", PAUSED, saved=False)
    if not (found.section_of(number).is_open and found.question(number).is_open(now)):
        return Refused(409, "locked", LOCKED, saved=False)
    return None


async def close_due(request: Request, code: str) -> None:
    """Do what is due when the time of an attempt is over."""
    work = request.app.state.clock()
    threads = shared(request).threads
    await asyncio.get_running_loop().run_in_executor(threads, close_when_due, request, code, work)


async def at_the_door(request: Request, version: PaperVersion, form: StartForm) -> Response | None:
    """The reply to a start that lacks what the test asks for; None when it may go on."""
    if not entry.asks(version):
        return None
    slug, now = request.path_params["slug"], request.app.state.clock()
    threads = shared(request).threads
    return await asyncio.get_running_loop().run_in_executor(threads, entry.refused, request, version, slug, form, now)


async def keep_late(request: Request, job: Save, claimed_at: datetime | None) -> bool:
    """Keep a save that came too late apart from the others; returns whether staff can see it."""

    def keep() -> bool:
        with request.app.state.database.writing() as db:
            return late.keep(db, job.attempt, job.number, job.incoming, claimed_at, job.now)

    return await asyncio.get_running_loop().run_in_executor(shared(request).threads, keep)


async def startable(request: Request, slug: str, *, anew: bool) -> Pattern | None:
    """The newest version of the published paper at this address; unless `anew`, maybe the one that was the newest.

    A test that asks for something first is always looked at: its page must not ask what an older version asked."""
    here = shared(request)
    guess = None if anew else here.memory.guess(slug) or await here.once(slug, lambda: _newest(request, slug))
    if guess and not entry.asks(guess.layout.version):
        return guess
    return await _newest(request, slug)


async def _newest(request: Request, slug: str) -> Pattern | None:
    here = shared(request)
    version = await here.lane.read(lambda run: here.memory.newest(run, slug))
    if version is None:
        return None
    return here.memory.patterns.get(version) or await here.once(version, lambda: _pattern(request, version))


async def _pattern(request: Request, version: int) -> Pattern:
    layout = await in_thread(request, lambda db: papers.layout(db, db.get_one(PaperVersion, version)))
    return shared(request).memory.patterns.put(version, Pattern(layout))


async def drawn(request: Request, pattern: Pattern, code: str) -> tuple[Pattern, Refused | None]:
    """The paper with what an attempt under this code draws from the bank; why it can't, where the bank has too few."""
    if not pattern.layout.draws:
        return pattern, None
    try:
        return Pattern(await in_thread(request, lambda db: with_drawn(db, pattern.layout, code))), None
    except Refused as refused:
        return pattern, refused
