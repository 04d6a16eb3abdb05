"""Whether a start may go on to the lane: the name, roll number and access code a test asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from limits import RateLimitItem
from sqlmodel import Session, col, select

from mockhall.accounts import limits
from mockhall.accounts.access import client_address, load_viewer
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import cookie_name
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.forms import StartForm
from mockhall.attempts.models import Attempt
from mockhall.exam.entry import Ask, code_fits, faults
from mockhall.papers import words
from mockhall.papers.front import AttemptLine, AttemptsOf, Entry, Front
from mockhall.papers.models import Paper, PaperVersion
from mockhall.papers.queries import find, outline
from mockhall.web.codes import token_hash
from mockhall.web.errors import Refused
from mockhall.web.pages import refusal, render, wants_json

PER_PERSON = limits.limit_of(10, 10)
PER_ADDRESS = limits.limit_of(300, 10)  # a school behind one address may mistype a lot
WRONG_CODE = "This is not the access code of this test. Ask whoever runs it."
NO_CODE = "Write the access code. Whoever runs the test has it."


@dataclass(frozen=True)
class Fault:
    """What is in the way: the status and reason for scripts, and what to say beside which field."""

    status: int
    reason: str
    errors: Mapping[str, str] = field(default_factory=dict)


def asks(version: PaperVersion) -> bool:
    """Does this test ask for anything before a start? Most don't, and then nothing is looked up."""
    required = Ask.REQUIRED in (version.ask_name, version.ask_roll)
    return required or version.ask_roll != Ask.NO or bool(version.access_code)


def refused(request: Request, version: PaperVersion, slug: str, form: StartForm, now: datetime) -> Response | None:
    """The reply to a start that lacks something, with all that was sent still in the form; None when it may go on.

    Who is in the test already, and staff who preview it, go on. Wrong codes are counted by person and by address."""
    database = request.app.state.database
    with database.reading() as db:
        person = load_viewer(db, request, now)
        if person is not None and (person.can_edit or person.can_report or _is_in(db, person, version)):
            return None
        keys = _keys(request, version)
        wait = max((limits.wait(db, item, key, now) for key, item in keys.items()), default=0)
    if version.access_code and wait:
        return _answer(request, slug, form, Fault(429, "too_many", {"code": limits.too_many(wait).text}), now, wait)
    if version.access_code and not code_fits(version.access_code, form.code):
        if form.code:
            with database.writing() as db:
                for key, item in keys.items():
                    limits.count(db, item, key, now)
        said = {"code": WRONG_CODE if form.code else NO_CODE}
        return _answer(request, slug, form, Fault(403, "code_needed", said | _faults(version, form)), now)
    if found := _faults(version, form):
        return _answer(request, slug, form, Fault(422, "fields", found), now)
    return None


def _faults(version: PaperVersion, form: StartForm) -> dict[str, str]:
    return faults(Ask(version.ask_name), Ask(version.ask_roll), form.name, form.roll)


def _is_in(db: Session, person: Person, version: PaperVersion) -> bool:
    query = select(Attempt.id).where(Attempt.person_id == person.id, Attempt.paper_id == version.paper_id)
    return db.exec(query.where(col(Attempt.state).in_(RUNNING)).limit(1)).first() is not None


def _keys(request: Request, version: PaperVersion) -> dict[str, RateLimitItem]:
    """Under what wrong codes are counted: the browser's own cookie where it has one, and its address."""
    token = request.cookies.get(cookie_name(request), "")
    found = {f"code:{version.paper_id}:at:{client_address(request)}": PER_ADDRESS}
    return found | ({f"code:{version.paper_id}:by:{token_hash(token)}": PER_PERSON} if token else {})


def _answer(request: Request, slug: str, form: StartForm, fault: Fault, now: datetime, wait: int = 0) -> Response:
    """JSON for scripts; the front page with what was sent and what is wrong beside its field."""
    text = " ".join(fault.errors.values())
    extra = {"retry_after": wait} if wait else {}
    if wants_json(request):
        return refusal(request, Refused(fault.status, fault.reason, text, fields=dict(fault.errors), **extra))
    with request.app.state.database.reading() as db:
        person, shown = load_viewer(db, request, now), find(db, slug)
        assert shown is not None
        attempts = _attempts(request, db, person, shown.paper)
        entry = Entry(form.name, form.roll, form.language, fault.errors)
        front = Front(shown, outline(db, shown.version), person, attempts, now, entry)
        response = render(request, "papers/paper.html", fault.status, front=front, words=words)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _attempts(request: Request, db: Session, person: Person | None, paper: Paper) -> list[AttemptLine]:
    attempts_of: AttemptsOf = request.app.state.attempts_of
    return list(attempts_of(db, person, paper)) if person else []
