"""HTTP of item analysis: a paper's scores and questions, one question, and counting them now."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.db import Reading
from mockhall.results import item_report, statistics, views
from mockhall.results.access import ReportedPaper
from mockhall.results.forms import AskedItems
from mockhall.web.errors import NotYours
from mockhall.web.filters import plural
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render

router = APIRouter()
NO_QUESTION = "This report has no question with that number."


@router.get("/desk/papers/{slug}/report/items")
def report_items(request: Request, db: Reading, paper: ReportedPaper, asked: AskedItems, now: Now) -> Response:
    """How the scores lie, the paper as a measure, and the figures of each question."""
    found = item_report.item_report(db, paper, asked.version, asked.chosen, now)
    return render(request, "results/items.html", **views.items_context(found, asked))


@router.post("/desk/papers/{slug}/report/items")
def count_items(request: Request, db: Reading, paper: ReportedPaper, asked: AskedItems, now: Now) -> Response:
    """Count this version now: a few seconds for the most that ever sat a test."""
    version = item_report.shown_version(db, paper, asked.version)
    db.close()  # counting has sessions of its own, and nobody shall wait for this one meanwhile
    found = statistics.refresh(request.app.state.database, version.id or 0, asked.chosen, now)
    url = asked.url(f"/desk/papers/{paper.slug}/report/items")
    return redirect(request, url, f"Counted anew over {plural(found.people, 'person', 'people')}.")


@router.get("/desk/papers/{slug}/report/items/{number}")
def report_item(
    request: Request, db: Reading, paper: ReportedPaper, number: int, asked: AskedItems, now: Now
) -> Response:  # fmt: skip
    """One question: all its figures, and which options the best and the weakest chose."""
    found = item_report.one_item(db, paper, number, asked.version, asked.chosen, now)
    if found is None:
        raise NotYours(NO_QUESTION)
    return render(request, "results/item.html", **views.item_context(found, asked))
