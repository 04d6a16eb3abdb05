"""HTTP of one question at the desk: its form and preview. The list is in list_routes."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Desk, Editor, EditorForUpdate
from mockhall.bank import actions, drafts, images, list_routes, pages, passages, pictured, queries
from mockhall.bank.access import EditableQuestion, EditableQuestionForUpdate
from mockhall.bank.checking import check
from mockhall.bank.draft import blank
from mockhall.bank.forms import Kept, SentQuestion
from mockhall.bank.refusals import refusal, saved
from mockhall.bank.stored import of_version
from mockhall.db import Reading, Writing
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render, wants_fragment

router = APIRouter(routes=list_routes.router.routes)  # first: its addresses would be taken for a question's


@router.get("/desk")
def desk(request: Request, person: Desk) -> Response:
    """Where each role begins its work."""
    return redirect(request, "/desk/questions" if person.can_edit else "/desk/papers")


@router.get("/desk/questions/new")
def new_question(
    request: Request, db: Reading, person: Editor, kept: Kept, draft: str = "", after: str = ""
) -> Response:
    """An empty form, or one that goes on where Save & new or an unsaved draft left off."""
    empty = blank(**kept, focus="stem") if kept else blank()
    waiting = drafts.find(db, person, None)
    return pages.opened(request, db, empty, waiting, None, go_on=draft == "1", after=after if after.isalnum() else "")


# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions")
def create_question(sent: SentQuestion, request: Request, db: Writing, person: EditorForUpdate, now: Now) -> Response:
    """Store a new question, or show the form again: with another row of choices, or with what doesn't fit."""
    if not sent.saves:
        return pages.edited(request, db, sent)
    sharing = passages.sharing(db, sent.draft.passage_code, lock=True)
    missing = images.missing(db, pictured.texts(sent.draft))
    checked = check(sent.draft, None, sharing, missing, queries.subjects(db))
    if (refused := refusal(request, db, sent, checked, person, now)) is not None:
        return refused
    question = actions.create(db, checked, person, now)
    shared = passages.spread(db, sharing, checked.contents, person, now)
    drafts.forget(db, person, None, sent)
    return saved(request, sent, question.code, f"Saved as a new question.{passages.said(shared)}")


@router.get("/desk/questions/preview")
@router.get("/desk/questions/draft")
@router.get("/desk/questions/pictures")
def back_to_new(request: Request, _person: Editor) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to an empty one."""
    return redirect(request, "/desk/questions/new")


@router.post("/desk/questions/preview")
def preview(sent: SentQuestion, request: Request, _person: Editor) -> Response:
    """The question as a candidate sees it; nothing is stored."""
    template = "bank/preview.htmx.html" if wants_fragment(request) else "bank/preview.html"
    return render(request, template, **pages.preview_values(sent.draft, sent.language))


@router.get("/desk/questions/{code}")
def question(request: Request, db: Reading, person: Editor, row: EditableQuestion, draft: str = "") -> Response:
    """A question in its form, with its versions."""
    known = queries.known(db, row)
    stored = of_version(known.version, known.subject, known.topic)
    return pages.opened(request, db, stored, drafts.find(db, person, row), row, go_on=draft == "1")


@router.post("/desk/questions/{code}")
def edit_question(
    sent: SentQuestion, request: Request, db: Writing, row: EditableQuestionForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Store a new version. An edit that began from an older one is shown beside it, never put over it."""
    if not sent.saves:
        return pages.edited(request, db, sent, row)
    sharing = passages.sharing(db, sent.draft.passage_code, row, lock=True)
    missing = images.missing(db, pictured.texts(sent.draft))
    checked = check(sent.draft, queries.before(db, row), sharing, missing, queries.subjects(db))
    if (refused := refusal(request, db, sent, checked, person, now, row)) is not None:
        return refused
    changed = actions.edit(db, row, checked, person, now)
    shared = passages.spread(db, sharing, checked.contents, person, now)
    drafts.forget(db, person, row, sent)
    said = f"Saved as version {row.version}. Running attempts keep theirs." if changed else "Nothing had changed."
    return saved(request, sent, row.code, f"{said}{passages.said(shared)}")


@router.get("/desk/questions/{code}/status")
@router.get("/desk/questions/{code}/draft")
@router.get("/desk/questions/{code}/pictures")
def back_to_question(request: Request, row: EditableQuestion) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the question."""
    return redirect(request, f"/desk/questions/{row.code}")
