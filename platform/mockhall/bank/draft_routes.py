"""HTTP of drafts: what was typed is kept, or thrown away; the pages of the form offer it."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.accounts.models import Person
from mockhall.bank import drafts, pages
from mockhall.bank.access import DraftedQuestionForUpdate
from mockhall.bank.forms import Sent, SentQuestion
from mockhall.bank.models import Question
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours, Refused
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()


@router.get("/desk/questions/drafts")
def own_drafts(request: Request, db: Reading, person: Editor) -> Response:
    """What this editor has typed and not saved."""
    return render(request, "bank/drafts.html", drafts=drafts.listed(db, person))


@router.post("/desk/questions/draft")
def new_draft(sent: SentQuestion, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Keep what is typed of a new question; `then=discard` throws it away, `then=leave` only what this page kept."""
    return _reply(request, db, sent, person, now, None)


@router.post("/desk/questions/{code}/draft")
def edit_draft(
    sent: SentQuestion, request: Request, db: Writing, row: DraftedQuestionForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """The same of an edit; of a deleted question what is typed can only be thrown away."""
    return _reply(request, db, sent, person, now, row)


def _reply(request: Request, db: Session, sent: Sent, person: Person, now: datetime, row: Question | None) -> Response:
    page, is_gone = f"/desk/questions/{row.code if row else 'new'}", row is not None and row.deleted_at is not None
    if sent.then in {"discard", "leave"}:
        drafts.forget(db, person, row, sent if sent.then == "leave" else None)
        return redirect(request, "/desk/questions/drafts" if is_gone else page, "Discarded.")
    if is_gone:
        raise NotYours
    try:
        kept = drafts.keep(db, person, row, sent, now, over=sent.then == "replace")
    except Refused as refused:
        if wants_json(request):
            raise
        beside = pages.Beside(sent.page, sent.kept, waiting=drafts.find(db, person, row), is_unsaved=True)
        return pages.form(
            request, db, sent.draft, row, errors={"draft": refused.text}, beside=beside, status=refused.status_code
        )
    return json_reply(drafts.as_json(kept)) if wants_json(request) else redirect(request, f"{page}?draft=1")
