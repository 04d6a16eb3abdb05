"""An attempt taken out of the results and put back, or opened again: the ranking and the statistics follow."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts import events, extra_time, receipts
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.events import Verb
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam.marking import screen_marks
from mockhall.results import sharing, statistics
from mockhall.results.actions import regrade, score_attempt
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.web.errors import Refused

RUNS = "This attempt is still being worked on. Nothing was changed."
IS_VOID = "This attempt is voided already. Nothing was changed."
NOT_VOID = "This attempt is not voided, so there is nothing to put back."
ANOTHER = "This person is working on another attempt of the same test. Nothing was changed."
STAYS = "A voided attempt can't be opened again: put it back first. Nothing was changed."


def void(db: Session, attempt: Attempt, reason: str, actor: Person, now: datetime) -> None:
    """Take an attempt out: it keeps its answers and marks, and counts nowhere. Refused where it is out already."""
    if attempt.state == AttemptState.VOIDED:
        raise Refused(409, "voided", IS_VOID)
    events.note(db, attempt, Verb.VOID, reason, actor, now, attempt.state)
    if attempt.state in RUNNING:
        attempt.submitted_at, attempt.finished_at = now, now
    attempt.state, attempt.running_key = AttemptState.VOIDED, None
    db.add(attempt)
    _rank(db, attempt)


def restore(db: Session, attempt: Attempt, actor: Person, now: datetime) -> None:
    """Put a voided attempt back, marked by the rules as they are now; one that was being worked on is handed in as it
    stands."""
    if attempt.state != AttemptState.VOIDED:
        raise Refused(409, "not_voided", NOT_VOID)
    before = events.state_before_void(db, attempt)
    events.note(db, attempt, Verb.RESTORE, "", actor, now, AttemptState.VOIDED)
    if db.exec(select(ScoreRow.id).where(ScoreRow.attempt_id == attempt.id)).first() is not None:
        attempt.state = AttemptState.SCORED
        regrade(db, attempt, now)  # the others may have been marked anew meanwhile, which leaves out what is voided
    elif before == AttemptState.ABANDONED:
        attempt.state = AttemptState.ABANDONED
    else:
        receipts.issue(db, attempt)
        score_attempt(db, attempt, now)
    db.add(attempt)
    _rank(db, attempt)


def reopen(
    db: Session, attempt: Attempt, extra: timedelta, reason: str, actor: Person, now: datetime
) -> datetime | None:  # fmt: skip
    """Let a closed attempt be worked on again; its marks go, and it is marked anew when it is handed in.

    Returns when it ends, None where it has no clock. Refused while it or another of the same test runs; RuleError
    beside the minutes."""
    if attempt.state in RUNNING:
        raise Refused(409, "running", RUNS)
    if attempt.state == AttemptState.VOIDED:
        raise Refused(409, "voided", STAYS)
    key = f"{attempt.person_id}:{attempt.paper_id}"
    if db.exec(select(Attempt.id).where(Attempt.running_key == key)).first() is not None:
        raise Refused(409, "another", ANOTHER)
    score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).first()
    had = f"It had {screen_marks(score.score)} of {screen_marks(score.max)}" if score else "It had no marks"
    before, ends_at = attempt.state, extra_time.reopen(db, attempt, extra, now)
    events.note(db, attempt, Verb.REOPEN, f"{had}. {reason}", actor, now, before)
    db.execute(sa.delete(MarkRow).where(col(MarkRow.attempt_id) == attempt.id))
    if score is not None:
        db.delete(score)
    db.flush()
    sharing.stop(db, attempt, now)  # the link was to marks that are gone
    statistics.forget(db, attempt.paper_id)
    return ends_at


def _rank(db: Session, attempt: Attempt) -> None:
    """Of a person's scored attempts of a paper the first one that counts is ranked; previews never are."""
    db.flush()
    query = select(ScoreRow, Attempt.state, Attempt.is_preview)
    query = query.join(Attempt, col(Attempt.id) == col(ScoreRow.attempt_id))
    query = query.where(ScoreRow.paper_id == attempt.paper_id, ScoreRow.person_id == attempt.person_id)
    is_first = True
    for score, state, is_preview in db.exec(query.order_by(col(Attempt.id))):
        score.is_ranked = is_first and state == AttemptState.SCORED and not is_preview
        is_first = is_first and not score.is_ranked
        db.add(score)
    db.flush()
    statistics.forget(db, attempt.paper_id)
