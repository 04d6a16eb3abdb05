"""HTTP of papers: the catalogue, topics, a test's front page, and the pages the footer links."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from mockhall.accounts.access import Viewer
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import offer_cookie
from mockhall.db import Reading
from mockhall.papers import catalogue as reads
from mockhall.papers import queries, views, words
from mockhall.papers.access import KnownTopic, ShownPaper
from mockhall.papers.catalogue import Filters
from mockhall.papers.forms import CatalogueFilters, Page
from mockhall.papers.front import AttemptLine, AttemptsOf, Front, RunningLine, RunningOf
from mockhall.papers.queries import Shown
from mockhall.papers.terms import terms_for
from mockhall.papers.who_may import gate
from mockhall.web.now import Now
from mockhall.web.pages import json_reply, render, wants_fragment, wants_json

router = APIRouter()
SCRIPT_PAGE = 200  # papers in one JSON reply


@router.get("/")
@router.get("/papers")
def catalogue(request: Request, db: Reading, person: Viewer, filters: CatalogueFilters) -> Response:
    """All tests, narrowed by the filters; `/` has the welcome above them."""
    if wants_json(request):
        return json_reply(views.found_json(reads.catalogue(db, filters, person, SCRIPT_PAGE)))
    template = "papers/_results.html" if wants_fragment(request) else "papers/catalogue.html"
    found, subjects = reads.catalogue(db, filters, person), reads.subjects(db, person)
    context = views.catalogue_context(request.url.path, filters, found, subjects)
    is_home = request.url.path == "/" and not wants_fragment(request)
    response = render(request, template, running=_running(request, db, person) if is_home else [], **context)
    if wants_fragment(request):
        response.headers["HX-Push-Url"] = views.address(request.url.path, filters)
    return response


@router.get("/topics/{slug}")
def topic(request: Request, db: Reading, person: Viewer, known: KnownTopic, page: Page) -> Response:
    """A topic: the topics below it, and the tests on it."""
    if wants_json(request):
        return json_reply(views.found_json(reads.in_topic(db, known.topic, page, person, SCRIPT_PAGE)))
    found = reads.in_topic(db, known.topic, page, person)
    turns = views.turns(request.url.path, Filters(), found)
    return render(request, "papers/topic.html", known=known, found=found, turns=turns)


@router.get("/papers/{slug}")
def paper(request: Request, db: Reading, person: Viewer, shown: ShownPaper, now: Now) -> Response:
    """A test's front page: what it asks, how it is marked, the rules, and the start."""
    outline, door = queries.outline(db, shown.version), gate(db, shown.version, person)
    terms = terms_for(db, shown.version, person.id if person else None)
    front = Front(shown, outline, person, _attempts(request, db, person, shown), now, gate=door, own=terms)
    if wants_json(request):
        return json_reply(views.front_json(front))
    response = render(request, "papers/paper.html", front=front, words=words)
    if person is None:
        offer_cookie(request, response)
    return response


def _attempts(request: Request, db: Session, person: Person | None, shown: Shown) -> list[AttemptLine]:
    """The viewer's attempts, from the function the app hands down: attempts stand above papers."""
    attempts_of: AttemptsOf | None = getattr(request.app.state, "attempts_of", None)
    return list(attempts_of(db, person, shown.paper)) if attempts_of and person else []


def _running(request: Request, db: Session, person: Person | None) -> list[RunningLine]:
    """What the viewer is in the middle of, handed down likewise."""
    running_of: RunningOf | None = getattr(request.app.state, "running_of", None)
    return list(running_of(db, person)) if running_of and person else []


@router.get("/accessibility")
def accessibility(request: Request, person: Viewer) -> Response:
    """What people with disabilities can count on."""
    return render(request, "pages/accessibility.html")


@router.get("/privacy")
def privacy(request: Request, person: Viewer) -> Response:
    """What is kept and who sees it."""
    return render(request, "pages/privacy.html")


@router.get("/report")
def report(request: Request, person: Viewer) -> Response:
    """How to report an error."""
    return render(request, "papers/report.html")
