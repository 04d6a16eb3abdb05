"""create_app: the one file that knows every feature."""

import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import Receive, Scope, Send

from mockhall import paths, startup
from mockhall.accounts import cohort_routes, join_routes
from mockhall.accounts import desk_routes as people_desk
from mockhall.accounts import routes as accounts
from mockhall.attempts import actions as attempt_actions
from mockhall.attempts import desk as attempts_watch
from mockhall.attempts import desk_routes as attempts_desk
from mockhall.attempts import device_routes as devices
from mockhall.attempts import extra_time, lane_routes, pieces, section_routes
from mockhall.attempts import receipt_routes as receipts
from mockhall.attempts import routes as attempts
from mockhall.attempts import tool_routes as room_tools
from mockhall.attempts.facts import Shared
from mockhall.attempts.frames import Frames
from mockhall.attempts.lane import Lane
from mockhall.attempts.lane_front import Front
from mockhall.attempts.queries import running_of, taken
from mockhall.attempts.seen import Seen
from mockhall.bank import draft_routes, image_routes, similar
from mockhall.bank import routes as bank
from mockhall.bank import status_routes as bank_status
from mockhall.bank import version_routes as bank_versions
from mockhall.db import Database
from mockhall.papers import accommodation_routes, accommodations, desk_stakes, desk_views, uses
from mockhall.papers import desk_routes as papers_desk
from mockhall.papers import routes as papers
from mockhall.results import actions as result_actions
from mockhall.results import (
    correction_routes,
    gradebook_routes,
    note_routes,
    review_preview,
    ruling_routes,
    share_routes,
    statistics,
)
from mockhall.results import desk_routes as results_desk
from mockhall.results import export_routes as exports
from mockhall.results import item_routes as report_items
from mockhall.results import lane_routes as hand_in_routes
from mockhall.results import own_routes as results_own
from mockhall.results import question_routes as results_questions
from mockhall.results import regrade_routes as regrades
from mockhall.results import routes as results
from mockhall.results.queries import attempts_of, has_attempts
from mockhall.settings import Settings, read_settings
from mockhall.web import health, worker
from mockhall.web.compress import Compress
from mockhall.web.error_pages import add_error_pages
from mockhall.web.guard import Guard
from mockhall.web.now import clock
from mockhall.web.pages import make_environment, refusal
from mockhall.web.static import StaticFiles

log = logging.getLogger("mockhall")

ROUTERS = (
    health.router,
    worker.router,
    papers.router,
    room_tools.router,
    devices.router,
    attempts.router,
    receipts.router,
    section_routes.router,
    results.router,
    report_items.router,
    results_questions.router,
    note_routes.router,
    regrades.router,
    ruling_routes.router,
    exports.router,
    results_own.router,
    share_routes.router,
    accounts.router,
    join_routes.router,
    image_routes.router,
    draft_routes.router,
    bank_status.router,
    bank.router,
    bank_versions.router,
    *attempts_desk.ROUTERS,
    results_desk.router,
    correction_routes.router,
    gradebook_routes.router,
    people_desk.router,
    cohort_routes.router,
    accommodation_routes.router,
    *papers_desk.ROUTERS,
)
BEAT_SECONDS = 5
COUNT_SECONDS = 20
REST_SECONDS = 0.1
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}  # else looked for at each request


class Site(FastAPI):
    """The app behind its door: what every request passes, and what the lane answers without asking the app."""

    door: Guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
        else:
            scope["app"] = self
            await self.door(scope, receive, send)

    async def inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """All that FastAPI sees to."""
        await super().__call__(scope, receive, send)


def create_app(settings: Settings | None = None, now: Callable[[], datetime] = clock) -> FastAPI:
    """The application on one database; `now` is its clock, for tests to set."""
    settings = settings or read_settings()
    # No redirects for a slash too many: they would name whatever host the request claims.
    app = Site(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan, redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )  # fmt: skip
    static = StaticFiles(paths.STATIC)
    app.state.settings, app.state.clock = settings, now
    app.state.database = Database(settings)
    app.state.prepared = False  # `mockhall serve` prepares before it serves, to fail in one line
    app.state.templates = make_environment(settings, static)
    pieces.add_to(app.state.templates)
    app.state.on_close = result_actions.score_attempt
    app.state.on_merge, app.state.questions_held = _on_merge, uses.held
    app.state.has_attempts, app.state.forget_paper = has_attempts, result_actions.forget_paper
    app.state.on_time_factor, app.state.seen = extra_time.follow_factor, Seen()
    app.state.attempts_of = lambda db, person, paper: attempts_of(db, person, paper, now(), settings.grace)
    app.state.running_of = lambda db, person: running_of(db, person, now(), settings.grace)
    app.state.stakes_of, app.state.uses_of = desk_stakes.stakes, desk_views.used
    app.state.stakes_of_many = desk_stakes.stakes_of_many
    app.state.attempts_in, app.state.started_in = taken, attempts_watch.started
    app.state.preview_review = review_preview.show
    app.state.lane, app.state.frames = Shared(Lane(app.state.database)), Frames()
    app.router.routes[:0] = lane_routes.ROUTES
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", static, name="static")
    add_error_pages(app)
    app.add_middleware(Compress, minimum_size=800, compresslevel=6)
    in_front = {"POST": (*lane_routes.ROUTES, *hand_in_routes.ROUTES), "GET": lane_routes.ROOMS}
    front = Front(app.inside, routes=in_front, handlers=app.exception_handlers)
    app.door = Guard(front, base_url=settings.base_url, refuse=refusal)
    return app


def _on_merge(db: Any, guest_id: int, person_id: int) -> None:
    """What moves when a guest signs in to an account; each package moves its own rows."""
    attempt_actions.give_to(db, guest_id, person_id)
    result_actions.give_to(db, guest_id, person_id)
    accommodations.give_to(db, guest_id, person_id)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Bring the database up to date, and close attempts whose time is over as long as we run."""
    state = app.state
    with nullcontext() if state.prepared else startup.prepared(state.settings, state.database, state.clock()):
        _tend(app, sweep=True)  # what fell due while nobody served, before anybody looks
        stop = threading.Event()
        tending = threading.Thread(target=_tend_until, args=(app, stop), name="sweep", daemon=True)
        counting = threading.Thread(target=_count_until, args=(app, stop), name="statistics", daemon=True)
        knowing = threading.Thread(target=_know, args=(app, stop), name="likeness", daemon=True)
        for each in (tending, counting, knowing):
            each.start()
        try:
            yield
        finally:
            stop.set()
            for each in (tending, counting, knowing):
                each.join(timeout=10)
            _tend(app, sweep=False)
            state.lane.close()
            state.database.close()


def _tend_until(app: FastAPI, stop: threading.Event) -> None:
    sweep_seconds: int = app.state.settings.sweep_seconds
    pause, waited = min(BEAT_SECONDS, sweep_seconds), 0
    while not stop.wait(pause):
        waited += pause
        _tend(app, sweep=waited >= sweep_seconds)
        waited %= sweep_seconds


def _count_until(app: FastAPI, stop: threading.Event) -> None:
    """Count papers with new results again and again: apart from the sweep, which must not wait for it."""
    state = app.state
    while not stop.wait(COUNT_SECONDS):
        try:
            statistics.refresh_stale(state.database, state.clock())
        except Exception:  # the next round must come whatever this one met
            log.exception("Statistics could not be counted; the next try is in %d s", COUNT_SECONDS)


def _know(app: FastAPI, stop: threading.Event) -> None:
    """Make known what questions of an earlier release are recognised by: once, resting as long as a save may take."""
    try:
        if known := similar.catch_up(app.state.database, lambda: stop.wait(REST_SECONDS)):
            log.info("bank: %d questions of an earlier release are found by what they say", known)
    except Exception:
        log.exception("Questions of an earlier release could not all be made known; the next start tries again")


def _tend(app: FastAPI, *, sweep: bool) -> None:
    """Say that we are alive; before that, end what is due."""
    state = app.state
    try:
        if sweep:
            startup.sweep(state.settings, state.database, state.on_close, state.clock())
        startup.beat(state.database, state.seen, state.clock())
    except Exception:  # the next round must come whatever this one met
        log.exception("The sweep failed; it tries again in %d s", state.settings.sweep_seconds)


def __getattr__(name: str) -> FastAPI:
    """`uvicorn mockhall.app:app` makes the app when it is asked for, not when this module is imported."""
    if name == "app":
        return create_app()
    raise AttributeError(name)
