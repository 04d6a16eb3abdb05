"""HTTP of marking a paper's attempts anew: a dry run, what it found, applying or dropping it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.background import BackgroundTask

from mockhall.accounts import audit
from mockhall.db import Reading, Writing
from mockhall.results import regrade_list, regrading
from mockhall.results.access import ExportedPaper, Exporter, RegradeForUpdate, ReportedPaper, ReportedRegrade
from mockhall.results.forms import Before, SentVerb
from mockhall.results.models import Regrade
from mockhall.web.now import Now
from mockhall.web.pages import redirect, render, wants_fragment

router = APIRouter()
NO_REASON = "Say why: it stands in the log, and on each result that changes."


@router.get("/desk/papers/{slug}/regrade")
def regrades(request: Request, db: Reading, paper: ReportedPaper) -> Response:
    """Start a dry run; earlier regrades of this test."""
    return render(request, "results/regrades.html", paper=paper, regrades=regrade_list.regrades(db, paper), error="")


@router.post("/desk/papers/{slug}/regrade")
def look(
    form: SentVerb, request: Request, db: Writing, person: Exporter, paper: ExportedPaper, now: Now
) -> Response:  # fmt: skip
    """Begin a dry run, which goes on when this reply has left."""
    if not form.reason:
        found = regrade_list.regrades(db, paper)
        return render(request, "results/regrades.html", 422, paper=paper, regrades=found, error=NO_REASON)
    made = regrading.begin(db, paper, form.reason, person, now)
    return _on(request, redirect(request, _url(paper.slug, made)), made)


@router.get("/desk/papers/{slug}/regrade/{code}")
def regrade(
    request: Request, db: Reading, paper: ReportedPaper, found: ReportedRegrade, before: Before, now: Now
) -> Response:  # fmt: skip
    """How far it is, and whose score would change or has changed."""
    template = "results/_regrade.html" if wants_fragment(request) else "results/regrade.html"
    page = regrade_list.changes(db, found, before, now)
    return render(request, template, paper=paper, page=page, url=_url(paper.slug, found))


@router.post("/desk/papers/{slug}/regrade/{code}")
def go_on(request: Request, paper: ExportedPaper, found: RegradeForUpdate) -> Response:
    """Carry on one that stands still since its server stopped."""
    return _on(request, redirect(request, _url(paper.slug, found)), found)


@router.post("/desk/papers/{slug}/regrade/{code}/apply")
def apply(
    request: Request, db: Writing, person: Exporter, paper: ExportedPaper, found: RegradeForUpdate, now: Now
) -> Response:
    """Change the scores that were listed, and no others."""
    regrading.confirm(db, found, now)
    audit.write(db, person.id, "regrade", f"{paper.slug}: {found.changed} scores, {found.reason}"[:120], now)
    return _on(request, redirect(request, _url(paper.slug, found)), found)


@router.post("/desk/papers/{slug}/regrade/{code}/drop")
def drop(request: Request, db: Writing, paper: ExportedPaper, found: RegradeForUpdate, now: Now) -> Response:
    """Leave every score as it is."""
    regrading.drop(db, found, now)
    return redirect(request, f"/desk/papers/{paper.slug}/regrade", "Dropped. No score was changed.")


@router.get("/desk/papers/{slug}/regrade/{code}/apply")
@router.get("/desk/papers/{slug}/regrade/{code}/drop")
def back_to_regrade(request: Request, paper: ReportedPaper, found: ReportedRegrade) -> Response:
    """A page that was refused stands at its form's address: opened again, that leads to the regrade."""
    return redirect(request, _url(paper.slug, found))


def _url(slug: str, found: Regrade) -> str:
    return f"/desk/papers/{slug}/regrade/{found.code}"


def _on(request: Request, response: Response, found: Regrade) -> Response:
    """What takes long goes on after the reply; whoever waits looks at how far it is."""
    state = request.app.state
    response.background = BackgroundTask(regrading.go_on, state.database, found.code, state.clock)
    return response
