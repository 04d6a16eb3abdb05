"""HTTP of the views that a person keeps of the list."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.bank import kept_views, list_pages
from mockhall.bank.access import MyViewForUpdate
from mockhall.bank.bulk_forms import Sent, SentBulk
from mockhall.bank.picked import CannotDoError
from mockhall.db import Reading, Writing
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, wants_json

router = APIRouter()


@router.get("/desk/questions/views")
def views(request: Request, db: Reading, person: Editor) -> Response:
    """One's own views, for scripts; a browser finds them above the list."""
    if wants_json(request):
        return json_reply(kept_views.as_json(kept_views.listed(db, person)))
    return redirect(request, "/desk/questions")


# The form comes first: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions/views")
def keep_view(sent: SentBulk, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Keep the filters and the order of a list under a name."""
    try:
        code = kept_views.keep(db, person, sent.name, sent.filters, sent.unread)
    except CannotDoError as refused:
        return list_pages.refused(request, db, person, sent, refused, now)
    said = f"Kept as “{sent.name}”."
    return json_reply({"code": code, "said": said}) if wants_json(request) else _back(request, sent, said)


@router.post("/desk/questions/views/{code}/delete")
def forget_view(
    sent: SentBulk, request: Request, db: Writing, _person: EditorForUpdate, view: MyViewForUpdate
) -> Response:
    """Remove one of one's own views; the list stays as it is."""
    said = f"“{view.name}” is removed from your views."
    kept_views.forget(db, view)
    return json_reply({"said": said}) if wants_json(request) else _back(request, sent, said)


def _back(request: Request, sent: Sent, said: str) -> Response:
    return redirect(request, sent.filters.page_url(), said)
