"""HTTP of a test's preview: its front page, its questions, what of a result is shown and a review, at any moment."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.attempts import preview
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.preview_forms import AskedLook, Look, PressedButton
from mockhall.attempts.views import room_context
from mockhall.db import Reading
from mockhall.exam.entry import Access
from mockhall.exam.reveal import Matrix
from mockhall.exam.reveal_words import WHEN, in_words
from mockhall.papers import words
from mockhall.papers.desk_forms import EditablePaper
from mockhall.papers.desk_reveal import boxes, table_context
from mockhall.papers.front import Front
from mockhall.papers.queries import Shown, outline
from mockhall.papers.who_may import Gate, gate
from mockhall.web.errors import NotYours, Refused
from mockhall.web.pages import redirect, render

router = APIRouter()


@router.get("/desk/papers/{slug}/preview")
def preview_paper(request: Request, db: Reading, shown: EditablePaper, asked: AskedLook) -> Response:
    """The test as a candidate sees it at the moment asked for. Nothing is stored, and no attempt begins."""
    page = {"front": _front, "room": _room, "result": _result, "review": _review}[asked.page]
    return page(request, db, preview.offered(shown), asked)


@router.post("/desk/papers/{slug}/preview/{number}")
def press_in_preview(
    then: PressedButton, request: Request, db: Reading, shown: EditablePaper, asked: AskedLook, number: int
) -> Response:
    """A button of the question's form leads where it would lead the candidate; what was answered is not kept."""
    url, total = f"/desk/papers/{shown.paper.slug}/preview", shown.paper.question_count
    goes_to = SaveForm(then=then).goes_to(number, total) if number else 1
    return redirect(request, f"{url}?{asked.query(page='room', n=goes_to) if goes_to else asked.query(page='result')}")


def _front(request: Request, db: Session, shown: Shown, asked: Look) -> Response:
    viewer = getattr(request.state, "person", None)
    found = gate(db, shown.version, viewer)
    front = Front(shown, outline(db, shown.version), None, [], asked.at, gate=Gate(found.access, found.cohorts))
    start = f"/desk/papers/{shown.paper.slug}/preview/0?{asked.query()}"
    context = _bar(request, shown, asked) | {"front": front, "words": words, "start_url": start}
    return render(request, "attempts_desk/preview_front.html", _status(asked), **context)


def _room(request: Request, db: Session, shown: Shown, asked: Look) -> Response:
    began = preview.starts_at(shown, asked.at)
    language = asked.language if asked.language in shown.version.languages else shown.version.languages[0]
    context = _bar(request, shown, asked)
    try:
        room = preview.room(db, shown, asked.number, began, language)
    except Refused as refused:
        return render(request, "attempts_desk/preview_nothing.html", _status(asked), why=refused.text, **context)
    if room is None and shown.paper.question_count:
        raise NotYours(f"This test has {shown.paper.question_count} questions; there is no question {asked.number}.")
    if room is None:
        why = "This test has no questions yet."
        return render(request, "attempts_desk/preview_nothing.html", _status(asked), why=why, **context)
    sends = f"/desk/papers/{shown.paper.slug}/preview/{asked.number}?{asked.query()}"
    context |= room_context(room, asked.number, began) | {"save_to": sends, "question_form": preview.no_form}
    context["not_you_url"] = ""  # it would lead out of the preview
    context["is_shut"] = began != asked.at
    return render(request, "attempts_desk/preview_room.html", _status(asked), **context)


def _result(request: Request, db: Session, shown: Shown, asked: Look) -> Response:
    matrix, closes = Matrix.from_json(shown.version.reveal), shown.version.closes_at is not None
    table = table_context(boxes(matrix), closes=closes)
    context = _bar(request, shown, asked) | {"reveal": table, "ticked": boxes(matrix), "closes": closes}
    context |= {"said": in_words(matrix, closes=closes), "when": [str(each) for each in WHEN.values()]}
    return render(request, "attempts_desk/preview_result.html", _status(asked), **context)


def _review(request: Request, db: Session, shown: Shown, asked: Look) -> Response:
    """Reviews are made by a higher package, which the app hands down."""
    show: ShowReview = request.app.state.preview_review
    return show(request, db, shown, asked, _bar(request, shown, asked))


ShowReview = Callable[[Request, Session, Shown, Look, dict[str, Any]], Response]


def _status(asked: Look) -> int:
    return 422 if asked.errors else 200


def _bar(request: Request, shown: Shown, asked: Look) -> dict[str, Any]:
    """What templates/attempts_desk/_preview_bar.html needs."""
    turns = preview.moments(shown, request.app.state.clock())
    return {
        "shown": shown, "look": asked, "turns": turns, "preview_url": f"/desk/papers/{shown.paper.slug}/preview",
        "is_for_some": shown.version.access != Access.PUBLIC, "asked_number": asked.number,
    }  # fmt: skip
