"""Who may reach a question of an open review, and a reported error."""

from dataclasses import dataclass
from typing import Annotated

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlmodel import Session, col, select

from mockhall.accounts.access import Desk, DeskForUpdate
from mockhall.attempts.access import MyAttemptForUpdate
from mockhall.attempts.models import Attempt, Response
from mockhall.db import Reading, Writing
from mockhall.results.models import QuestionReport
from mockhall.results.reveals import COLUMNS, joined, policy_of
from mockhall.web.errors import NotYours, Refused
from mockhall.web.now import Now

NOT_YET = "The review of this test is not open, so there is nothing to note yet."
MOST_QUESTIONS = 10_000


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question of an attempt whose review is open to its owner."""

    attempt: Attempt
    number: int
    version_id: int

    @property
    def attempt_id(self) -> int:
        return self.attempt.id or 0


def reviewed_question(
    request: Request, db: Writing, attempt: MyAttemptForUpdate, number: int, now: Now
) -> ReviewedQuestion:  # fmt: skip
    """The question with this number, on the session that writes; 409 before the review may be read."""
    of = (Response.attempt_id == attempt.id, Response.number == number)
    found = db.exec(select(Response.question_version_id).where(*of)).first() if 0 < number < MOST_QUESTIONS else None
    if found is None:
        raise NotYours
    row = db.execute(joined(sa.select(*COLUMNS).select_from(Attempt)).where(col(Attempt.id) == attempt.id)).one()
    grace = request.app.state.settings.grace
    if not policy_of(row, attempt.state, attempt.submitted_at, grace).may_review(now):
        raise Refused(409, "not_yet", NOT_YET)
    return ReviewedQuestion(attempt, number, found)


def _report(db: Session, code: str, *, lock: bool = False) -> QuestionReport:
    query = select(QuestionReport).where(QuestionReport.code == code)
    row = None if "\0" in code else db.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotYours("There is no report at this address.")
    return row


def correction(db: Reading, code: str, _person: Desk) -> QuestionReport:
    """The report with this code."""
    return _report(db, code)


def correction_for_update(db: Writing, code: str, _person: DeskForUpdate) -> QuestionReport:
    """The same, on the session that writes; on PostgreSQL the row is locked."""
    return _report(db, code, lock=True)


ReviewedQuestionForUpdate = Annotated[ReviewedQuestion, Depends(reviewed_question)]
Correction = Annotated[QuestionReport, Depends(correction)]
CorrectionForUpdate = Annotated[QuestionReport, Depends(correction_for_update)]
