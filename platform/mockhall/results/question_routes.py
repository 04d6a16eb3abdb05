"""HTTP of a question's figures in all tests, beside its form and as a page of its own."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from mockhall.accounts.access import Editor
from mockhall.bank.access import EditableQuestion
from mockhall.bank.queries import known
from mockhall.db import Reading
from mockhall.results import question_report
from mockhall.web.headline import headline
from mockhall.web.pages import render, wants_fragment

router = APIRouter()


@router.get("/desk/questions/{code}/figures")
def question_figures(request: Request, db: Reading, row: EditableQuestion, person: Editor) -> Response:
    """How a question performs, as the newest statistics of its tests say; to htmx the card's inside."""
    found = question_report.performance(db, row)
    if wants_fragment(request):
        return render(request, "results/_question_figures.html", found=found)
    title = headline(known(db, row).version.stem, 90)
    return render(request, "results/question_figures.html", found=found, question=row, headline=title)
