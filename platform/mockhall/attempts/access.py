"""Who may reach which attempt: its owner, by the cookie."""

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import text
from sqlmodel import Session, select

from mockhall.accounts.access import Somebody, SomebodyForUpdate, load_viewer
from mockhall.accounts.models import Person
from mockhall.accounts.sessions import cookie_name
from mockhall.attempts import closing
from mockhall.attempts.models import Attempt
from mockhall.db import Reading, Writing
from mockhall.exam.time_up import Due
from mockhall.papers.models import Paper, PaperStatus
from mockhall.web.codes import token_hash
from mockhall.web.errors import NotYours
from mockhall.web.now import Now


def _owned(db: Session, code: str, person: Person, *, lock: bool) -> Attempt:
    query = select(Attempt).where(Attempt.code == code, Attempt.person_id == person.id)
    attempt = db.exec(query.with_for_update() if lock else query).first()
    if attempt is None:
        raise NotYours
    return attempt


def my_attempt(db: Reading, code: str, person: Somebody) -> Attempt:
    """The attempt with this code, if it is the viewer's; someone else's and a missing one look the same."""
    return _owned(db, code, person, lock=False)


def my_attempt_for_update(db: Writing, code: str, person: SomebodyForUpdate) -> Attempt:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _owned(db, code, person, lock=True)


MyAttempt = Annotated[Attempt, Depends(my_attempt)]
MyAttemptForUpdate = Annotated[Attempt, Depends(my_attempt_for_update)]


def close_when_due(request: Request, code: str, now: Now) -> None:
    """Before a page of an attempt is built: what is due when its time is over is done, whoever looks.

    It has a short session of its own, ended before the page's: a page that looks must not hold the writer."""
    settings, database = request.app.state.settings, request.app.state.database
    with database.reading() as db:
        attempt = db.exec(select(Attempt).where(Attempt.code == code)).first()
        if attempt is None or closing.due_of(db, attempt, now, settings.grace) is Due.NOTHING:
            return
    with database.writing() as db:
        due = db.exec(select(Attempt).where(Attempt.code == code).with_for_update()).one()
        closing.settle(db, due, now, settings.grace, request.app.state.on_close)


CloseWhenDue = Depends(close_when_due, scope="function", max_concurrency=2)


def starter(db: Writing, request: Request, now: Now) -> Person | None:
    """Who presses start, one press at a time: the person's row is locked, or the token nobody owns yet."""
    token = request.cookies.get(cookie_name(request), "")
    if db.get_bind().dialect.name == "postgresql" and token:
        db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:token))"), {"token": token_hash(token)})
    person = load_viewer(db, request, now)
    if person is None:
        return None
    # Read again once the row is ours: a sign-in elsewhere may just have merged this guest into an account.
    db.exec(select(Person).where(Person.id == person.id).with_for_update().execution_options(populate_existing=True))
    return load_viewer(db, request, now)


Starter = Annotated[Person | None, Depends(starter)]


def startable_paper(db: Writing, slug: str) -> Paper:
    """The published paper at this address."""
    paper = db.exec(select(Paper).where(Paper.slug == slug, Paper.status == PaperStatus.PUBLISHED)).first()
    if paper is None:
        raise NotYours("There is no test at this address.")
    return paper


StartablePaper = Annotated[Paper, Depends(startable_paper)]
