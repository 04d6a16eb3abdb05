"""HTTP of going on with a test on another device: the code in the room, and the page that takes it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from mockhall.accounts import limits
from mockhall.accounts.access import ClientAddress, SomebodyForUpdate, Viewer, ViewerForUpdate
from mockhall.accounts.sessions import close_session, cookie_name, give_cookie, open_session
from mockhall.attempts import devices
from mockhall.attempts.access import MyAttemptForUpdate
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.devices import written
from mockhall.db import Writing
from mockhall.web.errors import Refused, iso
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, refusal, render, wants_fragment, wants_json

router = APIRouter()
TRIES, MINUTES = 200, 10  # failed ones of an address, which may be a whole school's
WRONG = "No test goes on with this code. It is good for ten minutes and for one device; make a new one in the test."
TAKEN = "This browser already holds tests of a guest. Leave it first, or use another browser: they would be lost."
SIGNED_IN = "You are signed in here. Sign out first: the test belongs to a guest, not to your account."
ACCOUNT = "You have an account: sign in on the other device and open the test there. No code is needed."


@router.post("/attempts/{code}/device-codes")
def device_code(
    request: Request, db: Writing, attempt: MyAttemptForUpdate, person: SomebodyForUpdate, now: Now
) -> Response:
    """A code for the other device, shown once; account holders are told to sign in there."""
    if attempt.state not in RUNNING:
        return redirect(request, f"/attempts/{attempt.code}/result")
    made = None if not person.is_guest else devices.issue(db, attempt, now)
    if wants_json(request):
        if made is None:
            return refusal(request, Refused(409, "account", ACCOUNT))
        return json_reply({"code": written(made[0]), "expires_at": iso(made[1])})
    template = "attempts/_device_code.html" if wants_fragment(request) else "attempts/device_code.html"
    shown = {"device_code": written(made[0]), "until": made[1]} if made else {"device_code": "", "until": None}
    return render(request, template, attempt=attempt, said=ACCOUNT, where=_where(request), **shown)


def _where(request: Request) -> str:
    """The address to type on the other device."""
    base = request.app.state.settings.base_url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base.rstrip('/')}/continue"


@router.get("/continue")
def continue_page(request: Request, viewer: Viewer) -> Response:
    """Where the code is entered."""
    return render(request, "attempts/continue.html", said="")


async def code_form(request: Request) -> str:
    """The code that was typed; nonsense is simply no code."""
    form = await request.form(max_fields=5, max_files=0)
    value = form.get("code", "")
    return value[:40] if isinstance(value, str) else ""


@router.post("/continue")
def continue_here(
    request: Request, code: Annotated[str, Depends(code_form)], address: ClientAddress, db: Writing,
    viewer: ViewerForUpdate, now: Now,
) -> Response:  # fmt: skip
    """Make this browser the guest's; what it was before must not get lost by it."""
    item, key = limits.limit_of(TRIES, MINUTES), f"continue:{address}"
    if seconds := limits.wait(db, item, key, now):
        return _again(request, limits.too_many(seconds))
    found = devices.find(db, code, now)
    if found is None:
        limits.count(db, item, key, now)  # rendered, not raised: a raise would take the count back
        return _again(request, Refused(422, "no_code", WRONG))
    spent, attempt, person = found
    if viewer is not None and viewer.id != person.id and (not viewer.is_guest or devices.has_attempts(db, viewer)):
        return _again(request, Refused(409, "somebody", TAKEN if viewer.is_guest else SIGNED_IN))
    devices.use(db, spent, attempt, now)
    close_session(db, request.cookies.get(cookie_name(request), ""), now)
    response = redirect(request, f"/attempts/{attempt.code}")
    give_cookie(request, response, open_session(db, person, now), person)
    return response


def _again(request: Request, refused: Refused) -> Response:
    if wants_json(request):
        return refusal(request, refused)
    return render(request, "attempts/continue.html", refused.status_code, said=refused.text)
