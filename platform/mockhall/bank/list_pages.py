"""The page of the list, shown by what opens it and by what it sends and is refused."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.bank import kept_views, list_views, ticks
from mockhall.bank.bulk_forms import Sent
from mockhall.bank.picked import CannotDoError
from mockhall.bank.ticks import Ticks
from mockhall.web.pages import json_reply, render, wants_fragment, wants_json


def page(
    request: Request, db: Session, person: Person, view: list_views.Shown, status: int = 200, **more: Any
) -> Response:
    """The list; to htmx its table, its chips, the count and the views kept."""
    usual: dict[str, Any] = {"sent": Sent(), "errors": {}, "offer": None, "stakes": (), "left": (), "ticks": Ticks()}
    template = "bank/questions.htmx.html" if status == 200 and wants_fragment(request) else "bank/questions.html"
    return render(request, template, status, view=view, kept=kept_views.listed(db, person), **usual | more)


def again(request: Request, db: Session, person: Person, sent: Sent, now: datetime) -> Response:
    """The list as it was, its ticks too: nothing was asked for."""
    view = list_views.shown(db, sent.filters, now)
    return page(request, db, person, view, sent=sent, ticks=ticks.sent_again(db, sent))


def refused(request: Request, db: Session, person: Person, sent: Sent, why: CannotDoError, now: datetime) -> Response:
    """The list as it was, its ticks too, and beside the field what doesn't fit."""
    if wants_json(request):
        said = {"reason": "refused", "field": why.field, "text": why.text}
        return json_reply(said | {"left": [asdict(each) for each in why.left]}, 422)
    view, again = list_views.shown(db, sent.filters, now), ticks.sent_again(db, sent)
    errors = {why.field: why.text}
    return page(request, db, person, view, 422, sent=sent, errors=errors, left=why.left, ticks=again)
