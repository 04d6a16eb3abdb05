"""Who is asking, and whether they may: dependencies in pairs, for looking and for changing."""

from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from mockhall.accounts.models import Person
from mockhall.accounts.sessions import cookie_name, person_of
from mockhall.db import Reading, Writing
from mockhall.web.errors import NotYours, Refused
from mockhall.web.now import Now

SIGN_IN = "Sign in, or open this page in the browser where you started."


def client_address(request: Request) -> str:
    """Where a request comes from, for counting: an IPv6 network of /64 is one household."""
    found = request.scope.get("client")
    return _address(found[0] if found else "")


@lru_cache(4096)
def _address(host: str) -> str:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host or "unknown"  # a socket file, or a test
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


ClientAddress = Annotated[str, Depends(client_address)]


def load_viewer(db: Session, request: Request, now: datetime) -> Person | None:
    token = request.cookies.get(cookie_name(request), "")
    person = person_of(db, token, now) if token else None
    request.state.person = person  # the page's header names who is signed in
    return person


def viewer(db: Reading, request: Request, now: Now) -> Person | None:
    """Whoever this browser is, or nobody yet."""
    return load_viewer(db, request, now)


def viewer_for_update(db: Writing, request: Request, now: Now) -> Person | None:
    """The same, on the session that writes."""
    return load_viewer(db, request, now)


Viewer = Annotated[Person | None, Depends(viewer)]
ViewerForUpdate = Annotated[Person | None, Depends(viewer_for_update)]


def _known(person: Person | None) -> Person:
    if person is None:
        raise Refused(401, "sign_in", SIGN_IN)
    return person


def somebody(person: Viewer) -> Person:
    """A guest or an account; 401 without any valid cookie."""
    return _known(person)


def somebody_for_update(person: ViewerForUpdate) -> Person:
    """The same, on the session that writes."""
    return _known(person)


Somebody = Annotated[Person, Depends(somebody)]
SomebodyForUpdate = Annotated[Person, Depends(somebody_for_update)]


def _with_account(person: Person | None) -> Person:
    known = _known(person)
    if known.is_guest:
        raise Refused(401, "sign_in", "Sign in to open this page.")
    return known


def _require(person: Person | None, allowed: bool) -> Person:
    known = _with_account(person)
    if not allowed:
        raise NotYours
    return known


def student(person: Viewer) -> Person:
    """Anyone with an account; guests are asked to sign in."""
    return _with_account(person)


def student_for_update(person: ViewerForUpdate) -> Person:
    """The same, on the session that writes."""
    return _with_account(person)


def editor(person: Viewer) -> Person:
    """Who may write questions; others get 404."""
    return _require(person, person is not None and person.can_edit)


def editor_for_update(person: ViewerForUpdate) -> Person:
    """The same, on the session that writes."""
    return _require(person, person is not None and person.can_edit)


def staff(person: Viewer) -> Person:
    """Who may read score reports; others get 404."""
    return _require(person, person is not None and person.can_report)


def staff_for_update(person: ViewerForUpdate) -> Person:
    """The same, on the session that writes."""
    return _require(person, person is not None and person.can_report)


def desk(person: Viewer) -> Person:
    """Editors and staff alike; others get 404."""
    return _require(person, person is not None and (person.can_edit or person.can_report))


def desk_for_update(person: ViewerForUpdate) -> Person:
    """The same, on the session that writes."""
    return _require(person, person is not None and (person.can_edit or person.can_report))


def editor_at_the_door(request: Request, now: Now) -> None:
    """Refuses who is no editor before a long body is read, on a session of its own that ends here: none is held while
    a picture comes in."""
    with request.app.state.database.reading() as db:
        editor(load_viewer(db, request, now))


Student = Annotated[Person, Depends(student)]
StudentForUpdate = Annotated[Person, Depends(student_for_update)]
Editor = Annotated[Person, Depends(editor)]
EditorForUpdate = Annotated[Person, Depends(editor_for_update)]
AtTheDoor = Annotated[None, Depends(editor_at_the_door)]
Staff = Annotated[Person, Depends(staff)]
StaffForUpdate = Annotated[Person, Depends(staff_for_update)]
Desk = Annotated[Person, Depends(desk)]
DeskForUpdate = Annotated[Person, Depends(desk_for_update)]
