"""HTTP of where questions stand: one small form for each step of a life, and how many wait for somebody."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.bank import pages, queries, returned, status_forms, verifying
from mockhall.bank.access import EditableQuestionForUpdate
from mockhall.bank.lifecycle import Step, why_not
from mockhall.bank.models import Question
from mockhall.bank.standing import Card, Stake, Standing, standing, waiting
from mockhall.bank.status_forms import Press, Pressed
from mockhall.db import Reading, Writing
from mockhall.web.errors import Refused, iso
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json

router = APIRouter()
ALREADY = (
    "This version was verified since you opened the page, so yours was not stored. Who did it and how stands here; "
    "if you still want to verify it again, press again."
)
WARNED = {Step.RETIRE, Step.WITHDRAW}


@router.get("/desk/waiting")
def waiting_questions(request: Request, db: Reading, person: Editor, now: Now) -> Response:
    """How many questions wait for a reviewer or came back from one, for a line on the list; to a browser the list."""
    if not wants_fragment(request):
        return redirect(request, "/desk/questions?status=in_review")
    return render(request, "bank/_waiting.html", waiting=waiting(db, now), came_back=returned.count(db, person))


@router.get("/desk/questions/returned")
def came_back(request: Request, db: Reading, person: Editor) -> Response:
    """What reviewers sent back to this editor, with their remarks."""
    rows = returned.returned(db, person)
    if wants_json(request):
        return json_reply(returned.as_json(rows))
    return render(request, "bank/returned.html", returned=rows)


# The form comes first in the signature: a slow upload must not hold the session, which on SQLite is the one writer's.
@router.post("/desk/questions/{code}/status")
def change_status(
    sent: Pressed, request: Request, db: Writing, row: EditableQuestionForUpdate, person: EditorForUpdate, now: Now
) -> Response:
    """To review, verified, back, retired: or the card again with why not, and what was typed."""
    if sent.step is None:
        raise Refused(422, "nonsense", pages.UNKNOWN)
    known = queries.known(db, row)
    place = standing(db, row, known, person, now)
    given, errors = status_forms.read(sent, now, request.app.state.settings.timezone)
    refused = _refusal(request, db, place, sent, errors)
    if refused:
        return _refused(request, db, known, *refused)
    said = verifying.take(db, place, sent.step, given, person, now)
    if wants_json(request):
        return json_reply(_state(row))
    return redirect(request, f"/desk/questions/{row.code}#standing", said)


def _refusal(
    request: Request, db: Session, place: Standing, sent: Press, errors: dict[str, str]
) -> tuple[int, str, Card] | None:
    """Why this step isn't taken: status, reason and the card that says so."""
    step, question = sent.step, place.question
    assert step is not None
    if sent.version != question.version:
        return 409, "stale", Card(place, queries.stale(question.version), typed=sent.typed)
    if trouble := why_not(step, place.stand):
        return 409, "refused", Card(place, trouble, typed=sent.typed)
    if step == Step.VERIFY and question.verified_version == question.version and sent.verified_at != place.verified_at:
        return 409, "stale", Card(place, ALREADY, typed=sent.typed)
    if errors:
        return 422, "nonsense", Card(place, errors=errors, typed=sent.typed)
    stakes: Sequence[Stake] = [] if sent.sure or step not in WARNED else request.app.state.stakes_of(db, question)
    return (409, "in_use", Card(place, stakes=stakes, step=step)) if stakes else None


def _refused(request: Request, db: Session, known: queries.Known, status: int, reason: str, card: Card) -> Response:
    if not wants_json(request):
        return pages.stored(request, db, card.standing.question, known, card=card, status=status)
    if card.stakes:
        return json_reply(pages.in_use(card.stakes), status)
    text, more = card.trouble or " ".join(card.errors.values()), {"fields": dict(card.errors)} if card.errors else {}
    return json_reply({"reason": reason, "text": text} | more, status)


def _state(question: Question) -> dict[str, object]:
    return {
        "status": question.status, "version": question.version, "verified_version": question.verified_version,
        "verified_at": iso(question.verified_at), "due_at": iso(question.due_at),
    }  # fmt: skip
