"""Who may reach which attempt: its owner, by the cookie."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, select

from mockhall.accounts.access import Somebody, SomebodyForUpdate
from mockhall.accounts.models import Person
from mockhall.attempts import closing, sections
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.db import Reading, Writing
from mockhall.exam.time_up import Due
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
        if attempt is None or not _is_due(db, attempt, now, settings.grace):
            return
    with database.writing() as db:
        due = db.exec(select(Attempt).where(Attempt.code == code).with_for_update()).one()
        if due.state == AttemptState.IN_PROGRESS and sections.are_due(db, due, now, settings.grace):
            sections.settle(db, due, now, settings.grace)
        closing.settle(db, due, now, settings.grace, request.app.state.on_close)


def _is_due(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> bool:
    """Is the attempt's time over, or that of the section the candidate is in?"""
    if attempt.state == AttemptState.IN_PROGRESS and sections.are_due(db, attempt, now, grace):
        return True
    return closing.due_of(db, attempt, now, grace) is not Due.NOTHING


CloseWhenDue = Depends(close_when_due, scope="function", max_concurrency=2)
