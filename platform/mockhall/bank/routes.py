"""HTTP of one question at the desk: its form and preview. The list is in list_routes."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Desk, Editor, EditorForUpdate
from mockhall.bank import actions, list_routes, pages, passages, queries
from mockhall.bank.access import EditableQuestion, EditableQuestionForUpdate
from mockhall.bank.checking import check
from mockhall.bank.draft import blank
from mockhall.bank.forms import KEPT, Kept, Sent, SentQuestion
from mockhall.db import Reading, Writing
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render, wants_fragment

router = APIRouter(routes=list_routes.router.routes)  # first: its addresses would be taken for a question's


@router.get("/desk")
def desk(request: Request, person: Desk) -> Response:
    """Where each role begins its work."""
    return redirect(request, "/desk/questions" if person.can_edit else "/desk/papers")


@router.get("/desk/questions/new")
def new_question(request: Request, db: Reading, _person: Editor, kept: Kept) -> Response:
    """An empty form, or one that goes on where Save & new left off."""
    draft = blank(**kept, focus="stem") if kept else blank()
    return pages.form(request, db, draft)


# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions")
def create_question(sent: SentQuestion, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Store a new question, or show the form again: with another row of choices, or with what doesn't fit."""
    if not sent.saves:
        return pages.edited(request, db, sent)
    sharing = passages.sharing(db, sent.draft.passage_code, lock=True)
    checked = check(sent.draft, sharing=sharing)
    if checked.errors:
        return pages.form(request, db, sent.draft, errors=checked.errors)
    question = actions.create(db, checked, person, now)
    shared = passages.spread(db, sharing, checked.contents, person, now)
    return _saved(request, sent, question.code, f"Saved as a new question.{passages.said(shared)}")


@router.post("/desk/questions/preview")
def preview(sent: SentQuestion, request: Request, _person: Editor) -> Response:
    """The question as a candidate sees it; nothing is stored."""
    template = "bank/preview.htmx.html" if wants_fragment(request) else "bank/preview.html"
    return render(request, template, **pages.preview_values(sent.draft))


@router.get("/desk/questions/{code}")
def question(request: Request, db: Reading, row: EditableQuestion) -> Response:
    """A question in its form, with its versions."""
    return pages.stored(request, db, row, queries.known(db, row))


@router.post("/desk/questions/{code}")
def edit_question(
    sent: SentQuestion, request: Request, db: Writing, row: EditableQuestionForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Store a new version. An edit that began from an older one is shown beside it, never put over it."""
    if not sent.saves:
        return pages.edited(request, db, sent, row)
    if sent.draft.version != row.version:
        return pages.conflict(request, db, sent.draft, row)
    sharing = passages.sharing(db, sent.draft.passage_code, row, lock=True)
    checked = check(sent.draft, queries.before(db, row), sharing)
    if checked.errors:
        return pages.form(request, db, sent.draft, row, errors=checked.errors)
    changed = actions.edit(db, row, checked, person, now)
    shared = passages.spread(db, sharing, checked.contents, person, now)
    said = f"Saved as version {row.version}. Running attempts keep theirs." if changed else "Nothing had changed."
    return _saved(request, sent, row.code, f"{said}{passages.said(shared)}")


def _saved(request: Request, sent: Sent, code: str, said: str) -> Response:
    """Back to the question, or on to the next one of the same kind."""
    if sent.then != "save_new":
        return redirect(request, f"/desk/questions/{code}", said)
    kept = {name: getattr(sent.draft, name) for name in KEPT if getattr(sent.draft, name)}
    return redirect(request, f"/desk/questions/new?{urlencode(kept)}", f"{said} Here is the next one.")
