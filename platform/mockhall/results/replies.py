"""Replies of results: the sheet and the review as JSON or a page, and what stands there before their time."""

import math
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from mockhall.attempts.late import LateCounts
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam.clock import Phase, phase
from mockhall.exam.marking import format_marks
from mockhall.exam.reveal import Item
from mockhall.exam.what_if import WhatIf
from mockhall.results import views
from mockhall.results.chips import Chip
from mockhall.results.groups import Group
from mockhall.results.note_replies import own_json
from mockhall.results.regrade_list import Regraded
from mockhall.results.review import Review
from mockhall.results.reviewed import Reviewed
from mockhall.results.sheet import Line, Sheet
from mockhall.results.told import Told
from mockhall.results.what_if import Comparison
from mockhall.results.what_if_views import what_if_context, what_if_json
from mockhall.web import richtext
from mockhall.web.errors import iso
from mockhall.web.pages import json_reply, redirect, render, wants_json


def still_running(request: Request, attempt: Attempt, now: datetime, *, by_itself: bool = True) -> Response:
    """Back to the room; between the deadline and the end of the grace there is nothing to do but wait."""
    grace = request.app.state.settings.grace
    if attempt.state == AttemptState.OVERDUE:
        return _to_hand_in(request, attempt)
    if attempt.deadline_at is None or phase(now, attempt.deadline_at, grace) is not Phase.GRACE:
        return redirect(request, f"/attempts/{attempt.code}")
    wait = math.ceil((attempt.deadline_at + grace - now).total_seconds()) + 1
    if wants_json(request):
        response: Response = json_reply({"state": "in_progress", "reason": "closing"})
    else:
        response = render(request, "results/closing.html", code=attempt.code, wait=wait, by_itself=by_itself)
    response.headers["Refresh"] = str(wait)
    return response


def _to_hand_in(request: Request, attempt: Attempt) -> Response:
    """Time is up, and the paper leaves a window in which to hand in by hand."""
    if wants_json(request):
        return json_reply({"state": attempt.state, "reason": "hand_in"})
    return redirect(request, f"/attempts/{attempt.code}/submission")


def review_while_running(request: Request, attempt: Attempt, now: datetime) -> Response:
    """Nothing of the key before handing in."""
    if wants_json(request):
        return json_reply({"reason": "not_yet", "text": "Hand in first.", "opens_at": None}, 403)
    return still_running(request, attempt, now)


def result(
    request: Request, sheet: Sheet, late: LateCounts, regraded: Regraded, rulings: Sequence[Told], now: datetime
) -> Response:
    """The score breakdown; the page says too what came too late to count, what marking anew changed, and what was
    ruled."""
    if wants_json(request):
        return json_reply(_sheet_json(sheet) | {"rulings": [{"number": each.number, **each.json} for each in rulings]})
    context = views.result_context(sheet, now)
    context |= {"late": late, "regraded": regraded if sheet.may_say_score else [], "rulings": rulings}
    return render(request, "results/result.html", **context)


def review(request: Request, review: Review, now: datetime) -> Response:
    """A page of the review, or when it opens."""
    if review.policy.may_review(now):
        if wants_json(request):
            return json_reply(_review_json(review))
        return render(request, "results/review.html", **views.review_context(review, now))
    opens_at = review.policy.review_opens_at(now)
    if wants_json(request):
        return json_reply({"reason": "not_yet", "text": views.not_yet(opens_at), "opens_at": iso(opens_at)}, 403)
    return render(request, "results/not_yet.html", 403, review=review, opens_at=opens_at)


def what_if(request: Request, found: Comparison, asked: WhatIf | None) -> Response:
    """The answers under other schemes, one of them question by question."""
    if wants_json(request):
        return json_reply(what_if_json(found))
    return render(request, "results/what_if.html", **what_if_context(found, asked))


def what_if_later(request: Request, sheet: Sheet, opens_at: datetime | None) -> Response:
    """When they can be compared."""
    if wants_json(request):
        text = "Marks and right or wrong are not shown yet."
        return json_reply({"reason": "not_yet", "text": text, "opens_at": iso(opens_at)}, 403)
    return render(request, "results/what_if_not_yet.html", 403, sheet=sheet, opens_at=opens_at)


def _sheet_json(sheet: Sheet) -> dict[str, Any]:
    found = sheet.standing
    return {
        "score": _marks(sheet.overall.score),
        "max": _marks(sheet.overall.max),
        "percentile": round(float(found.percentile), 7) if found and found.percentile is not None else None,
        "rank": found.rank if found else None,
        "n": found.n if found else None,
        "unsaved": sheet.unsaved,
        "unsaved_marks": _marks(sheet.unsaved_marks),
        "sections": [_group_json(each) for each in sheet.sections],
        "questions": [_line_json(each) for each in sheet.lines],
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "title": group.title, "score": _marks(group.score), "max": _marks(group.max),
        "right": group.right, "partly": group.partly, "wrong": group.wrong, "blank": group.blank,
    }  # fmt: skip


def _line_json(line: Line) -> dict[str, Any]:
    found = {"number": line.number, "outcome": line.outcome, "marks": _marks(line.marks)}
    return found if line.counted else found | {"counted": False}


def _marks(value: Fraction | None) -> str | None:
    return None if value is None else format_marks(value)


def _review_json(review: Review) -> dict[str, Any]:
    return {
        "page": review.page, "pages": review.pages,
        "questions": [_reviewed_json(each, review) for each in review.questions],
    }  # fmt: skip


def _reviewed_json(question: Reviewed, review: Review) -> dict[str, Any]:
    has_key, has_solution = Item.RIGHT_ANSWER in review.seen, Item.GENERAL_FEEDBACK in review.seen
    return {
        "number": question.cell.number,
        "chose": question.before.people if question.before else None,
        "chips": [chip for chip in Chip if chip in question.cell.chips],
        **own_json(review.own[question.cell.number]),
        "kind": question.kind,
        "stem_html": richtext.render(question.stem),
        "options": [
            {
                "id": each.id,
                "html": richtext.render_inline(each.text),
                "chosen": each.is_chosen,
                "result": each.result,
                "why_html": richtext.render_inline(each.why) if each.why else None,
                "share": each.share,
            }
            for each in question.options
        ],
        "text": question.text,
        "parts": [
            {"name": each.name, "given": each.given, "result": each.result, "right": each.correct if has_key else None}
            for each in question.parts
        ],
        "outcome": question.cell.outcome,
        "marks": _marks(question.cell.marks),
        "max": _marks(question.max),
        "accepted": list(question.accepted) if has_key else None,
        "solution_html": richtext.render(question.solution) if has_solution else None,
        "reference": question.reference if has_solution else None,
        "ruling": question.ruled.json if question.ruled else None,
    }
