"""Browsers that have signed in to an account before: what strangers try elsewhere can't keep their owner out.

A cookie of its own outlives signing out. It holds hashes of session tokens, which open nothing: all that it gives is a
count of one's own for wrong passwords."""

from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session, col, select

from mockhall.accounts.models import LoginSession, Person, normal_email
from mockhall.accounts.sessions import SIGNED_IN_LIFE
from mockhall.web.codes import token_hash

NAME = "mockhall-known"
MOST = 5  # accounts of a shared computer


def marks_of(request: Request) -> list[str]:
    """What this browser holds from earlier sign-ins, the newest first."""
    found = request.cookies.get(NAME, "").split(".")
    return [each for each in found if len(each) == 64 and each.isascii() and each.isalnum()][:MOST]


def mark_for(db: Session, marks: list[str], email: str, now: datetime) -> str:
    """The mark that is of this account's; empty where the browser has never been in it, or too long ago, or before the
    password was last set: who knew the old one is a stranger to the new one."""
    if not marks:
        return ""
    query = select(LoginSession.token_hash).join(Person, col(Person.id) == col(LoginSession.person_id))
    query = query.where(col(LoginSession.token_hash).in_(marks), Person.email == normal_email(email))
    query = query.where(col(LoginSession.expires_at) > now)
    return db.exec(query.limit(1)).first() or ""


def remember(request: Request, response: Response, token: str) -> None:
    """This browser has signed in with a new session, whose token this is. Sent to `/sign-in` alone."""
    marks = [token_hash(token), *marks_of(request)][:MOST]
    response.set_cookie(
        NAME, ".".join(marks), max_age=int(SIGNED_IN_LIFE.total_seconds()), path="/sign-in", httponly=True,
        samesite="lax", secure=request.app.state.settings.is_https,
    )  # fmt: skip
