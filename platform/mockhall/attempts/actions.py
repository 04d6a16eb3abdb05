"""Verbs of the exam room: start, save, submit, and closing when time is up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person
from mockhall.attempts.closing import OnClose, is_due, settle
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam import clock, saving, shuffle
from mockhall.exam.answers import check_answer
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer
from mockhall.exam.shape import Shape
from mockhall.papers import queries as papers
from mockhall.papers.models import Paper
from mockhall.papers.queries import Layout, Placed
from mockhall.papers.versions import newest_version
from mockhall.web.codes import new_code
from mockhall.web.errors import NotYours, Refused


def running_key(person: Person, paper: Paper) -> str:
    return f"{person.id}:{paper.id}"


def running_attempt(db: Session, person: Person, paper: Paper) -> Attempt | None:
    """The attempt of this paper that this person has not finished."""
    return db.exec(select(Attempt).where(Attempt.running_key == running_key(person, paper))).first()


def start_or_return(
    db: Session, paper: Paper, person: Person, candidate: str, now: datetime, grace: timedelta, on_close: OnClose
) -> tuple[Attempt, bool]:
    """The attempt that runs, or a new one; one whose time is over is closed first."""
    running = running_attempt(db, person, paper)
    if running is not None and is_due(running, now, grace):
        settle(db, running, now, grace, on_close)
    if running is not None and running.running_key:  # overdue too: it can still be handed in
        return running, False
    layout = papers.layout(db, newest_version(db, paper))
    return start(db, paper, layout, person, candidate or person.name, now), True


def start(db: Session, paper: Paper, layout: Layout, person: Person, candidate: str, now: datetime) -> Attempt:
    """A new attempt with all its response rows; refused when the paper's rules say no."""
    version = layout.version
    if version.opens_at is not None and now < version.opens_at:
        raise Refused(409, "not_open", "This test has not opened yet.", opens_at=version.opens_at)
    if version.closes_at is not None and now >= version.closes_at:
        raise Refused(409, "closed", "This test has closed.")
    _refuse_over_limit(db, paper, layout, person)
    duration = timedelta(minutes=version.minutes) if version.minutes else None
    assert paper.id is not None
    assert version.id is not None
    assert person.id is not None
    attempt = Attempt(
        code=new_code(16), paper_id=paper.id, paper_version_id=version.id, person_id=person.id,
        running_key=running_key(person, paper), candidate=candidate, started_at=now,
        is_preview=person.can_edit or person.can_report,
        deadline_at=clock.deadline_at(now, duration, person.time_factor, version.closes_at),
    )  # fmt: skip
    db.add(attempt)
    db.flush()
    db.add_all(_responses(attempt, layout))
    db.flush()
    return attempt


def _refuse_over_limit(db: Session, paper: Paper, layout: Layout, person: Person) -> None:
    allowed = layout.version.attempts_allowed
    if allowed is None or person.can_edit or person.can_report:
        return
    taken = db.exec(
        select(Attempt.id).where(Attempt.paper_id == paper.id, Attempt.person_id == person.id).limit(allowed)
    ).all()
    if len(taken) >= allowed:
        raise Refused(409, "no_attempts_left", f"You have used all {allowed} attempts of this test.")


def _responses(attempt: Attempt, layout: Layout) -> list[Response]:
    """One row a question, its options in this attempt's order; the first counts as opened."""
    assert attempt.id is not None
    rows = []
    for number, each in enumerate(_in_order(attempt, layout), 1):
        assert each.question.id is not None
        row = Response(
            attempt_id=attempt.id, number=number, section=each.section, question_version_id=each.question.id,
            option_order=_option_order(attempt, layout, each.question), visited=number == 1,
        )  # fmt: skip
        rows.append(row)
    return rows


def _in_order(attempt: Attempt, layout: Layout) -> Sequence[Placed]:
    if not layout.version.shuffle_questions:
        return layout.placed
    ordered: list[Placed] = []
    for section in layout.sections:
        places = {str(each.question.id): each for each in layout.in_section(section.position)}
        seed = f"{attempt.code}:{section.position}"
        ordered += [places[name] for name in shuffle.order(list(places), set(), seed)]
    return ordered


def _option_order(attempt: Attempt, layout: Layout, question: QuestionVersion) -> list[str]:
    kind, shuffled = Kind(question.kind), layout.version.shuffle_options and question.shuffle
    right_order = question.key.get("order", ())
    seed = f"{attempt.code}:{question.id}"
    return list(shuffle.option_order(kind, question.options, right_order, seed, shuffled=shuffled))


@dataclass(frozen=True)
class Saved:
    """What became of a save, and the response as it stands now."""

    verdict: saving.Verdict
    response: Response


def save(db: Session, attempt: Attempt, number: int, form: SaveForm, now: datetime, grace: timedelta) -> Saved:
    """Keep an answer if the rules of a save allow it. AnswerError when it doesn't fit the question."""
    response, version = _response_for_update(db, attempt, number)
    answer = check_answer(Shape.of(Kind(version.kind), version.options), form.answer)
    stored = _stored(response)
    incoming = form.incoming(answer, stored)
    phase = clock.phase(now, attempt.deadline_at, grace)
    verdict = saving.judge(stored, incoming, open_=attempt.state == AttemptState.IN_PROGRESS, phase=phase)
    if verdict is saving.Verdict.SAVE:
        _keep(response, saving.kept(stored, incoming), form, now)
        db.add(response)
    if verdict in {saving.Verdict.SAVE, saving.Verdict.SAME} and attempt.state == AttemptState.IN_PROGRESS:
        attempt.current = _existing(db, attempt, form.current(number)) or number
        db.add(attempt)
        mark_visited(db, attempt, [*form.visited, attempt.current])
    return Saved(verdict, response)


def _existing(db: Session, attempt: Attempt, number: int) -> int | None:
    """The number, if the attempt has such a question: after the last there is none to be at."""
    query = select(Response.number).where(Response.attempt_id == attempt.id, Response.number == number)
    return db.exec(query).first()


def _response_for_update(db: Session, attempt: Attempt, number: int) -> tuple[Response, QuestionVersion]:
    query = (
        select(Response, QuestionVersion)
        .join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
        .where(Response.attempt_id == attempt.id, Response.number == number)
    )
    found = db.exec(query).first()
    if found is None:
        raise NotYours("This test has no question with that number.")
    return found


def _stored(row: Response) -> saving.Stored:
    kept = Answer.of(row.choice, row.text, row.parts)
    return saving.Stored(kept.choice, kept.text, kept.parts, row.marked, row.certainty or None, row.seq, row.tab)


def _keep(row: Response, kept: saving.Stored, form: SaveForm, now: datetime) -> None:
    row.choice, row.text, row.parts, row.marked = list(kept.choice), kept.text, dict(kept.parts), kept.marked
    row.certainty, row.seq, row.tab = kept.certainty or 0, kept.seq, kept.tab
    row.answered, row.visited = not Answer(kept.choice, kept.text, kept.parts).blank, True
    row.active_ms = max(row.active_ms, form.active_ms)
    row.visits += 1
    row.saved_at = now
    if row.answered and row.first_answered_at is None:
        row.first_answered_at = now


def mark_visited(db: Session, attempt: Attempt, numbers: Sequence[int]) -> None:
    """Questions that were opened on the device since its last save."""
    db.execute(
        update(Response)
        .where(col(Response.attempt_id) == attempt.id, col(Response.number).in_(set(numbers)))
        .where(col(Response.visited).is_(False))
        .values(visited=True)
    )


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move a guest's attempts to the account that signed in.

    Where both run the same paper both go on: the guest's keeps its own key, so that neither is lost."""
    for attempt in db.exec(select(Attempt).where(Attempt.person_id == guest_id)):
        attempt.person_id = person_id
        key = f"{person_id}:{attempt.paper_id}"
        if attempt.running_key and not db.exec(select(Attempt.id).where(Attempt.running_key == key)).first():
            attempt.running_key = key
        db.add(attempt)
    db.flush()
