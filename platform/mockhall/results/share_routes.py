"""HTTP of shared results: the owner's page that makes and ends a link, and the public page behind it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.attempts.access import CloseWhenDue, MyAttempt, MyAttemptForUpdate
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.db import Reading, Writing
from mockhall.results import sharing
from mockhall.results.models import SharedResult
from mockhall.results.share_access import AskedShare, FoundShare
from mockhall.results.share_views import shared_context, shared_json
from mockhall.web.errors import Refused, iso
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
NO_SCORE = Refused(409, "not_scored", "This attempt has no score, so there is nothing to share.")


@router.get("/attempts/{code}/share", dependencies=[CloseWhenDue])
def share_page(request: Request, db: Reading, attempt: MyAttempt) -> Response:
    """What a link would show, and the one there is."""
    if attempt.state in RUNNING:
        return redirect(request, f"/attempts/{attempt.code}")
    return _owners_page(request, attempt, sharing.of_attempt(db, attempt))


@router.post("/attempts/{code}/share")
def share(request: Request, db: Writing, attempt: MyAttemptForUpdate, asked: AskedShare, now: Now) -> Response:
    """Make a link, shown this once, or end the one there is."""
    if asked.stops:
        sharing.stop(db, attempt, now)
        if wants_json(request):
            return json_reply({"shared": False})
        return redirect(request, f"/attempts/{attempt.code}/share", "The link opens nothing any more.")
    if attempt.state != AttemptState.SCORED:
        raise NO_SCORE
    token = sharing.share(db, attempt, shows_name=asked.shows_name, now=now)
    return _owners_page(request, attempt, sharing.of_attempt(db, attempt), _address(request, token))


@router.get("/shared/{token}")
def shared_result(request: Request, found: FoundShare, now: Now) -> Response:
    """A result as its owner shares it: marks by section and rank as far as they may be seen, no answers."""
    if wants_json(request):
        reply: Response = json_reply(shared_json(found))
    else:
        reply = render(request, "results/shared.html", **shared_context(found, now))
    reply.headers["X-Robots-Tag"] = "noindex, nofollow"
    return reply


def _owners_page(request: Request, attempt: Attempt, shared: SharedResult | None, link: str = "") -> Response:
    if wants_json(request):
        told = {"shared": True, "shows_name": shared.shows_name, "since": iso(shared.created_at)} if shared else {}
        return json_reply({"shared": False} | told | ({"url": link} if link else {}))
    can_share = attempt.state == AttemptState.SCORED
    return render(request, "results/share.html", attempt=attempt, shared=shared, link=link, can_share=can_share)


def _address(request: Request, token: str) -> str:
    base = request.app.state.settings.base_url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base.rstrip('/')}/shared/{token}"
