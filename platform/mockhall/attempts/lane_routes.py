"""HTTP of the lane: start, open and save, as plain Starlette routes; who may is asked inside the statements."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockhall.accounts.access import client_address
from mockhall.accounts.sessions import give_guest_cookie, token_of
from mockhall.attempts import pages, replies, views
from mockhall.attempts.beginning import Pattern
from mockhall.attempts.facts import Facts, shared
from mockhall.attempts.forms import SaveForm, StartForm, save_form, start_form
from mockhall.attempts.kept_pages import Page
from mockhall.attempts.lane import not_kept
from mockhall.attempts.lane_open import look
from mockhall.attempts.lane_rows import packed
from mockhall.attempts.lane_save import SIGN_IN, Outcome, Save, why_none
from mockhall.attempts.lane_start import Again, Start, Started
from mockhall.exam.answers import check_answer
from mockhall.exam.clock import remaining
from mockhall.exam.errors import AnswerError
from mockhall.exam.paper import Answer
from mockhall.exam.saving import Verdict
from mockhall.exam.shape import Shape
from mockhall.web.codes import new_code, token_hash
from mockhall.web.compress import HEADER, takes_gzip
from mockhall.web.errors import NotYours, Refused
from mockhall.web.pages import header, refusal, theme_of, wants_json, wants_page

TRIES = 5
"""Starts made again when another press of the same person came first."""


# ---------------------------------------------------------------- save


async def save(request: Request) -> Response:
    """Keep an answer; scripts get JSON, a plain form goes on to where its button says."""
    token = token_of(request)
    if not token:
        raise Refused(401, "sign_in", SIGN_IN)
    number, code = _number(request), request.path_params["code"]
    facts = await _facts(request, code)
    shape = await _shape(request, facts, number)
    form = SaveForm()
    try:
        form = await save_form(request)
        answer = check_answer(shape, form.answer) if shape else Answer()
    except (Refused, AnswerError) as error:
        return await _unfit(request, token, facts, number, form, error)
    job = _job(request, token, facts, number, form, answer)
    if facts is None or shape is None:  # there is nothing to save to: said only to who may know
        await _why_none(request, job)
        raise NotYours
    outcome: Outcome = await shared(request).lane.put(job)
    is_over = outcome.verdict is Verdict.TIME_OVER and job.keeps  # what a strict paper drops is no late answer either
    is_late = is_over and await pages.keep_late(request, job, form.claimed_at)
    return await replies.saved(request, code, facts.total, job, outcome, form, kept_late=is_late)


async def _unfit(
    request: Request, token: str, facts: Facts | None, number: int, form: SaveForm, error: Refused | AnswerError
) -> Response:
    """Say what doesn't fit, but not of a question that is closed, nor to a stranger."""
    code, job = request.path_params["code"], _job(request, token, facts, number, form, Answer())
    outcome = await _why_none(request, job)
    if outcome is not None:
        return await replies.saved(request, code, 0, job, outcome, form)
    if isinstance(error, Refused):
        raise error
    return await replies.unfit(request, code, number, form, error)


async def _why_none(request: Request, job: Save) -> Outcome | None:
    """Why nothing can be saved to this question now; who may not save here at all is refused."""
    found = await shared(request).lane.read(lambda run: why_none(run, job))
    if isinstance(found, Refused):
        raise found
    return found


def _job(
    request: Request, token: str, facts: Facts | None, number: int, form: SaveForm, answer: Answer
) -> Save:  # fmt: skip
    state = request.app.state
    total = facts.total if facts else 0
    current = form.current(number)
    return Save(
        token=token_hash(token),
        attempt=facts.id if facts else 0, number=number, incoming=form.incoming(answer),
        now=state.clock(), grace=state.settings.grace, active_ms=form.active_ms,
        current=current if 1 <= current <= total else number, visited=form.visited,
        keeps=not (facts and facts.is_strict and form.leaves),
    )  # fmt: skip


def _number(request: Request) -> int:
    text = request.path_params.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


async def _facts(request: Request, code: str) -> Facts | None:
    """What never changes of an attempt, from memory or read."""
    here = shared(request)
    return here.memory.attempts.get(code) or await here.lane.read(lambda run: here.memory.look(run, code))


async def _shape(request: Request, facts: Facts | None, number: int) -> Shape | None:
    """What an answer to the question can be; None when there is no such question."""
    if facts is None or not 1 <= number <= facts.total:
        return None
    here = shared(request)
    known = here.memory.shapes.get(facts.versions[number - 1])
    return known or await here.lane.read(lambda run: here.memory.look_at(run, facts, number))


# ---------------------------------------------------------------- open


async def open_room(request: Request) -> Response | None:
    """The room of an attempt that runs, kept or made now; None where the app's own route has to see to it."""
    token, asked = token_of(request), request.path_params.get("number")
    if not token or not wants_page(request) or (asked is not None and not _number(request)):
        return None
    here, code, now = shared(request), request.path_params["code"], request.app.state.clock()
    seen = await here.lane.read(lambda run: look(run, token_hash(token), code, now))
    if seen is None:
        return None
    stands = seen, views.timer_state(remaining(now, seen.deadline_at))
    key = code, asked, theme_of(request)
    page = here.rooms.get(key, stands)
    if page is None:
        page = await _made_page(request, code, _number(request) if asked else None, now)
        if page is None:
            return None
        if await here.lane.read(lambda run: look(run, token_hash(token), code, now)) == seen:  # while it was made, too
            here.rooms.put(key, stands, page)
    return page.reply(views.moving_of(seen, now), zips=takes_gzip(header(request, HEADER)))


async def _made_page(request: Request, code: str, number: int | None, now: datetime) -> Page | None:
    """The room as it is now; None when this address leads elsewhere."""
    try:
        made = await pages.room_page(request, code, number, now)
    except NotYours:
        return None
    page = Page(bytes(made.body).decode())
    return page if page.names else None


# ---------------------------------------------------------------- start


async def start(request: Request) -> Response:
    """Start, or return to the attempt that runs: pressing twice makes one."""
    form, slug, code = await start_form(request), request.path_params["slug"], new_code(16)
    again = Again()
    for _ in range(TRIES):
        pattern = await pages.startable(request, slug, anew=again.is_stale)
        if pattern is None:
            raise NotYours("There is no test at this address.")
        if at_the_door := await pages.at_the_door(request, pattern.layout.version, form):
            return at_the_door
        pattern, blocked = await pages.drawn(request, pattern, code)
        job = _start(request, pattern, form, code, again.due, blocked)
        found = await shared(request).lane.put(job)
        if isinstance(found, Started):
            return _started(request, found, job)
        again = found
        if again.due:
            await pages.close_due(request, again.due)
    raise not_kept(1)


def _start(
    request: Request, pattern: Pattern, form: StartForm, code: str, settled: str, blocked: Refused | None
) -> Start:
    token, state = token_of(request), request.app.state
    return Start(
        token, request.path_params["slug"], pattern, form.name, client_address(request),
        state.settings.guest_starts_per_address, state.clock(), state.settings.grace, settled, form.language, form.roll,
        code, blocked, packed(pattern, code),
    )  # fmt: skip


def _started(request: Request, found: Started, job: Start) -> Response:
    memory = shared(request).memory
    if found.facts:
        memory.attempts.put(found.code, found.facts)
    response = replies.started(request, found, job.now)
    if found.token:
        give_guest_cookie(request, response, found.token)
    return response


def _answering(route: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The route with its refusals as replies: a page names who is signed in, whom the lane itself never loads."""

    @wraps(route)
    async def answering(request: Request) -> Response:
        try:
            return await route(request)
        except Refused as error:
            return refusal(request, error) if wants_json(request) else await pages.refusal(request, error)

    return answering


ROUTES = (
    Route("/papers/{slug}/attempts", _answering(start), methods=["POST"]),
    Route("/attempts/{code}/responses/{number}", _answering(save), methods=["POST"]),
)
"""The app's first routes; their POSTs are answered by lane_front, which asks nothing else of the app."""

ROOMS = (Route("/attempts/{code}", open_room), Route("/attempts/{code}/questions/{number}", open_room))
"""Looked at before the app's own routes of these addresses, by lane_front alone."""
