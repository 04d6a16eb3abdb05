"""HTTP of handing in, where nothing is unusual: in the write lane; all else is left to the app's own route."""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mockhall.accounts.sessions import token_of
from mockhall.attempts import replies
from mockhall.attempts.facts import shared
from mockhall.attempts.models import AttemptState
from mockhall.attempts.pages import in_thread
from mockhall.results import lane_hand_in_sql as sql
from mockhall.results.items import marking_of, remembered
from mockhall.results.lane_hand_in import HandedIn, HandIn
from mockhall.results.marked import Marking
from mockhall.web.codes import token_hash
from mockhall.web.pages import header


async def hand_in(request: Request) -> Response | None:
    """Hand in by the button; None where something has to be seen to first, or the page did it by itself."""
    token, code = token_of(request), request.path_params["code"]
    if not token or not _is_plain(request):
        return None
    marking = await _marking(request, code)
    if marking is None:
        return None
    job = HandIn(token_hash(token), code, request.app.state.clock(), marking)
    found: HandedIn | None = await shared(request).lane.put(job)
    if found is None:
        return None
    return replies.submitted(request, code, AttemptState.SCORED, found.deadline_at, job.now, is_closed=True)


def _is_plain(request: Request) -> bool:
    """Has the form nothing in it? What a page sends by itself says so, and is not read here."""
    return header(request, b"content-length") == b"0"


async def _marking(request: Request, code: str) -> Marking | None:
    """How the attempt is marked, from memory or read; None when there is no such attempt."""
    rows = await shared(request).lane.read(lambda run: run(sql.PLACES, [(code,)]))
    if not rows:
        return None
    version, places = int(rows[0][0]), frozenset((section, each) for section, each in json.loads(rows[0][1]))
    found = remembered(request.app.state.database.engine, version, places, int(rows[0][2]))
    return found or await in_thread(request, lambda db: marking_of(db, version, places))


ROUTES = (Route("/attempts/{code}/submission", hand_in, methods=["POST"]),)
"""Looked at before the app's own route of this address, by lane_front alone."""
