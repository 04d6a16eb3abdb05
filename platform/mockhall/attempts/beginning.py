"""What an attempt starts with: its questions in their order, those drawn among them, and its sections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction

from sqlmodel import Session

from mockhall.attempts.sections import Stand, at_start, stands
from mockhall.bank.models import QuestionVersion
from mockhall.exam import clock, sections, shuffle
from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Kind
from mockhall.exam.layout import Asked, Place, places
from mockhall.exam.sections import Limits, Part
from mockhall.papers import drawing
from mockhall.papers.queries import Layout, Placed, sat
from mockhall.web.errors import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a new attempt, its options in this attempt's order."""

    number: int
    section: int
    question_version_id: int
    option_order: Sequence[str]
    visited: bool = False
    stand: Stand = field(default_factory=Stand)


@dataclass(frozen=True, slots=True)
class Beginning:
    """All rows of a new attempt. `parts` is empty where the sections are free."""

    deadline_at: datetime | None
    rows: Sequence[Row]
    parts: Sequence[Part] = ()

    @property
    def section(self) -> int | None:
        """The position of the section the candidate is in at first."""
        return self.parts[0].position if self.parts else None


def with_drawn(db: Session, layout: Layout, seed: str) -> Layout:
    """The layout with what is drawn for this attempt at the end of each section. Refused where the bank has too few."""
    if not layout.draws:
        return layout
    try:
        versions = drawing.drawn_for(db, layout, seed)
    except RuleError as error:
        text = "This test can't be started now: the question bank has too few questions for it. Tell whoever set it."
        raise Refused(409, "cannot_draw", text) from error
    questions = drawing.questions(db, [each for several in versions.values() for each in several])
    drawn = [
        Placed(position, questions[each], layout.scheme_of(position))
        for position, several in versions.items()
        for each in several
    ]
    return replace(layout, placed=[*layout.placed, *drawn])


def begin(layout: Layout, code: str, now: datetime, factor: Fraction) -> Beginning:
    """The rows of an attempt under this code; the same code gives the same. No database, clock or chance."""
    deadline_at = _deadline(layout, now, factor)
    questions = {each.question.id or 0: each.question for each in layout.placed}
    found, limits = _places(layout, code), Limits(factor, deadline_at)
    ordered, parts = _parts(layout, found, now, limits)
    begun = stands(parts, [(each.number, each.section) for each in found], ordered, now, limits)
    rows = [
        Row(
            each.number, each.section, each.version, _options(layout, questions[each.version], code),
            visited=each.number == 1, stand=begun[each.number],
        )
        for each in found
    ]  # fmt: skip
    return Beginning(deadline_at, rows, parts if ordered else ())


def _deadline(layout: Layout, now: datetime, factor: Fraction) -> datetime | None:
    version = layout.version
    minutes = timedelta(minutes=version.minutes) if version.minutes else None
    duration = sections.whole_time(minutes, [sat(each) for each in layout.sections])
    return clock.deadline_at(now, duration, factor, version.closes_at, version.hard_close)


def _places(layout: Layout, code: str) -> Sequence[Place]:
    version = layout.version
    asked: Mapping[int, list[Asked]] = {each.position: [] for each in layout.sections}
    for each in layout.placed:
        asked[each.section].append(Asked(each.question.id or 0, each.question.passage_code))
    return places(
        list(asked.items()), shuffle_sections=version.shuffle_sections, shuffle_questions=version.shuffle_questions,
        seed=code,
    )  # fmt: skip


def _parts(layout: Layout, found: Sequence[Place], now: datetime, limits: Limits) -> tuple[bool, Sequence[Part]]:
    """Whether the sections come in order, and they in this attempt's; one without a question is no section."""
    rules = {each.position: sat(each) for each in layout.sections}
    parts = [Part(position, rules[position]) for position in dict.fromkeys(each.section for each in found)]
    ordered = sections.in_order(part.rules for part in parts)
    return ordered, at_start(parts, now, limits) if ordered and parts else parts


def _options(layout: Layout, question: QuestionVersion, code: str) -> Sequence[str]:
    kind, shuffled = Kind(question.kind), layout.version.shuffle_options and question.shuffle
    seed = f"{code}:{question.id}"
    return shuffle.option_order(kind, question.options, question.key.get("order", ()), seed, shuffled=shuffled)
