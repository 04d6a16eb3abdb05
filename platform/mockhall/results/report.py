"""The attempts of a paper for staff: a page of them, how many are in which state, and how the scores lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mockhall.accounts.cohort_queries import CohortLine, cohorts
from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.papers.models import Paper, PaperSection, PaperVersion
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.queries import ReportLine, report_line, report_rows
from mockhall.results.report_filter import ReportFilter, conditions, state_at
from mockhall.results.sheet import OF_RESPONSE
from mockhall.results.standing import bands
from mockhall.web.charts import Distribution

PER_PAGE = 50


@dataclass(frozen=True)
class Choices:
    """What the filter offers: cohorts, and the sections of the newest version by position."""

    cohorts: Sequence[CohortLine]
    sections: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Report:
    """One page of a paper's attempts; `older` is the code to go on from, empty at the end.

    `marks` are those of the section asked for, as (score, max) by attempt."""

    paper: Paper
    asked: ReportFilter
    choices: Choices
    lines: Sequence[ReportLine]
    counts: Mapping[AttemptState, int]
    before: str
    older: str
    marks: Mapping[int, tuple[Fraction, Fraction]]
    distribution: Distribution | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def runs(self) -> bool:
        """Is somebody still working?"""
        return bool({AttemptState.IN_PROGRESS, AttemptState.OVERDUE} & self.counts.keys())

    @property
    def section(self) -> str:
        """The title of the section asked for, empty for the whole test."""
        return dict(self.choices.sections).get(self.asked.section or 0, "")

    def marks_of(self, line: ReportLine) -> tuple[Fraction, Fraction] | None:
        """Score and highest score of a line: of the section where one was asked for."""
        if self.section:
            return self.marks.get(line.attempt.id or 0)
        return (line.score.score, line.score.max) if line.score else None


def report(db: Session, paper: Paper, asked: ReportFilter, before: str, now: datetime, grace: timedelta) -> Report:
    """Attempts of a paper, newest first, from after the one whose code is `before`; in seven queries at most."""
    wanted = conditions(asked, paper, now, grace)
    after = [col(Attempt.id) < _id_of(before)] if before else []
    query = report_rows().where(*wanted, *after).order_by(col(Attempt.id).desc()).limit(PER_PAGE + 1)
    rows = [report_line(row, now, grace) for row in db.execute(query)]
    older = rows[PER_PAGE - 1].attempt.code if len(rows) > PER_PAGE else ""
    lines, choices = rows[:PER_PAGE], Choices(cohorts(db), _sections(db, paper))
    marks = section_marks(db, asked.section, [line.attempt.id or 0 for line in lines]) if asked.section else {}
    return Report(
        paper, asked, choices, lines, _counts(db, paper, asked, now, grace), before, older, marks,
        _distribution(db, wanted) if rows and not before else None,
    )  # fmt: skip


def _id_of(code: str) -> Any:
    return sa.select(col(Attempt.id)).where(col(Attempt.code) == code).scalar_subquery()


def _sections(db: Session, paper: Paper) -> list[tuple[int, str]]:
    query = select(PaperSection.position, PaperSection.title).join(PaperVersion)
    query = query.where(PaperVersion.paper_id == paper.id, PaperVersion.number == paper.version)
    return list(db.exec(query.order_by(col(PaperSection.position))).all())


def section_marks(db: Session, section: int, attempts: Sequence[int]) -> dict[int, tuple[Fraction, Fraction]]:
    """Of each of these attempts what one section gave, summed exactly; floors lift whole papers, not this."""
    columns: tuple[Any, ...] = (MarkRow.attempt_id, MarkRow.marks, MarkRow.max)
    query = sa.select(*columns).join(Response, OF_RESPONSE)
    query = query.where(col(Response.attempt_id).in_(attempts), col(Response.section) == section, col(MarkRow.counted))
    sums: dict[int, tuple[Fraction, Fraction]] = {}
    for attempt, marks, most in db.execute(query):
        gained, possible = sums.get(attempt, (Fraction(0), Fraction(0)))
        sums[attempt] = gained + marks, possible + most
    return sums


def _counts(
    db: Session, paper: Paper, asked: ReportFilter, now: datetime, grace: timedelta
) -> dict[AttemptState, int]:  # fmt: skip
    """How many attempts are in which state, among those the rest of the filter takes."""
    rest = ReportFilter(None, asked.cohort, asked.since, asked.until, asked.section, asked.zone)
    inner = sa.select(state_at(now, grace).label("shown")).where(*conditions(rest, paper, now, grace)).subquery()
    query = sa.select(inner.c.shown, sa.func.count().label("number")).group_by(inner.c.shown)
    found: dict[str, int] = {row.shown: row.number for row in db.execute(query)}
    return {each: found[each] for each in AttemptState if each in found}


def _distribution(db: Session, wanted: Sequence[Any]) -> Distribution | None:
    """How the scores of these attempts lie, previews left out; None where there is none."""
    columns: list[Any] = [col(ScoreRow.score_sort).label("score"), col(ScoreRow.max).label("most")]
    counted = sa.select(*columns).join(Attempt, col(Attempt.id) == col(ScoreRow.attempt_id))
    rows = counted.where(*wanted, col(Attempt.is_preview).is_(False)).subquery()
    query = sa.select(sa.func.min(rows.c.score), sa.func.max(rows.c.score), sa.func.min(rows.c.most))
    lowest, highest, most = db.execute(query).one()
    if lowest is None:
        return None
    return bands(db, rows.c.score, float(lowest), max(float(highest), float(Fraction(most))))
