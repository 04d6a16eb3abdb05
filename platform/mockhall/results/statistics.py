"""Statistics of papers: counted in short looks, kept a row a paper version, and counted anew when results come in."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.db import Database
from mockhall.exam.analysis import Chosen
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results import analysed, figured, tallying
from mockhall.results.analysed import Statistics
from mockhall.results.models import PaperStatistics, ScoreRow

Look = Callable[[], AbstractContextManager[Session]]
"""Opens a session for one look."""

FEW = 300
"""Attempts that are counted while a page is made: a few hundredths of a second."""
LATE = timedelta(seconds=10)
"""A result can be committed so long after the moment it bears: what was counted sooner is counted once more."""
LEAST_AGE = timedelta(seconds=60)
SHARE = 20
"""Counting takes at most a twentieth of the time: what took ten seconds is done again after two hundred."""
_STORED: TypeAdapter[Statistics] = TypeAdapter(Statistics)


class Age(NamedTuple):
    """When statistics were counted, the newest result of the paper that was there then, and how long it took.

    `up_to` is None where what they hold no longer counts."""

    computed_at: datetime
    up_to: datetime | None
    milliseconds: int

    def is_stale(self, newest: datetime | None, now: datetime) -> bool:
        """Are there results they have not seen, or may there have been some under way?"""
        if newest is None or self.up_to is None:
            return newest is not self.up_to
        return newest > self.up_to or self.computed_at < self.up_to + LATE <= now

    def is_due(self, newest: datetime | None, now: datetime) -> bool:
        """Are they stale, and old enough for the work that counting is?"""
        least = max(LEAST_AGE, SHARE * timedelta(milliseconds=self.milliseconds))
        return self.is_stale(newest, now) and now - self.computed_at >= least


@dataclass(frozen=True)
class Figures:
    """Statistics for a page, and whether there are results they have not seen."""

    statistics: Statistics
    is_stale: bool


def latest(db: Session, paper_version: int, chosen: Chosen = Chosen.FIRST) -> Statistics | None:
    """The last statistics that were kept, in one query; None when none were."""
    row = db.get(PaperStatistics, (paper_version, chosen.value))
    return _STORED.validate_python(row.data) if row else None


def current(db: Session, paper_version: PaperVersion, chosen: Chosen, now: datetime) -> Figures | None:
    """Statistics for a page: those kept while they hold, counted here and now where few have sat the test, else the
    last ones whatever their age. None: there are many attempts, and nobody has counted them this way yet."""
    version = paper_version.id or 0
    row = db.get(PaperStatistics, (version, chosen.value))
    found = _STORED.validate_python(row.data) if row else None
    if row and found and not _age(row).is_stale(_newest(db, paper_version.paper_id), now):
        return Figures(found, is_stale=False)
    attempts = [] if found and found.people > FEW else tallying.ranked(db, version, chosen)
    if len(attempts) <= FEW and not (found and found.people > FEW):
        counted, _ = _count(lambda: nullcontext(db), version, chosen, now)
        return Figures(counted, is_stale=False)
    return Figures(found, is_stale=True) if found else None


def _age(row: PaperStatistics) -> Age:
    return Age(row.computed_at, row.up_to, row.milliseconds)


def _newest(db: Session, paper_id: int) -> datetime | None:
    """When the newest result of a paper came, which an index knows."""
    newest: datetime | None = db.execute(_NEWEST, {"paper": paper_id}).scalar_one()
    return newest


_NEWEST = sa.select(sa.func.max(ScoreRow.scored_at)).where(col(ScoreRow.paper_id) == sa.bindparam("paper"))


def _count(look: Look, version: int, chosen: Chosen, now: datetime) -> tuple[Statistics, Age]:
    began = time.thread_time()
    with look() as db:
        newest = _newest(db, db.get_one(PaperVersion, version).paper_id)
        attempts, most = tallying.ranked(db, version, chosen), _most(db, version)
        asked = {each.version: each for each in tallying.asked_by(db, version)}
    cells, seconds = Counter[tallying.Cell](), Counter[tuple[int, int]]()
    for third, page in tallying.pages(attempts):
        with look() as db:
            tallying.count_marks(db, third, page, asked, cells)
            tallying.count_seconds(db, page, seconds)
    totals = Counter(total for total, _ in attempts)
    found = Statistics(
        version, chosen, now, len(attempts), most, analysed.paper_figures(totals, cells), sorted(totals.items()),
        analysed.questions(list(asked.values()), cells, seconds),
    )  # fmt: skip
    return found, Age(now, newest, int(1000 * (time.thread_time() - began)))


def _most(db: Session, version: int) -> Fraction | None:
    """The highest score there can be."""
    query = sa.select(col(ScoreRow.max)).join(Attempt, col(Attempt.id) == col(ScoreRow.attempt_id))
    most: Fraction | None = db.execute(query.where(col(Attempt.paper_version_id) == version).limit(1)).scalar()
    return most


def refresh(database: Database, paper_version: int, chosen: Chosen, now: datetime) -> Statistics:
    """Count anew and keep what was found. Each page of attempts is a look of its own: nobody waits for a long one."""
    found, age = _count(database.reading, paper_version, chosen, now)
    data = _STORED.dump_python(found, mode="json", exclude={"questions"})
    with database.writing() as db:
        db.merge(PaperStatistics(paper_version_id=paper_version, chosen=chosen.value, data=data, **age._asdict()))
        if chosen is Chosen.FIRST:
            figured.keep(db, found)
    return found


def forget(db: Session, paper_id: int) -> None:
    """What was counted of a paper no longer holds: an attempt was voided or opened again, which may have moved the rank
    to one of another version."""
    versions = sa.select(col(PaperVersion.id)).where(col(PaperVersion.paper_id) == paper_id)
    own = sa.update(PaperStatistics).where(col(PaperStatistics.paper_version_id).in_(versions))
    db.execute(own.values(up_to=None))


def refresh_stale(database: Database, now: datetime) -> int:
    """Count anew what has new results and is old enough; returns how many versions were counted."""
    with database.reading() as db:
        newest = sa.select(sa.func.max(ScoreRow.scored_at)).where(col(ScoreRow.paper_id) == col(Paper.id))
        papers = db.execute(sa.select(col(Paper.id), newest.scalar_subquery())).all()
        due = [each for paper, at in papers if at is not None for each in _due(db, paper, at, now)]
    for paper_version in due:
        refresh(database, paper_version, Chosen.FIRST, now)
    return len(due)


def _due(db: Session, paper: int, newest: datetime, now: datetime) -> list[int]:
    """The versions of a paper that have results since it was last counted, and those that no longer hold."""
    columns: list[Any] = [
        PaperStatistics.paper_version_id, PaperStatistics.computed_at, PaperStatistics.up_to,
        PaperStatistics.milliseconds,
    ]  # fmt: skip
    query = sa.select(*columns).join(PaperVersion, col(PaperVersion.id) == col(PaperStatistics.paper_version_id))
    query = query.where(col(PaperVersion.paper_id) == paper, col(PaperStatistics.chosen) == Chosen.FIRST.value)
    kept = {version: Age(*age) for version, *age in db.execute(query)}
    seen = max((each.up_to for each in kept.values() if each.up_to), default=None)
    recent = sa.select(col(Attempt.paper_version_id)).join(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
    recent = recent.where(col(ScoreRow.paper_id) == paper, *([col(ScoreRow.scored_at) > seen - LATE] if seen else []))
    touched = set(db.execute(recent.distinct()).scalars()) | {each for each, age in kept.items() if age.up_to is None}
    return [each for each in sorted(touched) if each not in kept or kept[each].is_due(newest, now)]
