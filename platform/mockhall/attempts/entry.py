"""Whether a start may go on to the lane: the name, roll number and access code a test asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from mockhall.accounts import limits
from mockhall.accounts.access import client_address, load_viewer
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import cookie_name
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.forms import StartForm
from mockhall.attempts.models import Attempt
from mockhall.exam.entry import MOST_OWN, Ask, code_fits, faults, may_not_try
from mockhall.papers import words
from mockhall.papers.front import AttemptLine, AttemptsOf, Entry, Front
from mockhall.papers.models import Paper, PaperVersion
from mockhall.papers.queries import find, outline
from mockhall.papers.terms import terms_for
from mockhall.papers.who_may import gate
from mockhall.web.codes import token_hash
from mockhall.web.errors import Refused
from mockhall.web.pages import refusal, render, wants_json

WINDOW = limits.limit_of(10, 10)
WRONG_CODE = "This is not the access code of this test. Ask whoever runs it."
NO_CODE = "Write the access code. Whoever runs the test has it."


@dataclass(frozen=True)
class Fault:
    """What is in the way: the status and reason for scripts, and what to say beside which field."""

    status: int
    reason: str
    errors: Mapping[str, str] = field(default_factory=dict)
    wait: int = 0


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
        if gate(db, version, person).bar:
            return None  # the lane says why; whom the test isn't for is asked for nothing
    if version.access_code and (fault := _code_fault(request, version, form, now)):
        return _answer(request, slug, form, fault, now)
    if found := _faults(version, form):
        return _answer(request, slug, form, Fault(422, "fields", found), now)
    return None


def _code_fault(request: Request, version: PaperVersion, form: StartForm, now: datetime) -> Fault | None:
    """What is wrong with the access code, wrong ones counted; None when it may pass.

    It is compared first, so that whoever only has a busy address in common with others gets in with the right one."""
    fits, database, (at, by) = (
        code_fits(version.access_code, form.code),
        request.app.state.database,
        _keys(request, version),
    )
    with database.reading() as db:
        (here, here_wait), (own, own_wait) = limits.counted(db, at, now), limits.counted(db, by, now) if by else (0, 0)
    is_over = may_not_try(own, here, fits=fits)
    if not fits and form.code and own < MOST_OWN:  # whoever is refused anyway doesn't use up what others may mistype
        with database.writing() as db:
            for key in filter(None, (at, by)):
                limits.count(db, WINDOW, key, now)
    if is_over:
        wait = own_wait if own >= MOST_OWN else here_wait
        return Fault(429, "too_many", {"code": limits.too_many(wait).text}, wait)
    if fits:
        return None
    said = {"code": WRONG_CODE if form.code else NO_CODE}
    return Fault(403, "code_needed", said | _faults(version, form))


def _faults(version: PaperVersion, form: StartForm) -> dict[str, str]:
    return faults(Ask(version.ask_name), Ask(version.ask_roll), form.name, form.roll)


def _is_in(db: Session, person: Person, version: PaperVersion) -> bool:
    query = select(Attempt.id).where(Attempt.person_id == person.id, Attempt.paper_id == version.paper_id)
    return db.exec(query.where(col(Attempt.state).in_(RUNNING)).limit(1)).first() is not None


def _keys(request: Request, version: PaperVersion) -> tuple[str, str]:
    """Under what wrong codes are counted: its address, and the browser's own cookie where it has one, else ""."""
    token, about = request.cookies.get(cookie_name(request), ""), f"code:{version.paper_id}"
    return f"{about}:at:{client_address(request)}", f"{about}:by:{token_hash(token)}" if token else ""


def _answer(request: Request, slug: str, form: StartForm, fault: Fault, now: datetime) -> Response:
    """JSON for scripts; the front page with what was sent and what is wrong beside its field."""
    text = " ".join(fault.errors.values())
    extra = {"retry_after": fault.wait} if fault.wait else {}
    if wants_json(request):
        return refusal(request, Refused(fault.status, fault.reason, text, fields=dict(fault.errors), **extra))
    with request.app.state.database.reading() as db:
        person, shown = load_viewer(db, request, now), find(db, slug)
        assert shown is not None
        attempts = _attempts(request, db, person, shown.paper)
        entry = Entry(form.name, form.roll, form.language, fault.errors)
        door, own = gate(db, shown.version, person), terms_for(db, shown.version, person.id if person else None)
        front = Front(shown, outline(db, shown.version), person, attempts, now, entry, door, own)
        response = render(request, "papers/paper.html", fault.status, front=front, words=words)
    if fault.wait:
        response.headers["Retry-After"] = str(fault.wait)
    return response


def _attempts(request: Request, db: Session, person: Person | None, paper: Paper) -> list[AttemptLine]:
    attempts_of: AttemptsOf = request.app.state.attempts_of
    return list(attempts_of(db, person, paper)) if person else []
