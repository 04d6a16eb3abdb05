"""Reads of the exam room. Keys and explanations are never selected here: what isn't loaded can't leak."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, or_
from sqlmodel import Session, col, func, select

from mockhall.accounts.models import Person
from mockhall.attempts import spoken
from mockhall.attempts.asked import asked_by, printed
from mockhall.attempts.models import Attempt, AttemptState, Held, Response
from mockhall.attempts.room import Room, RoomOption, RoomQuestion, RoomSection
from mockhall.attempts.sections import parts_of
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.exam.sections import Part
from mockhall.papers.models import Paper, PaperSection, PaperVersion
from mockhall.papers.queries import sat

__all__ = ["Room", "RoomOption", "RoomQuestion", "RoomSection", "question_count", "room"]

_JSON = ("option_order", "choice", "parts", "unsaved")
# Not as objects, which takes thrice as long; JSON as its text, for most rows of a test hold the same few.
_COLUMNS: list[Any] = [
    cast(getattr(Response, name), Text) if name in _JSON else getattr(Response, name) for name in Held._fields
]
_ROWS = select(*_COLUMNS).where(col(Response.attempt_id) == bindparam("attempt")).order_by(col(Response.number))
_PLACES = [Held._fields.index(name) for name in _JSON]


def _held(row: Sequence[Any]) -> Held:
    found = [*row]
    for place in _PLACES:
        if found[place] is not None:
            found[place] = _read(found[place]).copy()
    return Held._make(found)


@lru_cache(10_000)
def _read(text: str) -> Any:
    return json.loads(text)


def room(db: Session, attempt: Attempt) -> Room:
    """An attempt as its candidate may see it, in two queries, three where its sections come in order."""
    paper = db.get_one(Paper, attempt.paper_id)
    version, sections = printed(db, attempt.paper_version_id)
    questions = _questions(db, attempt, version, {each.position: each.scheme for each in sections})
    parts = {each.position: each for each in parts_of(db, attempt)}
    free = Part(0, entered_at=attempt.started_at)  # a free section is open from the start
    filled = [
        _section(each, questions[each.position], parts.get(each.position, replace(free, rules=sat(each))))
        for each in sections
        if each.position in questions
    ]
    return Room(attempt, paper, version, sorted(filled, key=lambda each: each.first))


def _section(section: PaperSection, questions: Sequence[RoomQuestion], part: Part) -> RoomSection:
    return RoomSection(section.position, section.title, questions, part, section.choose, section.choose_k)


def _questions(
    db: Session, attempt: Attempt, version: PaperVersion, schemes: dict[int, dict[str, Any] | None]
) -> dict[int, list[RoomQuestion]]:
    """By section. What a closed question asks is left out here, and so is in no reply."""
    rows = [_held(each) for each in db.execute(_ROWS, {"attempt": attempt.id})]
    asked = asked_by(db, {row.question_version_id for row in rows})
    found: dict[int, list[RoomQuestion]] = {}
    known: dict[tuple[int, str], Scheme] = {}  # most questions share one, and reading one takes longer than its row
    for row in rows:
        what = asked[row.question_version_id]
        if row.locked or (attempt.section is not None and row.section != attempt.section):
            what = what.closed()
        named = (row.section, repr(what.scheme))
        if (scheme := known.get(named)) is None:
            scheme = known[named] = scheme_of(version.scheme, schemes[row.section], what.scheme)
        question = RoomQuestion(
            row, what.kind, what.stem, what.options, what.unit, scheme, what.passage_code, what.passage,
            spoken.offered(what.translations, version.languages),
        )  # fmt: skip
        said = question if attempt.language == spoken.ORIGINAL else question.said_in(attempt.language)
        found.setdefault(row.section, []).append(said)
    return found


def question_count(db: Session, attempt: Attempt) -> int:
    """How many questions an attempt has."""
    return db.exec(select(func.count()).select_from(Response).where(Response.attempt_id == attempt.id)).one()


def taken(db: Session, papers: Collection[int]) -> dict[int, int]:
    """How many attempts each of these papers has, by an index; none where nobody has begun it."""
    query = select(Attempt.paper_id, func.count()).where(col(Attempt.paper_id).in_(papers))
    return {paper: int(found) for paper, found in db.exec(query.group_by(col(Attempt.paper_id)))}


MOST_RUNNING = 3


@dataclass(frozen=True)
class RunningLine:
    """An attempt that its owner can go on with; a paused one, or one without a clock, has no end."""

    title: str
    url: str
    ends_at: datetime | None
    is_paused: bool


def running_of(db: Session, person: Person, now: datetime, grace: timedelta) -> list[RunningLine]:
    """A person's running attempts, whichever ends first before the others, in one query."""
    over, version = col(Attempt.deadline_at), col(PaperVersion.id) == col(Attempt.paper_version_id)
    query = select(Attempt, PaperVersion.title).join(PaperVersion, version)
    query = query.where(Attempt.person_id == person.id, Attempt.state == AttemptState.IN_PROGRESS)
    query = query.where(or_(over.is_(None), over >= now - grace))
    query = query.order_by(over.is_(None), over, col(Attempt.id).desc())
    return [
        RunningLine(title, f"/attempts/{each.code}", None if each.paused_at else each.deadline_at, bool(each.paused_at))
        for each, title in db.exec(query.limit(MOST_RUNNING))
    ]
