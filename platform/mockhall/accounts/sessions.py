"""Server-side sessions: a random token in a cookie, its hash in the table, gone when revoked."""

from datetime import datetime, timedelta
from functools import lru_cache

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import ColumnElement, and_, bindparam, delete, update
from sqlmodel import Session, col, select

from mockhall.accounts.models import LoginSession, Person
from mockhall.db import UtcDateTime
from mockhall.web.codes import new_token, token_hash

GUEST_LIFE = timedelta(days=180)
SIGNED_IN_LIFE = timedelta(days=30)


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this host, but browsers drop it on plain http."""
    return "__Host-mockhall" if request.app.state.settings.is_https else "mockhall"


def token_of(request: Request) -> str:
    """The session's token that this browser sent, which is never quoted; empty without one."""
    wanted, found = cookie_name(request), ""
    for name, value in request.scope["headers"]:
        if name == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, _, given = pair.partition("=")
                if key.strip() == wanted:
                    found = given.strip()
    return found


def open_session(db: Session, person: Person, now: datetime) -> str:
    """A new session of this person; returns the token, which is stored nowhere."""
    token = new_token()
    life = GUEST_LIFE if person.is_guest else SIGNED_IN_LIFE
    assert person.id is not None
    db.add(LoginSession(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + life))
    db.flush()
    return token


def person_of(db: Session, token: str, now: datetime) -> Person | None:
    """Whose session this token opens; nobody's when it is unknown, too old, revoked or disabled."""
    return db.execute(_PERSON, session_of(token, now)).scalars().first()


IS_OPEN: list[ColumnElement[bool]] = [
    col(LoginSession.person_id) == col(Person.id),
    col(LoginSession.token_hash) == bindparam("token"),
    col(LoginSession.revoked_at).is_(None),
    col(LoginSession.expires_at) > bindparam("now", type_=UtcDateTime()),
    col(Person.disabled_at).is_(None),
]
"""What makes a session of somebody's theirs; a statement with it is given what `session_of` says."""

_PERSON = select(Person).join(LoginSession, and_(*IS_OPEN))


def session_of(token: str, now: datetime) -> dict[str, object]:
    """The values for `IS_OPEN`."""
    return {"token": token_hash(token), "now": now}


def close_session(db: Session, token: str, now: datetime) -> None:
    """End one session."""
    db.execute(
        update(LoginSession)
        .where(col(LoginSession.token_hash) == token_hash(token), col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )


def close_all_sessions(db: Session, person: Person, now: datetime) -> None:
    """End every session of a person, also as what a browser is known by: after a new password, or when disabled."""
    theirs = col(LoginSession.person_id) == person.id
    db.execute(update(LoginSession).where(theirs, col(LoginSession.revoked_at).is_(None)).values(revoked_at=now))
    db.execute(update(LoginSession).where(theirs, col(LoginSession.expires_at) > now).values(expires_at=now))


def forget_expired(db: Session, now: datetime, most: int = 500) -> bool:
    """Delete sessions that are too old to open anything, some at a time; were there so many that more may be left?"""
    old = select(LoginSession.id).where(col(LoginSession.expires_at) < now).limit(most)
    gone = db.execute(delete(LoginSession).where(col(LoginSession.id).in_(old)))
    return int(gone.rowcount) == most  # type: ignore[attr-defined]  # a delete's result has it


def give_cookie(request: Request, response: Response, token: str, person: Person) -> None:
    """Put the session's token into the browser."""
    _set_cookie(request, response, token, GUEST_LIFE if person.is_guest else SIGNED_IN_LIFE)


def give_guest_cookie(request: Request, response: Response, token: str) -> None:
    """The same for a guest's token."""
    _set_cookie(request, response, token, GUEST_LIFE)


def _set_cookie(request: Request, response: Response, token: str, life: timedelta) -> None:
    before, after = _around_token(cookie_name(request), life, request.app.state.settings.is_https)
    response.raw_headers.append((b"set-cookie", f"{before}{token}{after}".encode()))


@lru_cache(8)
def _around_token(name: str, life: timedelta, secure: bool) -> tuple[str, str]:
    """A cookie's header before and after its token, as Starlette writes it; each time anew it costs a start more than
    all its rules. A token needs no escape."""
    written = Response()
    written.set_cookie(
        name, "token", max_age=int(life.total_seconds()), path="/", httponly=True, samesite="lax", secure=secure
    )
    before, _, after = written.headers["set-cookie"].partition("=token")
    return f"{before}=", after


def take_cookie(request: Request, response: Response) -> None:
    """Remove the token from the browser."""
    secure = request.app.state.settings.is_https
    response.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="lax", secure=secure)


def offer_cookie(request: Request, response: Response) -> None:
    """Give a browser that has no cookie yet a token nobody owns: a guest is made with it at the start.

    Without it, a start pressed twice at once would come from two strangers and make two attempts."""
    if not request.cookies.get(cookie_name(request)):
        give_guest_cookie(request, response, new_token())
