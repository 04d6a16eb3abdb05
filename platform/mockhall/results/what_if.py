"""The answers of one attempt marked again under other schemes, side by side. Nothing of it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from mockhall.attempts.models import Attempt, Response
from mockhall.exam.marking import Mark
from mockhall.exam.paper import Answer
from mockhall.exam.paper import Item as Question
from mockhall.exam.reveal import Item
from mockhall.exam.rulings import judged
from mockhall.exam.score import Entry, Score
from mockhall.exam.what_if import Sign, Signs, WhatIf, scheme_under
from mockhall.results.changed import given
from mockhall.results.counting import Rules, counting, marked, overall, rules_of, without_floors
from mockhall.results.items import items_of
from mockhall.results.reveals import Policy
from mockhall.results.sheet import Line, Sheet

NEEDED = frozenset({Item.ATTEMPT, Item.CORRECTNESS, Item.MAX_MARKS, Item.MARKS})


@dataclass(frozen=True)
class Held:
    """A response with its question, and what says how sure the candidate was."""

    question: Question
    answer: Answer
    signs: Signs
    first_answered_at: datetime | None

    @property
    def unsure(self) -> list[Sign]:
        return [] if self.answer.blank else self.signs.unsure


@dataclass(frozen=True)
class Row:
    """One question as it was marked and as it would be."""

    line: Line
    marks: Fraction
    max: Fraction
    unsure: Sequence[Sign]
    counted: bool


@dataclass(frozen=True)
class Alternative:
    """A score under another scheme; `points`: per cent of the highest marks more, or less, than as it was marked."""

    what: WhatIf
    score: Score
    points: Fraction
    rows: Sequence[Row]

    @property
    def percent(self) -> Fraction:
        return percent(self.score.total, self.score.max)


@dataclass(frozen=True)
class Comparison:
    """The alternatives to how an attempt was marked; `unsure` answers are those that one of them leaves out."""

    sheet: Sheet
    alternatives: Sequence[Alternative]
    unsure: int
    is_certainty: bool

    @property
    def percent(self) -> Fraction:
        """What the attempt has, in per cent."""
        return percent(self.sheet.overall.score or Fraction(0), self.sheet.overall.max or Fraction(0))


def percent(score: Fraction, most: Fraction) -> Fraction:
    """100 score/most, 0 where there was nothing to earn."""
    return 100 * score / most if most else Fraction(0)


def opens_at(policy: Policy, now: datetime) -> datetime | None:
    """When all that the comparison shows may be seen; None when that is unknown or never."""
    turns = [policy.opens_at(item, now) for item in NEEDED]
    return min((at for at in turns if at is not None and policy.seen(at) >= NEEDED), default=None)


def compared(db: Session, sheet: Sheet) -> Comparison:
    """The attempt of a sheet on which all of NEEDED may be seen, under each other scheme, in two queries more."""
    attempt = sheet.attempt
    rules = rules_of(db, attempt.paper_version_id)
    held = _held(db, rules, attempt)
    known = percent(sheet.overall.score or Fraction(0), sheet.overall.max or Fraction(0))
    found = [_alternative(what, rules, held, sheet, known) for what in WhatIf]
    return Comparison(sheet, found, sum(bool(each.unsure) for each in held), bool(rules.version.certainty))


def _held(db: Session, rules: Rules, attempt: Attempt) -> list[Held]:
    rows = db.execute(_ROWS, {"attempt": attempt.id}).all()
    questions = items_of(db, rules, [(row.number, row.section, row.question_version_id) for row in rows])
    changed = {each.number: each.is_changed for each in given(rows)}
    return [
        Held(
            questions[row.number], Answer.of(row.choice, row.text, row.parts),
            Signs(row.marked, changed[row.number], row.certainty), row.first_answered_at or attempt.finished_at,
        )
        for row in rows
    ]  # fmt: skip


def _alternative(what: WhatIf, rules: Rules, held: Sequence[Held], sheet: Sheet, known: Fraction) -> Alternative:
    entries = [_entry(what, rules, each) for each in held]
    times = {each.question.number: each.first_answered_at for each in held}
    numbers = counting(rules, entries, times)
    score = (overall if what.is_own else without_floors)(rules, entries, numbers)
    lines: Mapping[int, Line] = {line.number: line for line in sheet.lines}
    rows = [
        Row(lines[item.number], each.marks, item.scheme.full, one.unsure, item.number in numbers)
        for (item, each, _), one in zip(entries, held, strict=True)
    ]
    return Alternative(what, score, percent(score.total, score.max) - known, rows)


def _entry(what: WhatIf, rules: Rules, held: Held) -> Entry:
    answer = Answer() if what is WhatIf.SKIP_UNSURE and held.unsure else held.answer
    found: tuple[Question, Mark]
    if what is WhatIf.SKIP_UNSURE:  # the test's own marking, its table of certainty too
        found = marked(rules, held.question, answer, held.signs.certainty or None)
    else:
        item = replace(held.question, scheme=scheme_under(what, held.question))
        found = item, judged(item, answer)
    return (*found, answer)


_COLUMNS: tuple[Any, ...] = (
    Response.number, Response.section, Response.question_version_id, Response.choice, Response.text, Response.parts,
    Response.trail, Response.marked, Response.certainty, Response.first_answered_at,
)  # fmt: skip
_ROWS = select(*_COLUMNS).where(col(Response.attempt_id) == bindparam("attempt")).order_by(col(Response.number))
