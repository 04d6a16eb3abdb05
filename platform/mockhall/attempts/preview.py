"""A test as its candidates will see it at any moment, for its editor: built from its plan, and nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from mockhall.attempts import spoken
from mockhall.attempts.beginning import Beginning, Pattern, Row, begin, with_drawn
from mockhall.attempts.models import Attempt, Held
from mockhall.attempts.room import Room, RoomQuestion, RoomSection
from mockhall.exam.clock import DEFAULT_GRACE
from mockhall.exam.kinds import Kind
from mockhall.exam.sections import Limits, Part, entered, question_closes_at
from mockhall.papers.models import Paper, PaperSection, PaperStatus
from mockhall.papers.queries import Layout, Placed, Shown, layout, sat

SEED = "preview"
"""What is drawn and how things are shuffled: the same at each look, and no candidate's."""


@dataclass(frozen=True)
class Moment:
    """A moment worth a look: what it is called, and when it is."""

    words: str
    at: datetime


def moments(shown: Shown, now: datetime) -> list[Moment]:
    """The turns of this test's schedule, and now; in the order of time."""
    opens, closes = shown.version.opens_at, shown.version.closes_at
    found = [Moment("Now", now)]
    if opens:
        found += [Moment("Before it opens", opens - timedelta(hours=1)), Moment("When it opens", opens)]
    if closes:
        last = closes - timedelta(minutes=5)
        found += [Moment("Just before it closes", last)] if opens is None or last > opens else []
        found.append(Moment("When it has closed", closes))
    return sorted(found, key=lambda each: each.at)


def offered(shown: Shown) -> Shown:
    """The test as if it were published, whatever it is."""
    names = Paper.model_fields
    paper = Paper(**{name: getattr(shown.paper, name) for name in names} | {"status": PaperStatus.PUBLISHED})
    return Shown(paper, shown.topic, shown.version)


def starts_at(shown: Shown, at: datetime) -> datetime:
    """When somebody who looks at a question at this moment began: then, or where nobody could, when it opens."""
    opens, closes = shown.version.opens_at, shown.version.closes_at
    if closes is not None and at >= closes:
        return max(closes - timedelta(minutes=shown.version.minutes or 1), opens or closes - timedelta(days=1))
    return max(at, opens) if opens else at


def room(db: Session, shown: Shown, number: int, at: datetime, language: str) -> Room | None:
    """The room at a question, begun at `at`; None when there is no such question. Refused where the bank has too few
    to draw."""
    plan = with_drawn(db, layout(db, shown.version), SEED)
    begun = begin(Pattern(plan), SEED, at, Fraction(1))
    here = next((row.section for row in begun.rows if row.number == number), None)
    if here is None:
        return None
    attempt = _attempt(shown, begun, number, here, at, language)
    parts, asked = _parts(plan, begun, here, at), {each.question.id: each for each in plan.placed}
    rows: dict[int, list[RoomQuestion]] = {}
    for row in begun.rows:
        held = _held(row, parts[row.section], at, begun.deadline_at, visited=row.number <= number)
        rows.setdefault(row.section, []).append(_question(held, asked[row.question_version_id], shown, language))
    sections = {each.position: each for each in plan.sections}
    filled = [_section(sections[position], rows[position], parts[position]) for position in rows]
    return Room(attempt, shown.paper, shown.version, sorted(filled, key=lambda each: each.first))


def _attempt(shown: Shown, begun: Beginning, number: int, here: int, at: datetime, language: str) -> Attempt:
    return Attempt(
        code=SEED, paper_id=shown.paper.id or 0, paper_version_id=shown.version.id or 0, person_id=0,
        candidate="A candidate", is_preview=True, current=number, started_at=at, deadline_at=begun.deadline_at,
        language=language, strict=shown.version.save_policy == "strict_cbt", section=here if begun.parts else None,
    )  # fmt: skip


def _parts(plan: Layout, begun: Beginning, here: int, at: datetime) -> Mapping[int, Part]:
    """The section of the question is open, those before it are left; where they are free, all are open."""
    rules = {each.position: sat(each) for each in plan.sections}
    if not begun.parts:
        return {position: Part(position, each, entered_at=at) for position, each in rules.items()}
    order = [part.position for part in begun.parts]
    limits = Limits(Fraction(1), begun.deadline_at, DEFAULT_GRACE)
    found = {position: Part(position, rules[position]) for position in order}
    for position in order[: order.index(here)]:
        found[position] = replace(found[position], entered_at=at, left_at=at)
    return found | {here: entered(found[here], at, limits)}


def _held(row: Row, part: Part, at: datetime, deadline: datetime | None, *, visited: bool) -> Held:
    """An empty response, opened at `at` where its own time begins with that; those up to the one shown were visited."""
    limits = Limits(Fraction(1), deadline, DEFAULT_GRACE)
    timed = part.rules.question_time is not None
    closes_at = question_closes_at(at, part.rules, limits, part.closes_at) if timed else None
    return Held(
        row.number, row.section, row.question_version_id, list(row.option_order), [], "", {}, 0, visited,
        answered=False, marked=False, seq=0, active_ms=0, saved_at=None, locked=False, closes_at=closes_at,
        opened_at=at if part.rules.one_by_one else None, unsaved=None,
    )  # fmt: skip


def _question(held: Held, placed: Placed, shown: Shown, language: str) -> RoomQuestion:
    asked = placed.question
    question = RoomQuestion(
        held, Kind(asked.kind), asked.stem, asked.options, asked.unit, placed.scheme, asked.passage_code, asked.passage,
        spoken.offered(asked.translations, shown.version.languages),
    )  # fmt: skip
    return question if language == spoken.ORIGINAL else question.said_in(language)


def _section(section: PaperSection, questions: Sequence[RoomQuestion], part: Part) -> RoomSection:
    return RoomSection(section.position, section.title, questions, part, section.choose, section.choose_k)


def no_form(*_given: Any) -> None:
    """In place of `question_form`: each form is made anew by its template, for it sends elsewhere."""
