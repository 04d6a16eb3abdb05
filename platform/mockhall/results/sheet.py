"""The score breakdown of one attempt, holding only what its candidate may see now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam.attack import Attack, attack
from mockhall.exam.certainty import CertaintySummary
from mockhall.exam.changes import Changes
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Key
from mockhall.exam.paper import Item as Question
from mockhall.exam.ranking import enough
from mockhall.exam.reveal import Item
from mockhall.exam.scheme import Scheme
from mockhall.exam.score import Entry
from mockhall.exam.spread import Quartiles
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results import statistics
from mockhall.results.changed import changes_of
from mockhall.results.counting import Rules, certainty_of, rules_of
from mockhall.results.groups import Group, Seen, groups
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.reveals import COLUMNS, Policy, joined, policy_of
from mockhall.results.standing import Standing, distribution, standing
from mockhall.web.charts import Distribution

OF_RESPONSE = sa.and_(col(MarkRow.attempt_id) == col(Response.attempt_id), col(MarkRow.number) == col(Response.number))


@dataclass(frozen=True)
class Cohort:
    """How long `people` worked on a question, in seconds."""

    people: int
    seconds: Quartiles | None

    @property
    def quartiles(self) -> Quartiles | None:
        """The quartiles, once there are people enough for them to say something."""
        return self.seconds if enough(self.people) else None


@dataclass(frozen=True)
class Line:
    """One question of the attempt; None is what may not be seen."""

    number: int
    topic: str
    milliseconds: int | None
    outcome: Outcome | None
    marks: Fraction | None
    max: Fraction | None
    counted: bool = True  # False: more optional questions were answered than count
    first_at: timedelta | None = None  # first answered, after the start; None also where it may not be seen
    cohort: Cohort | None = None
    section: str = ""
    difficulty: str = ""
    kind: str = ""

    @property
    def counts(self) -> bool | None:
        """Does it count? None where that may not be seen."""
        return self.counted if self.marks is not None else None

    @property
    def is_slow(self) -> bool:
        """Not right, and slower than three quarters of enough people?"""
        missed = self.outcome is not None and self.outcome is not Outcome.RIGHT
        others = self.cohort.quartiles if self.cohort and missed else None
        return bool(others and self.milliseconds is not None and self.milliseconds > 1000 * others.upper)


@dataclass(frozen=True)
class Sheet:
    """All that the result page, and its JSON, may show."""

    attempt: Attempt
    paper: Paper
    title: str
    policy: Policy
    seen: Seen
    overall: Group
    sections: Sequence[Group]
    topics: Sequence[Group]
    difficulties: Sequence[Group]
    kinds: Sequence[Group]
    lines: Sequence[Line]
    standing: Standing | None
    distribution: Distribution | None
    unsaved: int | None  # selections never saved, in a strict paper
    unsaved_marks: Fraction | None
    certainty: CertaintySummary | None
    changes: Changes | None = None

    @property
    def may_say_score(self) -> bool:
        return self.policy.is_scored and Item.MARKS in self.seen

    @property
    def time_used(self) -> timedelta:
        taken = (self.attempt.finished_at or self.attempt.started_at) - self.attempt.started_at
        return taken - timedelta(seconds=self.attempt.paused_seconds)

    @property
    def time_given(self) -> timedelta | None:
        if self.attempt.deadline_at is None:
            return None
        return self.attempt.deadline_at - self.attempt.started_at - timedelta(seconds=self.attempt.paused_seconds)

    @property
    def topics_are_sections(self) -> bool:
        """Does each section hold exactly one topic of its own name? Then one table says it all."""
        return [(each.title, each.count) for each in self.topics] == [
            (each.title, each.count) for each in self.sections
        ]

    @property
    def is_timed(self) -> bool:
        """Was time on questions measured? It takes JavaScript on the candidate's device."""
        return any(line.milliseconds for line in self.lines)

    @property
    def compared(self) -> bool:
        """Do others' times stand beside any of one's own?"""
        return any(line.cohort and line.cohort.quartiles for line in self.lines)

    @property
    def slow(self) -> list[int]:
        """Questions not right that took longer than three quarters of people needed."""
        return [line.number for line in self.lines if line.is_slow]

    @property
    def attack(self) -> Attack | None:
        """The order in which questions were first answered; None where one's own attempt may not be seen."""
        firsts = {line.number: line.first_at for line in self.lines}
        return attack(firsts) if Item.ATTEMPT in self.seen and firsts else None


def sheet(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> Sheet:
    """The sheet of a closed attempt, in at most eight queries."""
    columns: tuple[Any, ...] = (Paper, PaperVersion.title, ScoreRow, *COLUMNS)
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id)).where(col(Attempt.id) == attempt.id)
    row = db.execute(query).one()
    policy = policy_of(row, attempt.state, attempt.submitted_at, grace)
    seen = policy.seen(now)
    place = standing(db, row.ScoreRow, is_preview=attempt.is_preview) if Item.MARKS in seen else None
    rules = rules_of(db, attempt.paper_version_id)
    entries, rows = _entries(db, attempt) if policy.is_scored else ([], {})
    others = _others(db, attempt) if {Item.ATTEMPT, Item.MARKS} <= seen else {}
    found = groups(rules, entries, {number for number, each in rows.items() if each.counted}, seen)
    return Sheet(
        attempt, row.Paper, row.title, policy, seen, **vars(found), standing=place,
        lines=[_line(attempt, rules, entry, rows[entry[0].number], seen, others) for entry in entries],
        distribution=_distribution(db, row.ScoreRow, place, seen), **_unsaved(attempt, row.ScoreRow, seen),
        certainty=_certainty(rules, entries, rows, seen),
        changes=changes_of(db, rules, attempt) if {Item.ATTEMPT, Item.CORRECTNESS} <= seen else None,
    )  # fmt: skip


def _unsaved(attempt: Attempt, row: ScoreRow | None, seen: Seen) -> dict[str, Any]:
    """Selections never saved. Their marks tell whether single ones were right: they wait for that too."""
    found = row if attempt.strict and Item.ATTEMPT in seen else None
    counts = found is not None and {Item.MARKS, Item.CORRECTNESS} <= seen
    return {
        "unsaved": found.unsaved if found else None,
        "unsaved_marks": found.unsaved_marks if found and counts else None,
    }


def _certainty(rules: Rules, entries: list[Entry], rows: Mapping[int, Any], seen: Seen) -> CertaintySummary | None:
    """How well the candidate knew what they knew: it tells right from wrong, so it waits for that."""
    if not {Item.MARKS, Item.CORRECTNESS} <= seen:
        return None
    counted = [each for each in entries if rows[each[0].number].counted]
    return certainty_of(rules, counted, {number: each.certainty for number, each in rows.items()})


def _distribution(db: Session, row: ScoreRow, place: Standing | None, seen: Seen) -> Distribution | None:
    return distribution(db, row, place) if place and place.is_enough and Item.MAX_MARKS in seen else None


def _entries(db: Session, attempt: Attempt) -> tuple[list[Entry], dict[int, Any]]:
    """Each question with the mark it was given, and its row by number. Keys are not looked at, so they can't leak."""
    columns: tuple[Any, ...] = (
        Response.number, Response.section, Response.active_ms, QuestionVersion.kind, QuestionVersion.topic,
        QuestionVersion.difficulty, MarkRow.marks, MarkRow.max, MarkRow.outcome, MarkRow.counted, Response.certainty,
        Response.first_answered_at, Response.question_version_id,
    )  # fmt: skip
    query = (
        sa.select(*columns)
        .join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
        .join(MarkRow, OF_RESPONSE)
        .where(col(Response.attempt_id) == attempt.id)
        .order_by(col(Response.number))
    )
    rows = db.execute(query).all()
    return [_entry(row) for row in rows], {row.number: row for row in rows}


def _entry(row: Any) -> Entry:
    scheme = Scheme(full=row.max)
    item = Question(row.number, row.section, Kind(row.kind), row.topic, Difficulty(row.difficulty), Key(), scheme)
    return item, Mark(row.marks, Outcome(row.outcome)), Answer()


def _line(
    attempt: Attempt, rules: Rules, entry: Entry, row: Any, seen: Seen, others: Mapping[int, Cohort]
) -> Line:  # fmt: skip
    judged, own, (item, mark, _) = Item.CORRECTNESS in seen, Item.ATTEMPT in seen, entry
    return Line(
        item.number, item.topic, row.active_ms if own else None,
        mark.outcome if judged else None,
        mark.marks if judged and Item.MARKS in seen else None,
        item.scheme.full if Item.MAX_MARKS in seen else None,
        row.counted or not (judged and Item.MARKS in seen),
        _first_at(attempt, row) if own else None,
        others.get(row.question_version_id),
        section=rules.sections[item.section].title, difficulty=str(item.difficulty), kind=str(item.kind),
    )  # fmt: skip


def _others(db: Session, attempt: Attempt) -> dict[int, Cohort]:
    """What the last statistics say of the time on each question, by its version; they follow marks like a rank."""
    found = statistics.latest(db, attempt.paper_version_id)
    return {each.version: Cohort(each.timed, each.seconds) for each in found.in_order} if found else {}


def _first_at(attempt: Attempt, row: Any) -> timedelta | None:
    return None if row.first_answered_at is None else row.first_answered_at - attempt.started_at
