"""HTTP of the gradebook: a cohort against tests, as a page and as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from mockhall.accounts import audit
from mockhall.accounts.access import Staff
from mockhall.accounts.cohort_queries import cohorts
from mockhall.db import Reading, Writing
from mockhall.results.access import Exporter
from mockhall.results.export import disposition
from mockhall.results.gradebook import MOST_TESTS, columns, gradebook, tests_of
from mockhall.results.gradebook_export import gradebook_csv
from mockhall.results.gradebook_forms import AskedCohort, AskedGradebook, ExportedCohort
from mockhall.results.gradebook_views import choice, page_of_tests, shown
from mockhall.web.now import Now
from mockhall.web.pages import render

router = APIRouter()


@router.get("/desk/gradebook")
def gradebook_page(
    request: Request, db: Reading, person: Staff, asked: AskedGradebook, cohort: AskedCohort, now: Now
) -> Response:
    """People of a cohort against tests; without a cohort the choice of one."""
    offered = cohorts(db)
    if cohort is None:
        return render(request, "results/choose_gradebook.html", **choice(None, offered, [], asked))
    tests = tests_of(db, cohort)
    part = page_of_tests(columns(tests, asked.papers), asked.tests)
    found = gradebook(db, cohort, part.tests, asked.score, asked.after, now, request.app.state.settings.grace)
    return render(request, "results/gradebook.html", **shown(cohort, offered, tests, part, found, asked))


@router.get("/desk/gradebook.csv")
def gradebook_file(
    request: Request, db: Writing, person: Exporter, asked: AskedGradebook, cohort: ExportedCohort, now: Now
) -> Response:
    """The same choice as a file, all its tests and people. Who took it away is logged."""
    state = request.app.state
    tests = columns(tests_of(db, cohort), asked.papers)[:MOST_TESTS]
    audit.write(db, person.id, "export", f"gradebook of cohort {cohort.code}", now)
    rows = gradebook_csv(state.database, cohort, tests, asked.score, now, state.settings.grace)
    headers = {"Content-Disposition": disposition(f"gradebook-{cohort.name}")}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)
