"""What a sent form comes to: the page that says why it isn't stored yet, its text kept as a draft, or the way on."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.bank import drafts, pages, similar
from mockhall.bank.actions import newest_version
from mockhall.bank.checked import Checked
from mockhall.bank.forms import KEPT, Sent
from mockhall.bank.models import Question
from mockhall.bank.similar import Alike
from mockhall.web.pages import json_reply, redirect, wants_json

ALIKE = "This looks like a question that is in the bank. Nothing was saved yet."


def refusal(
    request: Request, db: Session, sent: Sent, checked: Checked, person: Person, now: datetime,
    row: Question | None = None,
) -> Response | None:  # fmt: skip
    """Why a form is not stored: somebody saved meanwhile, a field doesn't fit, the bank has the same already. None when
    nothing is in the way."""
    stale = row is not None and sent.draft.version != row.version
    alike = [] if stale or checked.errors or sent.alike_too else _alike(db, checked.contents, row)
    if not (stale or checked.errors or alike):
        return None
    kept = drafts.keep_if_possible(db, person, row, sent, now)
    beside = pages.Beside.of(kept, sent.page, alike=alike, goes_on=sent.then == "save_new")
    if row is not None and stale:
        return pages.conflict(request, db, sent.draft, row, beside)
    if alike and wants_json(request):
        listed = [{"code": each.code, "headline": each.headline} for each in alike]
        return json_reply({"saved": False, "reason": "similar", "text": ALIKE, "similar": listed}, 409)
    return pages.form(request, db, sent.draft, row, errors=checked.errors, beside=beside)


def _alike(db: Session, contents: dict[str, Any], row: Question | None) -> list[Alike]:
    """The same question in the bank. An edit that leaves alone what a question is recognised by is not asked again."""
    if row is not None and similar.of_version(newest_version(db, row)) == similar.of_contents(contents):
        return []
    return similar.like(db, contents, row)


def saved(request: Request, sent: Sent, code: str, said: str) -> Response:
    """Back to the question, or on to the next one of the same kind."""
    if sent.then != "save_new":
        return redirect(request, f"/desk/questions/{code}", said)
    kept = {name: getattr(sent.draft, name) for name in KEPT if getattr(sent.draft, name)}
    address = f"/desk/questions/new?{urlencode(kept | {'after': code})}"
    return redirect(request, address, f"{said} Here is the next one.")
