"""How attempts end: handed in by someone, or by the paper's policy when time is up, with or without a browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from mockhall.attempts import receipts
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam import clock
from mockhall.exam.clock import Phase
from mockhall.exam.time_up import Due, TimeUp, due
from mockhall.papers.models import PaperVersion

OnClose = Callable[[Session, Attempt, datetime], None]
RUNNING = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)


def is_due(attempt: Attempt, now: datetime, grace: timedelta) -> bool:
    """Is it still running although its time, grace included, is over?"""
    return attempt.state in RUNNING and clock.phase(now, attempt.deadline_at, grace) is Phase.OVER


def ends_by_itself(db: Session, attempt: Attempt) -> bool:
    """Is the attempt handed in for the candidate when its time is up?"""
    return _policy(db, attempt)[0] is TimeUp.SUBMIT or attempt.submitted_at is not None


def window_until(db: Session, attempt: Attempt) -> datetime | None:
    """Until when an overdue attempt can still be handed in; None where the paper has no such window."""
    policy, window = _policy(db, attempt)
    return None if policy is not TimeUp.WINDOW or attempt.deadline_at is None else attempt.deadline_at + window


def _policy(db: Session, attempt: Attempt) -> tuple[TimeUp, timedelta]:
    query = select(PaperVersion.time_up, PaperVersion.window_minutes).where(PaperVersion.id == attempt.paper_version_id)
    policy, minutes = db.exec(query).one()
    return TimeUp(policy), timedelta(minutes=minutes or 0)


def due_of(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> Due:
    """What the paper's policy asks for now; nothing where the attempt already stands so.

    Who handed in while the grace ran, which closes nothing yet, has handed in whatever the policy."""
    if not is_due(attempt, now, grace):
        return Due.NOTHING
    policy, window = _policy(db, attempt)
    found = due(now, attempt.deadline_at, grace, policy, window)
    if attempt.submitted_at is not None and attempt.state == AttemptState.IN_PROGRESS:
        return Due.SUBMIT
    return Due.NOTHING if found is Due.OVERDUE and attempt.state == AttemptState.OVERDUE else found


def settle(db: Session, attempt: Attempt, now: datetime, grace: timedelta, on_close: OnClose) -> Due:
    """Bring an attempt whose time is over to where its paper's policy wants it; returns what was done."""
    found = due_of(db, attempt, now, grace)
    if found is Due.SUBMIT:
        close(db, attempt, now, on_close)
    elif found is Due.ABANDON:
        _abandon(db, attempt, now)
    elif found is Due.OVERDUE:
        attempt.state = AttemptState.OVERDUE
        db.add(attempt)
        db.flush()
    return found


def hand_in(
    db: Session, attempt: Attempt, now: datetime, grace: timedelta, on_close: OnClose, *, by_itself: bool = False
) -> bool:
    """Hand in; returns whether the attempt is closed now. Once closed it stays so.

    At the deadline nothing closes before the grace has passed. `by_itself`: the page did it because its clock ran
    out, which ends nothing before the deadline, for extra time may have come, and is no hand-in where one is wanted."""
    settle(db, attempt, now, grace, on_close)
    if attempt.state not in RUNNING:
        return True
    phase = clock.phase(now, attempt.deadline_at, grace)
    if by_itself:
        return False
    if phase is Phase.GRACE:
        attempt.submitted_at = now  # noted: it closes when the grace is over
        db.add(attempt)
        return False
    close(db, attempt, now, on_close)
    return True


def close(db: Session, attempt: Attempt, now: datetime, on_close: OnClose) -> None:
    """The one transition to handed in; the recorded finish of a timed-out attempt is its deadline."""
    _end(db, attempt, now, AttemptState.SUBMITTED)
    receipts.issue(db, attempt)
    on_close(db, attempt, now)


def _abandon(db: Session, attempt: Attempt, now: datetime) -> None:
    """Time was up and nobody handed in, where the paper asks for that: no marks."""
    _end(db, attempt, now, AttemptState.ABANDONED)


def _end(db: Session, attempt: Attempt, now: datetime, state: AttemptState) -> None:
    attempt.state, attempt.running_key = state, None
    attempt.submitted_at = now
    attempt.finished_at = clock.finished_at(now, attempt.deadline_at)
    db.add(attempt)
    db.flush()


def sweep(db: Session, now: datetime, grace: timedelta, on_close: OnClose, limit: int = 200) -> int:
    """Settle attempts whose time is over, at most `limit`; returns for how many something was done."""
    query = (
        select(Attempt)
        .join(PaperVersion, col(PaperVersion.id) == col(Attempt.paper_version_id))
        .where(col(Attempt.deadline_at) < now - grace, or_(*_to_do(db, now)))
        .order_by(col(Attempt.deadline_at))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Attempt)
    )
    found = [settle(db, attempt, now, grace, on_close) for attempt in db.exec(query).all()]
    return sum(each is not Due.NOTHING for each in found)


def _to_do(db: Session, now: datetime) -> list[Any]:
    """Whoever is still working, and whose window to hand in has passed; the windows in use are few."""
    state, window = col(Attempt.state), col(PaperVersion.window_minutes)
    query = select(PaperVersion.window_minutes).join(Attempt, col(Attempt.paper_version_id) == col(PaperVersion.id))
    windows = db.exec(query.where(state == AttemptState.OVERDUE).distinct()).all()
    ends = {minutes: now - timedelta(minutes=minutes) for minutes in windows if minutes is not None}
    is_past = [and_(window == minutes, col(Attempt.deadline_at) < end) for minutes, end in ends.items()]
    return [state == AttemptState.IN_PROGRESS, *(and_(state == AttemptState.OVERDUE, each) for each in is_past)]
