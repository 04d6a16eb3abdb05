"""The review of a made-up sheet, as whoever handed it in would read it at a moment: for the test's editor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from fastapi import Request
from fastapi.responses import Response as Reply
from sqlmodel import Session

from mockhall.attempts.models import Response
from mockhall.attempts.preview_forms import Look
from mockhall.bank import key_versions
from mockhall.bank.models import QuestionVersion
from mockhall.exam.reveal import Item, Matrix, needs_close
from mockhall.papers.queries import Shown
from mockhall.results import views
from mockhall.results.cells import Cell, cell_of
from mockhall.results.chips import Chips, Offer
from mockhall.results.groups import Seen
from mockhall.results.reveals import Policy, last_close
from mockhall.results.review import ALL, PAGE, Review, page_of, pages_of
from mockhall.results.review_sheet import Filled, filled
from mockhall.results.reviewed import Reviewed, reviewed
from mockhall.web.errors import Refused
from mockhall.web.pages import render

NOBODY = "Nobody can have handed it in by then."
NEVER = "With what is ticked, candidates never read one."
NO_CLOSE = "Answers are to open when the test has closed, and it has no closing time yet."
NOTHING = "This test has no questions yet."


@dataclass(frozen=True)
class Previewed(Review):
    """A review whose pages are pages of the preview; nothing is kept beside its questions, and nothing narrows it."""

    look: Look | None = None
    base: str = ""

    @property
    def offers(self) -> list[Offer]:
        return []

    def url(self, chosen: Chips = ALL, page: int = 1, number: int | None = None) -> str:
        assert self.look is not None
        at = number or (page - 1) * PAGE + 1
        return f"{self.base}?{self.look.query(page='review', n=at)}{f'#q{number}' if number else ''}"


def handed_in_at(shown: Shown, look: Look, now: datetime) -> datetime | None:
    """When the sheet was handed in: now, or as soon or as late as that can be, and not after the moment of the look.
    None where nobody can have begun by then."""
    opens, closes = shown.version.opens_at, shown.version.closes_at
    if opens is not None and look.at < opens:
        return None
    found = min(look.at, max(now, opens) if opens else now)
    return min(found, closes) if closes else found


def show(request: Request, db: Session, shown: Shown, look: Look, bar: dict[str, Any]) -> Reply:
    """The page of the review with the question asked for, or why there is none at that moment."""
    now, status = request.app.state.clock(), 422 if look.errors else 200
    at = handed_in_at(shown, look, now)
    if at is None:
        return _not_yet(request, status, bar, NOBODY, shown.version.opens_at)
    grace: timedelta = request.app.state.settings.grace
    closes = last_close(db, shown.version, grace)
    policy = Policy(Matrix.from_json(shown.version.reveal), at, closes)
    if not policy.may_review(look.at):
        opens_at = policy.review_opens_at(look.at)
        why = "" if opens_at else NO_CLOSE if needs_close(policy.matrix) and closes is None else NEVER
        return _not_yet(request, status, bar, why, opens_at)
    try:
        review = _review(db, shown, look, policy, f"/desk/papers/{shown.paper.slug}/preview")
    except Refused as refused:
        return _not_yet(request, status, bar, refused.text, None)
    if not review.cells:
        return _not_yet(request, status, bar, NOTHING, None)
    context = views.review_context(review, look.at) | bar | {"handed_in": at}
    return render(request, "results/preview_review.html", status, **context)


def _not_yet(request: Request, status: int, bar: dict[str, Any], why: str, opens_at: datetime | None) -> Reply:
    zone: Any = request.app.state.templates.filters["local_time"]
    title = "No review at that moment" if why else "The review has not opened yet"
    text = why or f"It opens {zone(opens_at).striptags()}."
    at = opens_at + timedelta(minutes=1) if opens_at else None  # the field knows no seconds, and the grace has some
    context = {"title": title, "why": text, "opens_at": at}
    return render(request, "results/preview_not_yet.html", status, **bar, **context)


def _review(db: Session, shown: Shown, look: Look, policy: Policy, base: str) -> Previewed:
    assert policy.submitted_at is not None
    version, seen = shown.version, policy.seen(look.at)
    language = look.language if look.language in version.languages else version.languages[0]
    sheet = filled(db, shown, policy.submitted_at, policy.submitted_at, language)
    cells = [cell_of(sheet.row(each), set(), version.certainty, seen) for each in sheet.responses]
    page = min(page_of(look.number), pages_of(len(cells)))
    here = cells[(page - 1) * PAGE : page * PAGE]
    total = sheet.marked.overall.total if cells else None
    return Previewed(
        sheet.attempt, shown.paper, version.title, policy, seen, cells, _questions(db, shown, sheet, here, seen), ALL,
        page, total, {}, look=look, base=base,
    )  # fmt: skip


def _questions(db: Session, shown: Shown, sheet: Filled, here: list[Cell], seen: Seen) -> list[Reviewed]:
    held = key_versions.held(db, {cell.version_id for cell in here})
    responses = {each.number: each for each in sheet.responses}
    return [
        reviewed(
            _row(responses[cell.number], sheet, seen), cell, sheet.attempt.language, shown.version, {},
            held.get(cell.version_id), seen,
        )
        for cell in here
    ]  # fmt: skip


_ALWAYS = ("kind", "stem", "options", "topic", "difficulty", "unit", "passage", "translations")
_WHEN: Mapping[str, Item] = {
    "key": Item.RIGHT_ANSWER, "solution": Item.GENERAL_FEEDBACK, "solution_translations": Item.GENERAL_FEEDBACK,
    "reference": Item.GENERAL_FEEDBACK, "option_solutions": Item.SPECIFIC_FEEDBACK,
}  # fmt: skip


def _row(response: Response, sheet: Filled, seen: Seen) -> SimpleNamespace:
    """A row as the review reads it from the database: what may not be seen is not in it."""
    question: QuestionVersion = sheet.questions[response.question_version_id]
    said = {name: getattr(question, name) for name in _ALWAYS}
    told = {name: getattr(question, name) if item in seen else None for name, item in _WHEN.items()}
    most = sheet.row(response).max if Item.MAX_MARKS in seen else None
    return SimpleNamespace(Response=response, max=most, **said, **told)
