"""The report as a table: one row an attempt, on request with the marks of each question beside it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.db import Database
from mockhall.exam.exact import fixed
from mockhall.exam.marking import format_marks
from mockhall.exam.ranking import format_percentile
from mockhall.results.export import Cell, Row, Table
from mockhall.results.export_scope import Scope
from mockhall.results.export_wide import Wide
from mockhall.results.models import ScoreRow
from mockhall.results.queries import ReportLine, report_line, report_rows
from mockhall.results.report import section_marks

BATCH = 1_000
COLUMNS = (
    "attempt", "candidate", "roll", "email", "state", "preview", "ranked", "started_at", "finished_at", "seconds",
    "score", "score_exact", "max", "percent", "gained", "lost", "right", "partly", "wrong", "blank", "rank",
    "percentile",
)  # fmt: skip
OF_SECTION = ("section_score", "section_score_exact", "section_max")


def attempts_table(database: Database, scope: Scope, wide: Wide | None = None) -> Table:
    """The attempts of the scope, in the order of starting; `wide` adds two columns a question."""
    columns = (*COLUMNS, *(OF_SECTION if scope.section else ()), *(wide.columns if wide else ()))
    return Table("attempts", columns, lambda: _batches(database, scope, wide))


def _batches(database: Database, scope: Scope, wide: Wide | None) -> Iterator[list[Row]]:
    with database.reading() as db:
        places = Places(db, scope.paper_id)
    last = 0
    while True:
        with database.reading() as db:
            lines = lines_after(db, scope, last, BATCH)
            beside = _beside(db, scope, wide, [each.attempt.id or 0 for each in lines])
        if not lines:
            return
        last = lines[-1].attempt.id or 0
        yield [(*_row(line, places), *beside[line.attempt.id or 0]) for line in lines]


def _beside(db: Session, scope: Scope, wide: Wide | None, attempts: Sequence[int]) -> dict[int, list[Cell]]:
    """By attempt, the marks of the section asked for, then those of each question."""
    found: dict[int, list[Cell]] = {each: [] for each in attempts}
    if scope.section:
        sums = section_marks(db, scope.section, attempts)
        for each in attempts:
            marks, most = sums.get(each, (None, None))
            found[each] += [marks, None if marks is None else format_marks(marks), most]
    for each, cells in wide.marks(db, attempts).items() if wide else ():
        found[each] += cells
    return found


def lines_after(db: Session, scope: Scope, last: int, limit: int) -> list[ReportLine]:
    """The attempts of the scope that started after the one whose id is `last`."""
    query = report_rows().where(*scope.conditions, col(Attempt.id) > last)
    rows = db.execute(query.order_by(col(Attempt.id)).limit(limit))
    return [report_line(row, scope.now, scope.grace) for row in rows]


class Places:
    """Rank and percentile of any score among the first attempts; holds one number for each different score."""

    def __init__(self, db: Session, paper_id: int) -> None:
        score = col(ScoreRow.score_sort)
        query = sa.select(score, sa.func.count()).where(col(ScoreRow.paper_id) == paper_id)
        rows = db.execute(query.where(col(ScoreRow.is_ranked)).group_by(score).order_by(score)).all()
        self._scores = [float(row[0]) for row in rows]
        self._up_to = [0, *accumulate(int(row[1]) for row in rows)]

    def of(self, score: float) -> tuple[int, Fraction]:
        """The rank and the percentile of a ranked score, which is one of those counted."""
        at = bisect_left(self._scores, score)
        everybody = self._up_to[-1]
        up_to = self._up_to[min(at + 1, len(self._scores))]
        return 1 + everybody - up_to, Fraction(100 * up_to, everybody)


def _row(line: ReportLine, places: Places) -> Row:
    attempt, score = line.attempt, line.score
    known = (attempt.code, line.name, attempt.roll, line.email, line.state.value, attempt.is_preview)
    times = (attempt.started_at, attempt.finished_at, line.seconds)
    if score is None:
        return *known, False, *times, *[None] * 12
    marks = (score.score, format_marks(score.score), score.max, percent(score), score.gained, score.lost)
    counts = (score.right, score.partly, score.wrong, score.blank)
    return *known, score.is_ranked, *times, *marks, *counts, *_place(score, places)


def percent(score: ScoreRow) -> Decimal | None:
    """The share of the marks, four places; none where there is nothing to be had."""
    return Decimal(fixed(100 * score.score / score.max, 4)) if score.max else None


def _place(score: ScoreRow, places: Places) -> Sequence[Cell]:
    if not score.is_ranked:
        return None, None
    rank, percentile = places.of(float(score.score_sort))
    return rank, Decimal(format_percentile(percentile))
