"""HTTP of a question's past: its versions, two of them compared, an old one brought back."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import EditorForUpdate
from mockhall.bank import actions, history, queries, restoring
from mockhall.bank.access import EditableQuestion, EditableQuestionForUpdate
from mockhall.bank.models import Question
from mockhall.bank.status_forms import SentRestore
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours
from mockhall.web.headline import headline
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_json

router = APIRouter()
NO_VERSION = "This question has no version of that number."


@router.get("/desk/questions/{code}/versions")
def versions(request: Request, db: Reading, row: EditableQuestion, before: str = "") -> Response:
    """All versions, newest first: who, when, what changed, which is live, which tests hold it."""
    return _versions(request, db, row, _number(before))


@router.get("/desk/questions/{code}/versions/compare")
def compare(request: Request, db: Reading, row: EditableQuestion) -> Response:
    """Two versions word by word: by default the newest and the one before. Parameters `from` and `to`."""
    asked = request.query_params
    old = _number(asked.get("from", str(max(1, row.version - 1))))
    found = history.comparison(db, row, old, _number(asked.get("to", str(row.version))))
    if found is None:
        raise NotYours(NO_VERSION)
    title = headline(queries.known(db, row).version.stem, 90)
    return render(request, "bank/compare.html", question=row, found=found, headline=title)


# The form comes first in the signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions/{code}/restore")
def restore(
    sent: SentRestore, request: Request, db: Writing, row: EditableQuestionForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """A new version that says what an old one did, through the checks of the form."""
    if sent.version != row.version:
        return _refused(request, db, row, 409, "stale", [queries.stale(row.version)])
    if not 1 <= sent.number <= row.version:
        return _refused(request, db, row, 422, "nonsense", [NO_VERSION])
    checked = restoring.checked(db, row, sent.number)
    if checked.errors:
        return _refused(request, db, row, 422, "nonsense", list(checked.errors.values()))
    changed = actions.edit(db, row, checked, person, now)
    if wants_json(request):
        return json_reply({"version": row.version, "status": row.status})
    said = f"Version {row.version} says what version {sent.number} did." if changed else "It says just that already."
    return redirect(request, f"/desk/questions/{row.code}/versions", said)


@router.get("/desk/questions/{code}/restore")
def back_to_versions(request: Request, row: EditableQuestion) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the versions."""
    return redirect(request, f"/desk/questions/{row.code}/versions")


def _refused(request: Request, db: Session, row: Question, status: int, reason: str, said: list[str]) -> Response:
    if wants_json(request):
        return json_reply({"reason": reason, "text": " ".join(said)}, status)
    return _versions(request, db, row, status=status, trouble=said)


def _versions(
    request: Request, db: Session, row: Question, before: int = 0, status: int = 200, trouble: list[str] | None = None
) -> Response:  # fmt: skip
    found, held = history.history(db, row, before), request.app.state.uses_of(db, row)
    title = headline(queries.known(db, row).version.stem, 90)
    context = {"question": row, "found": found, "held": held, "headline": title, "trouble": trouble or []}
    return render(request, "bank/versions.html", status, **context)


def _number(text: str) -> int:
    """A version's number; 0, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0
