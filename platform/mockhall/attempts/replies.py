"""The replies of the exam room, each as JSON for scripts and as a page or redirect for plain forms."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from mockhall.attempts import pages, views
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.lane_save import Outcome, Save
from mockhall.attempts.lane_start import Started
from mockhall.attempts.models import Attempt
from mockhall.exam.errors import AnswerError
from mockhall.exam.saving import Verdict
from mockhall.web.errors import Refused, iso
from mockhall.web.pages import JsonText, json_reply, redirect, refusal, wants_json

TOO_LATE = "Time was up before this arrived, so it doesn't count. What was saved before stands."
KEPT_LATE = "Received too late to count. It is kept, and your teacher can see it. What was saved before stands."
NONE_OF_IT = "None of this question's answers is saved until that is put right."
HANDED_IN = "This test is handed in, so answers can't change any more."
STALE = (
    "This question was answered in another tab or on another device. Below is your answer, not saved; save to keep it."
)

REFUSED = {
    Verdict.TIME_OVER: (410, TOO_LATE), Verdict.SUBMITTED: (409, HANDED_IN), Verdict.LOCKED: (409, pages.LOCKED),
}  # fmt: skip


def started(request: Request, found: Started, now: datetime) -> Response:
    """303 to the room; JSON 201 for a new attempt and 200 for the one already running."""
    url = f"/attempts/{found.code}"
    if not wants_json(request):
        return redirect(request, url)
    text = (  # by hand, as `_kept_json`: none of it can need an escape
        f'{{"code":"{found.code}","url":"{url}","server_now":"{iso(now)}","deadline_at":{_quoted(found.deadline_at)},'
        f'"questions":{found.questions}}}'
    )
    return JsonText(text, 201 if found.is_new else 200)


async def saved(
    request: Request, code: str, total: int, job: Save, result: Outcome, form: SaveForm, *, kept_late: bool = False
) -> Response:
    """What became of a save to an attempt of `total` questions; `kept_late`: it came too late, and staff can see it."""
    if result.verdict in {Verdict.SAVE, Verdict.SAME}:
        return _kept(request, code, total, job, result, form)
    if result.verdict is Verdict.STALE:
        return await _stale(request, code, job, result, form)
    status, text = REFUSED[result.verdict]
    late = {"kept_late": kept_late} if result.verdict is Verdict.TIME_OVER else {}
    times = _times(result.deadline_at, job.now)
    refused = Refused(status, str(result.verdict), KEPT_LATE if kept_late else text, saved=False, **late, **times)
    return refusal(request, refused) if wants_json(request) else await pages.refusal(request, refused)


def _kept(request: Request, code: str, total: int, job: Save, result: Outcome, form: SaveForm) -> Response:
    if wants_json(request):
        return JsonText(_kept_json(job, result))
    target = form.goes_to(job.number, total)
    return redirect(request, f"/attempts/{code}/questions/{target}" if target else f"/attempts/{code}/submission")


def _kept_json(job: Save, result: Outcome) -> str:
    """Written by hand: these few words are what the server says most often, and none of them can need an escape."""
    now = iso(job.now)
    saved_at = iso(result.saved_at) if result.saved_at and result.saved_at != job.now else now
    return (
        f'{{"saved":true,"seq":{result.stored.seq},"saved_at":"{saved_at}",{"" if job.keeps else _LOGGED}'
        f'"server_now":"{now}","deadline_at":{_quoted(result.deadline_at)}}}'
    )


_LOGGED = '"kept":false,'


@lru_cache(10_000)
def _quoted(instant: datetime | None) -> str:
    """An attempt's deadline stands in each of its replies."""
    return f'"{iso(instant)}"' if instant else "null"


async def _stale(request: Request, code: str, job: Save, result: Outcome, form: SaveForm) -> Response:
    if wants_json(request):
        kept = views.kept_json(result.stored)
        return json_reply({"saved": False, "reason": "stale", "text_shown": STALE, **kept}, 409)
    return await _room(request, code, job.number, form, STALE, 409)


async def unfit(request: Request, code: str, number: int, form: SaveForm, error: AnswerError) -> Response:
    """422: the answer doesn't fit the question. The stored one stays; the page shows what was sent and why not."""
    if wants_json(request):
        return json_reply({"saved": False, "reason": "nonsense", "field": error.field, "text": error.text}, 422)
    unsaved = NONE_OF_IT if error.field.startswith(("gap.", "pair.")) else "It is not saved."
    return await _room(request, code, number, form, f"{error.text} {unsaved}", 422)


async def _room(request: Request, code: str, number: int, form: SaveForm, said: str, status: int) -> Response:
    draft = views.Draft(number, form.choice, form.text, said, form.marked, dict(form.parts))
    return await pages.room(request, code, draft, request.app.state.clock(), status)


def submitted(
    request: Request, code: str, state: str, deadline_at: datetime | None, now: datetime, *, is_closed: bool
) -> Response:
    """303 to the result, which waits by itself while the grace runs."""
    url = f"/attempts/{code}/result"
    if wants_json(request):
        return json_reply({"state": state, "closed": is_closed, "url": url, **_times(deadline_at, now)})
    return redirect(request, url)


def clock(attempt: Attempt, continued_at: datetime | None, now: datetime) -> Response:
    """The server's time, the deadline as it stands, how much was given by hand, and when another device took over."""
    given = {"state": attempt.state, "extra_seconds": attempt.extra_seconds, "continued_at": iso(continued_at)}
    return json_reply(given | _times(attempt.deadline_at, now))


def _times(deadline_at: datetime | None, now: datetime) -> dict[str, Any]:
    return {"server_now": iso(now), "deadline_at": iso(deadline_at)}
