"""HTTP of the list of questions: its pages, changes of many at once, taking them back."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.accounts.models import Person
from mockhall.bank import bulk, list_pages, list_views, pages, ticks, undo, view_routes
from mockhall.bank.access import MyChangeForUpdate
from mockhall.bank.bulk_forms import Sent, SentBulk
from mockhall.bank.exported import exported
from mockhall.bank.list_forms import Filtered
from mockhall.bank.losing import loss_of
from mockhall.bank.picked import CannotDoError, Picked, pick
from mockhall.bank.standing import Stake
from mockhall.bank.ticks import Ticks
from mockhall.db import Reading, Writing
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, wants_json

router = APIRouter(routes=view_routes.router.routes)
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."


@router.get("/desk/questions")
def questions(
    request: Request, db: Reading, person: Editor, filters: Filtered, now: Now, done: str = ""
) -> Response:  # fmt: skip
    """The bank; to htmx the table, the chips and the count."""
    view = list_views.shown(db, filters, now)
    if wants_json(request):
        return json_reply(list_views.as_json(view))
    offer = undo.offer(db, done, person, view.filters, now) if done else None
    return list_pages.page(request, db, person, view, offer=offer, ticks=offer.ticks if offer else Ticks())


@router.get("/desk/questions/bulk")
def back_to_list(request: Request, _person: Editor) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the list."""
    return redirect(request, "/desk/questions")


# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions/bulk")
def change_many(sent: SentBulk, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Change all ticked questions, or export them; or show the list again with what doesn't fit."""
    if sent.then == "look":  # Enter in a tick box
        return list_pages.again(request, db, person, sent, now)
    if sent.then not in {"tag", "untag", "move", "export", "delete", *bulk.STATES}:
        raise Refused(422, "nonsense", UNKNOWN)
    try:
        picked = pick(db, sent, now)
        if sent.then == "export":
            headers = {"Content-Disposition": f'attachment; filename="questions-{now:%Y-%m-%d}.json"'}
            return Response(exported(db, picked, now), media_type="application/json", headers=headers)
        if stakes := _stakes(request, db, sent, picked):
            return _warned(request, db, person, sent, picked, stakes, now)
        change = bulk.change(db, sent, picked, request.app.state.questions_held, person, request.app.state.clock())
    except CannotDoError as refused:
        return list_pages.refused(request, db, person, sent, refused, now)
    if wants_json(request):
        said = {"said": change.said, "changed": len(change.before), "undo": change.code, "left": change.left_out}
        return json_reply(said)
    return redirect(request, sent.filters.url_after(change.code))


def _stakes(request: Request, db: Session, sent: Sent, picked: list[Picked]) -> list[Stake]:
    """The published tests that would feel it, where that was not said yet."""
    loss = None if sent.sure else loss_of(db, sent, picked)
    found: list[Stake] = request.app.state.stakes_of_many(db, loss) if loss else []
    return found


def _warned(
    request: Request, db: Session, person: Person, sent: Sent, picked: list[Picked], stakes: list[Stake], now: datetime
) -> Response:
    """The list with its ticks, and a button that does it all the same, to just those that were picked."""
    if wants_json(request):
        return json_reply(pages.in_use(stakes), 409)
    view, codes = list_views.shown(db, sent.filters, now), [each.question.code for each in picked]
    more: dict[str, Any] = {"stakes": stakes, "codes": codes, "ticks": ticks.sent_again(db, sent)}
    return list_pages.page(request, db, person, view, 409, sent=sent, **more)


@router.post("/desk/questions/changes/{code}/undo")
def undo_change(
    sent: SentBulk, request: Request, db: Writing, change: MyChangeForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Take back one's own change of many questions."""
    said = undo.undo(db, change, person, now)
    back = sent.filters.url_after(change.code)
    return json_reply({"said": said, "left": change.left_out}) if wants_json(request) else redirect(request, back, said)
