"""Verbs of the room's tools: the scratchpad, a pause in practice, the language questions are shown in."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam import clock, pause, scratchpad
from mockhall.exam.errors import RuleError
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.papers.terms import terms_for
from mockhall.web.errors import Refused

TIME_UP = "Time is up, so this can't change any more. What was kept before stays."
HANDED_IN = "This test is handed in, so this can't change any more."
PAUSED = "The test is paused. Go on with it first; then hand it in."


def refuse_unless_open(attempt: Attempt, now: datetime, grace: timedelta) -> None:
    """409 or 410, as for an answer, when the attempt takes nothing any more."""
    if attempt.state != AttemptState.IN_PROGRESS:
        raise Refused(409, "submitted", HANDED_IN, saved=False)
    if clock.phase(now, attempt.deadline_at, grace) is clock.Phase.OVER:
        raise Refused(410, "time_over", TIME_UP, saved=False)


def write_scratch(db: Session, attempt: Attempt, text: str, base: str, now: datetime, grace: timedelta) -> str:
    """Keep the scratchpad; returns the text as it is kept, which holds both where two pages wrote.

    RuleError beside `text` where it can't be kept; nothing is changed then."""
    refuse_unless_open(attempt, now, grace)
    attempt.scratch = scratchpad.together(attempt.scratch, scratchpad.tidied(text), base)
    db.add(attempt)
    return attempt.scratch


def _refuse_unless_practice(db: Session, attempt: Attempt) -> PaperVersion:
    version = db.exec(select(PaperVersion).where(PaperVersion.id == attempt.paper_version_id)).one()
    timed = or_(
        col(PaperSection.minutes_max).is_not(None),
        col(PaperSection.minutes_min).is_not(None),
        col(PaperSection.question_seconds).is_not(None),
    )
    query = select(PaperSection.id).where(PaperSection.paper_version_id == version.id, timed)
    pause.refuse_unless_practice(version.practice, version.practice and db.exec(query).first() is not None)
    return version


def stop_clock(db: Session, attempt: Attempt, person: Person, now: datetime) -> None:
    """Pause. Twice is once; 409 where the test may not be paused or its time is over."""
    refuse_unless_open(attempt, now, timedelta(0))
    if attempt.paused_at is not None:
        return
    try:
        version = _refuse_unless_practice(db, attempt)
    except RuleError as error:
        raise Refused(409, "no_pause", error.text) from error
    attempt.paused_at, attempt.paused_deadline = now, attempt.deadline_at
    attempt.deadline_at = pause.paused_deadline(_closes_at(db, version, person))
    db.add(attempt)


def start_clock(db: Session, attempt: Attempt, person: Person, now: datetime) -> None:
    """Go on after a pause: the deadline moves by as long as it lasted. Nothing when it isn't paused."""
    if attempt.paused_at is None or attempt.state != AttemptState.IN_PROGRESS:
        return
    version = db.exec(select(PaperVersion).where(PaperVersion.id == attempt.paper_version_id)).one()
    closes_at = _closes_at(db, version, person)
    attempt.deadline_at = pause.resumed_deadline(attempt.paused_deadline, attempt.paused_at, now, closes_at)
    attempt.paused_seconds += max(0, round((now - attempt.paused_at).total_seconds()))
    attempt.paused_at = attempt.paused_deadline = None
    db.add(attempt)


def _closes_at(db: Session, version: PaperVersion, person: Person) -> datetime | None:
    terms = terms_for(db, version, person.id)
    if terms.closes_at is None:
        return None
    duration = timedelta(minutes=version.minutes) if version.minutes else None
    return clock.closes_for(terms.closes_at, duration, person.time_factor, terms.exact)


def refuse_paused(attempt: Attempt) -> None:
    """409 while the clock stands: a page that counts on hands nothing in."""
    if attempt.paused_at is not None and attempt.state == AttemptState.IN_PROGRESS:
        raise Refused(409, "paused", PAUSED)


def speak(db: Session, attempt: Attempt, language: str) -> None:
    """Show questions in this language where they have it; 422 for one the test doesn't offer."""
    offered = db.exec(select(PaperVersion.languages).where(PaperVersion.id == attempt.paper_version_id)).one()
    if language not in offered:
        raise Refused(422, "nonsense", "This test isn't offered in that language.", field="language")
    attempt.language = language
    db.add(attempt)
