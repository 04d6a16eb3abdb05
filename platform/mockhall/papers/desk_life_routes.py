"""HTTP of a whole test at the desk: copy, archive, delete, another order, an undo, and back from a refused form."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import EditorForUpdate
from mockhall.db import Writing
from mockhall.papers import desk, desk_life, desk_order, desk_undo
from mockhall.papers.desk_forms import EditablePaper, EditablePaperForUpdate, Pressed
from mockhall.papers.desk_pages import Says, changed, closing_page, paper_page
from mockhall.web.errors import Refused
from mockhall.web.now import Now
from mockhall.web.pages import redirect

router = APIRouter()
UNKNOWN = "This form has a button that isn't known here, so nothing was changed. Reload the page and try again."

# The form comes first in each signature: a slow upload must not hold the session, which on SQLite is the one writer's.


@router.post("/desk/papers/{slug}/copy")
def copy_paper(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """A draft with the same questions and rules."""
    paper = desk_life.duplicate(db, shown, person, now)
    said = "This is the copy, a draft. It has no schedule and no code yet."
    return redirect(request, f"/desk/papers/{paper.slug}", said)


@router.post("/desk/papers/{slug}/archive")
def archive_paper(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """Into the archive, back to the list with a way to undo it; or out of it again."""
    if form.then not in {"archive", "bring_back"}:
        raise Refused(422, "nonsense", UNKNOWN)
    if form.then == "archive":
        desk_life.archive(db, shown, person, now)
        return redirect(request, f"/desk/papers?archived={shown.paper.slug}")

    def change() -> str:
        was_used = request.app.state.has_attempts(db, shown.paper.id)
        desk_life.bring_back(db, shown, person, now, was_used=was_used)
        return "Out of the archive. Publish it when it is wanted again."

    return changed(request, db, shown, None, change)


@router.post("/desk/papers/{slug}/delete")
def delete_paper(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """For good, once that was asked; refused in words where somebody has sat it."""
    state, title = request.app.state, shown.paper.title
    try:
        desk.check_version(shown, form.version)
        desk_life.check_deletable(shown.paper, was_used=state.has_attempts(db, shown.paper.id))
    except desk.CannotDoError as refused:
        return paper_page(request, db, shown, 409, Says(refused.text))
    if not form.sure:
        return paper_page(request, db, shown, 409, Says(deleting=True))
    desk_life.delete(db, shown, person, now, forget=state.forget_paper)
    return redirect(request, "/desk/papers", f"“{title}” is deleted.")


@router.post("/desk/papers/{slug}/undo")
def undo(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """The change that made this version taken back, unless something came after it."""
    if form.version is None:
        raise Refused(422, "nonsense", UNKNOWN)
    how = desk_undo.Undoing(request.app.state.settings.timezone, form.then == "again")
    if not form.sure and form.version == shown.paper.version and desk_undo.would_close(db, shown, now):
        return closing_page(request, db, shown, undoing=how)
    return changed(
        request, db, shown, form.version, lambda: desk_undo.undo(db, shown, person, now, how),
        stale=desk_undo.STALE, undone=not how.again,
    )  # fmt: skip


@router.post("/desk/papers/{slug}/order")
def move(
    form: Pressed, request: Request, db: Writing, shown: EditablePaperForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """A section, question or draw to the place it was dragged to."""

    def change() -> str:
        return desk_order.move(db, shown, desk_order.move_of(form.what, form.to), person, now)

    return changed(request, db, shown, form.version, change)


@router.get("/desk/papers/{slug}/questions")
@router.get("/desk/papers/{slug}/questions/{code}")
@router.get("/desk/papers/{slug}/newest")
@router.get("/desk/papers/{slug}/sections")
@router.get("/desk/papers/{slug}/sections/{position}")
@router.get("/desk/papers/{slug}/status")
@router.get("/desk/papers/{slug}/copy")
@router.get("/desk/papers/{slug}/archive")
@router.get("/desk/papers/{slug}/delete")
@router.get("/desk/papers/{slug}/order")
@router.get("/desk/papers/{slug}/undo")
def back_to_paper(request: Request, shown: EditablePaper) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the test."""
    return redirect(request, f"/desk/papers/{shown.paper.slug}")
