"""The score breakdown of one attempt, holding only what its candidate may see now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam.certainty import CertaintySummary
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Key
from mockhall.exam.paper import Item as Question
from mockhall.exam.reveal import Item
from mockhall.exam.scheme import Scheme
from mockhall.exam.score import Entry, Score
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results.counting import Rules, certainty_of, rules_of, scored
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.reveals import COLUMNS, Policy, joined, policy_of
from mockhall.results.standing import Standing, distribution, standing
from mockhall.web.charts import Distribution

Seen = frozenset[Item]
OF_RESPONSE = sa.and_(col(MarkRow.attempt_id) == col(Response.attempt_id), col(MarkRow.number) == col(Response.number))


@dataclass(frozen=True)
class Group:
    """Marks and counts of some questions; None is what may not be seen. `lost` is 0 or below."""

    title: str
    count: int
    right: int | None
    partly: int | None
    wrong: int | None
    blank: int | None
    score: Fraction | None
    max: Fraction | None
    gained: Fraction | None
    lost: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The part of the marks that was earned, in per cent from 0 to 100."""
        if self.score is None or not self.max:
            return None
        return min(max(100 * self.score / self.max, Fraction(0)), Fraction(100))

    @property
    def answered(self) -> int | None:
        return None if self.blank is None else self.count - self.blank

    @property
    def accuracy(self) -> Fraction | None:
        """Right answers of those given, in per cent."""
        return Fraction(100 * self.right, self.answered) if self.right is not None and self.answered else None


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
    lines: Sequence[Line]
    standing: Standing | None
    distribution: Distribution | None
    unsaved: int | None  # selections never saved, in a strict paper
    unsaved_marks: Fraction | None
    certainty: CertaintySummary | None

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


def sheet(db: Session, attempt: Attempt, now: datetime, grace: timedelta) -> Sheet:
    """The sheet of a closed attempt, in at most five queries."""
    columns: tuple[Any, ...] = (Paper, PaperVersion.title, ScoreRow, *COLUMNS)
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id)).where(col(Attempt.id) == attempt.id)
    row = db.execute(query).one()
    policy = policy_of(row, attempt.state, attempt.submitted_at, grace)
    seen = policy.seen(now)
    place = standing(db, row.ScoreRow, is_preview=attempt.is_preview) if Item.MARKS in seen else None
    rules = rules_of(db, attempt.paper_version_id)
    entries, rows = _entries(db, attempt) if policy.is_scored else ([], {})
    groups = _groups(rules, entries, {number for number, each in rows.items() if each.counted}, seen)
    return Sheet(
        attempt, row.Paper, row.title, policy, seen, **groups, lines=_lines(entries, rows, seen), standing=place,
        distribution=_distribution(db, row.ScoreRow, place, seen), **_unsaved(attempt, row.ScoreRow, seen),
        certainty=_certainty(rules, entries, rows, seen),
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


def _groups(rules: Rules, entries: list[Entry], counted: Collection[int], seen: Seen) -> dict[str, Any]:
    titles = {position: each.title for position, each in rules.sections.items()}
    found, across = scored(rules, entries, counted), _of_topic(seen)
    levels = found.difficulties
    return {
        "overall": _group("", found.overall, seen),
        "sections": [
            _group(titles[number], each, _of_several(each, seen)) for number, each in sorted(found.sections.items())
        ],
        "topics": [_group(topic, each, across) for topic, each in found.topics.items()],
        "difficulties": [_group(level, levels[level], across) for level in Difficulty if level in levels],
    }


def _of_several(group: Score, seen: Seen) -> Seen:
    """The marks of a single question say whether it was right: they wait for that."""
    several = group.answered + group.blank > 1
    return seen if several or Item.CORRECTNESS in seen else seen - {Item.MARKS}


def _of_topic(seen: Seen) -> Seen:
    """Topics and levels cut across the sections: their marks together would give single questions away."""
    return seen if Item.CORRECTNESS in seen else seen - {Item.MARKS}


def _group(title: str, each: Score, seen: Seen) -> Group:
    marks, judged, own = Item.MARKS in seen, Item.CORRECTNESS in seen, Item.ATTEMPT in seen
    return Group(
        title, each.answered + each.blank,
        right=each.right if judged else None,
        partly=each.partly if judged else None,
        wrong=each.wrong if judged else None,
        blank=each.blank if judged or own else None,
        score=each.total if marks else None,
        max=each.max if Item.MAX_MARKS in seen else None,
        gained=each.gained if marks else None,
        lost=each.lost if marks else None,
    )  # fmt: skip


def _lines(entries: list[Entry], rows: Mapping[int, Any], seen: Seen) -> list[Line]:
    judged, own = Item.CORRECTNESS in seen, Item.ATTEMPT in seen
    return [
        Line(
            item.number, item.topic, rows[item.number].active_ms if own else None,
            mark.outcome if judged else None,
            mark.marks if judged and Item.MARKS in seen else None,
            item.scheme.full if Item.MAX_MARKS in seen else None,
            rows[item.number].counted or not (judged and Item.MARKS in seen),
        )
        for item, mark, _ in entries
    ]  # fmt: skip
