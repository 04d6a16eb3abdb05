"""What an attempt starts with: its questions in their order, those drawn among them, and its sections."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from sqlmodel import Session

from mockhall.attempts.sections import FREE, Stand, at_start, stands
from mockhall.exam import clock, sections, shuffle
from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Kind
from mockhall.exam.layout import Asked, Place, places
from mockhall.exam.sections import Limits, Part, Rules
from mockhall.exam.shuffle import FEW, draws_of_few
from mockhall.exam.terms import Terms
from mockhall.papers import drawing
from mockhall.papers.queries import Layout, Placed, sat
from mockhall.papers.terms import terms_of
from mockhall.web.errors import Refused


@dataclass(frozen=True)
class Pattern:
    """A paper version as every attempt of it starts: what is the same for all is worked out once."""

    layout: Layout

    @cached_property
    def asked(self) -> Mapping[int, Sequence[Asked]]:
        """The questions of each section, by its position."""
        found: Mapping[int, list[Asked]] = {each.position: [] for each in self.layout.sections}
        for each in self.layout.placed:
            found[each.section].append(Asked(each.question.id or 0, each.question.passage_code))
        return found

    @cached_property
    def options(self) -> Mapping[int, shuffle.Options]:
        """How the options of each question version are shuffled."""
        shuffled = self.layout.version.shuffle_options
        return {
            each.id or 0: shuffle.options_of(
                Kind(each.kind), each.options, each.key.get("order", ()), shuffled=shuffled and each.shuffle
            )
            for each in (placed.question for placed in self.layout.placed)
        }

    @cached_property
    def rules(self) -> Mapping[int, Rules]:
        """How each section is sat, by its position."""
        return {each.position: sat(each) for each in self.layout.sections}

    @cached_property
    def is_free(self) -> bool:
        """Is every question open from the start, for as long as the attempt?"""
        rules = self.rules.values()
        return not sections.in_order(rules) and not any(each.one_by_one for each in rules)

    @cached_property
    def duration(self) -> timedelta | None:
        """How long an attempt is, for somebody without extra time."""
        minutes = self.layout.version.minutes
        return sections.whole_time(timedelta(minutes=minutes) if minutes else None, list(self.rules.values()))

    @cached_property
    def terms(self) -> Terms:
        """When and how often it may be sat by who has nothing otherwise."""
        return terms_of(self.layout.version)

    @cached_property
    def places(self) -> Sequence[Place] | None:
        """Where each question stands, if that is the same for all."""
        version = self.layout.version
        return None if version.shuffle_sections or version.shuffle_questions else _places(self, "")

    @cached_property
    def known_rows(self) -> defaultdict[tuple[int, int], list[str]]:
        """Rows made ready so far, by section and question version, and by draw: `lane_rows` keeps them here."""
        return defaultdict(lambda: [""] * FEW)

    @cached_property
    def rows_in_place(self) -> Sequence[list[str]] | None:
        """The same by place, where all have the same places."""
        found = self.places
        return None if found is None else [self.known_rows[each.section, each.version] for each in found]

    @cached_property
    def versions_in_place(self) -> tuple[int, ...] | None:
        """The question versions by place, likewise."""
        return None if self.places is None else tuple(each.version for each in self.places)


class Row(NamedTuple):
    """One question of a new attempt, its options in this attempt's order."""

    number: int
    section: int
    question_version_id: int
    option_order: tuple[str, ...]
    stand: Stand = FREE


@dataclass(frozen=True, slots=True)
class Beginning:
    """All rows of a new attempt. `parts` is empty where the sections are free."""

    deadline_at: datetime | None
    rows: Sequence[Row] = ()
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


def begin(pattern: Pattern, code: str, now: datetime, factor: Fraction, terms: Terms | None = None) -> Beginning:
    """The rows of an attempt under this code; the same code gives the same. No database, clock or chance. `terms` are
    the test's own where the candidate has no others."""
    deadline_at = deadline_of(pattern, now, factor, terms)
    found, limits = places_of(pattern, code), Limits(factor, deadline_at)
    ordered, parts = _parts(pattern.rules, found, now, limits)
    begun = stands(parts, [(number, section) for number, section, _ in found], ordered, now, limits)
    options = pattern.options
    rows = [
        Row(number, section, version, options[version].order(draw, f"{code}:{number}"), begun[number])
        for (number, section, version), draw in zip(found, draws_of_few(code, len(found)), strict=True)
    ]
    return Beginning(deadline_at, rows, parts if ordered else ())


def deadline_of(pattern: Pattern, now: datetime, factor: Fraction, terms: Terms | None = None) -> datetime | None:
    """When an attempt that begins now ends; None is never."""
    held = terms or pattern.terms
    return clock.deadline_at(now, pattern.duration, factor, held.closes_at, held.exact)


def places_of(pattern: Pattern, code: str) -> Sequence[Place]:
    """Every question of an attempt under this code, in its order."""
    return pattern.places or _places(pattern, code)


def _places(pattern: Pattern, code: str) -> Sequence[Place]:
    version = pattern.layout.version
    return places(
        list(pattern.asked.items()),
        shuffle_sections=version.shuffle_sections,
        shuffle_questions=version.shuffle_questions,
        seed=code,
    )


def _parts(
    rules: Mapping[int, Rules], found: Sequence[Place], now: datetime, limits: Limits
) -> tuple[bool, Sequence[Part]]:
    """Whether the sections come in order, and they in this attempt's; one without a question is no section."""
    parts = [Part(position, rules[position]) for position in dict.fromkeys(each.section for each in found)]
    ordered = sections.in_order(part.rules for part in parts)
    return ordered, at_start(parts, now, limits) if ordered and parts else parts
