"""HTTP of the room's tools: the question paper, instructions, scratchpad, language, pause."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Somebody, SomebodyForUpdate
from mockhall.attempts import queries, tools, views
from mockhall.attempts.access import CloseWhenDue, MyAttempt, MyAttemptForUpdate
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.attempts.tool_forms import Language, Scratch
from mockhall.db import Reading, Writing
from mockhall.exam.errors import RuleError
from mockhall.exam.scratchpad import LONGEST, revision
from mockhall.papers import queries as papers
from mockhall.papers import words
from mockhall.papers.front import Front
from mockhall.papers.terms import terms_for
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, redirect, render, wants_fragment, wants_json

router = APIRouter()


def _elsewhere(request: Request, attempt: Attempt) -> Response | None:
    """Where the tools of an attempt that doesn't run lead: its result, or the page of its pause."""
    if attempt.state != AttemptState.IN_PROGRESS:
        return redirect(request, f"/attempts/{attempt.code}/result")
    return redirect(request, f"/attempts/{attempt.code}/pause") if attempt.paused_at else None


@router.get("/attempts/{code}/paper", dependencies=[CloseWhenDue])
def question_paper(request: Request, db: Reading, attempt: MyAttempt, now: Now) -> Response:
    """All questions of the open sections on one page, to read and to print."""
    if away := _elsewhere(request, attempt):
        return away
    template = "attempts/_paper.html" if wants_fragment(request) else "attempts/paper.html"
    return render(request, template, **views.room_context(queries.room(db, attempt), attempt.current, now))


@router.get("/attempts/{code}/instructions", dependencies=[CloseWhenDue])
def instructions(request: Request, db: Reading, attempt: MyAttempt, person: Somebody, now: Now) -> Response:
    """The rules of the test as it was started."""
    if away := _elsewhere(request, attempt):
        return away
    shown = papers.of_version(db, attempt.paper_version_id)
    own = terms_for(db, shown.version, attempt.person_id)
    front = Front(shown, papers.outline(db, shown.version), person, [], now, own=own)
    template = "attempts/_instructions.html" if wants_fragment(request) else "attempts/instructions.html"
    return render(request, template, attempt=attempt, front=front, words=words)


@router.get("/attempts/{code}/scratch", dependencies=[CloseWhenDue])
def scratchpad(request: Request, db: Reading, attempt: MyAttempt) -> Response:
    """The scratchpad as a page of its own; scripts get its text."""
    if away := _elsewhere(request, attempt):
        return away
    if wants_json(request):
        return json_reply({"text": attempt.scratch, "base": revision(attempt.scratch)})
    return render(request, "attempts/scratch.html", **_pad(attempt, attempt.scratch))


@router.post("/attempts/{code}/scratch")
def write_scratchpad(form: Scratch, request: Request, db: Writing, attempt: MyAttemptForUpdate, now: Now) -> Response:
    """Keep the scratchpad; where it can't be kept, the page still holds what was typed."""
    if form.refused:
        raise form.refused
    try:
        kept = tools.write_scratch(db, attempt, form.text, form.base, now, request.app.state.settings.grace)
    except RuleError as error:
        if wants_json(request):
            refused = {"saved": False, "reason": "nonsense", "field": error.field, "text": error.text}
            return json_reply(refused | {"stored": attempt.scratch, "base": revision(attempt.scratch)}, 422)
        return render(request, "attempts/scratch.html", 422, **_pad(attempt, form.text, error.text))
    if wants_json(request):
        return json_reply({"saved": True, "text": kept, "base": revision(kept)})
    return redirect(request, f"/attempts/{attempt.code}/scratch", "The scratchpad is kept.")


def _pad(attempt: Attempt, text: str, error: str = "") -> dict[str, object]:
    stored = attempt.scratch
    return {"attempt": attempt, "text": text, "base": revision(stored), "longest": LONGEST, "error": error,
            "stored": stored}  # fmt: skip


@router.post("/attempts/{code}/language")
def speak(form: Language, request: Request, db: Writing, attempt: MyAttemptForUpdate) -> Response:
    """Show questions in another language from now on."""
    tools.speak(db, attempt, form.language)
    if wants_json(request):
        return json_reply({"language": attempt.language})
    return redirect(request, f"/attempts/{attempt.code}/questions/{form.number or attempt.current}")


@router.get("/attempts/{code}/pause", dependencies=[CloseWhenDue])
def paused(request: Request, db: Reading, attempt: MyAttempt) -> Response:
    """What a paused test shows in place of its questions."""
    if attempt.paused_at is None:
        return redirect(request, f"/attempts/{attempt.code}")
    shown = papers.of_version(db, attempt.paper_version_id)
    return render(request, "attempts/paused.html", attempt=attempt, shown=shown)


@router.post("/attempts/{code}/pause")
def pause(request: Request, db: Writing, attempt: MyAttemptForUpdate, person: SomebodyForUpdate, now: Now) -> Response:
    """Stop the clock of a practice test."""
    tools.stop_clock(db, attempt, person, now)
    return redirect(request, f"/attempts/{attempt.code}/pause")


@router.post("/attempts/{code}/resume")
def resume(request: Request, db: Writing, attempt: MyAttemptForUpdate, person: SomebodyForUpdate, now: Now) -> Response:
    """Go on after a pause."""
    tools.start_clock(db, attempt, person, now)
    return redirect(request, f"/attempts/{attempt.code}")
