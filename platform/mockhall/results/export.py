"""The score report as CSV: one row an attempt, safe to open in a spreadsheet, streamed (docs/exports.md)."""

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate
from urllib.parse import quote

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.db import Database
from mockhall.exam.exact import fixed
from mockhall.exam.marking import format_marks
from mockhall.exam.ranking import format_percentile
from mockhall.results.models import ScoreRow
from mockhall.results.queries import ReportLine, report_line, report_rows
from mockhall.web.errors import iso

BATCH = 1_000
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for the machine's old code page
COLUMNS = (
    "attempt", "candidate", "roll", "email", "state", "preview", "ranked", "started_at", "finished_at", "seconds",
    "score", "score_exact", "max", "percent", "gained", "lost", "right", "partly", "wrong", "blank", "rank",
    "percentile",
)  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where the comma is the decimal sign, programs part cells at semicolons: a name must hold no formula there either.
_AFTER_A_SEPARATOR = re.compile(r"([;\t|]\s*)(?=[=+\-@＝＋－＠])")
Cell = str | int | datetime | Fraction | bool | None


def report_csv(database: Database, paper_id: int, now: datetime, grace: timedelta) -> Iterator[str]:
    """The file piece by piece. Each batch has a short reading session: a slow reader holds no connection."""
    with database.reading() as db:
        places = Places(db, paper_id)
    yield BOM + csv_text([COLUMNS])
    last = 0
    while True:
        with database.reading() as db:
            lines = _batch(db, paper_id, last, now, grace)
        if not lines:
            return
        last = lines[-1].attempt.id or 0
        yield csv_text([_row(line, places) for line in lines])


def _batch(db: Session, paper_id: int, last: int, now: datetime, grace: timedelta) -> list[ReportLine]:
    query = report_rows().where(col(Attempt.paper_id) == paper_id, col(Attempt.id) > last)
    return [report_line(row, now, grace) for row in db.execute(query.order_by(col(Attempt.id)).limit(BATCH))]


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


def _row(line: ReportLine, places: Places) -> Sequence[Cell]:
    attempt, score = line.attempt, line.score
    known = (attempt.code, line.name, attempt.roll, line.email, line.state.value, attempt.is_preview)
    times = (attempt.started_at, attempt.finished_at, line.seconds)
    if score is None:
        return *known, False, *times, *[None] * 12
    marks = (score.score, format_marks(score.score), score.max, _percent(score), score.gained, score.lost)
    counts = (score.right, score.partly, score.wrong, score.blank)
    return *known, score.is_ranked, *times, *marks, *counts, *_place(score, places)


def _percent(score: ScoreRow) -> str:
    return fixed(100 * score.score / score.max, 4) if score.max else ""


def _place(score: ScoreRow, places: Places) -> tuple[int | None, str]:
    if not score.is_ranked:
        return None, ""
    rank, percentile = places.of(score.score_sort)
    return rank, format_percentile(percentile)


def csv_text(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows as they stand in the file."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([[cell(each) for each in row] for row in rows])
    return file.getvalue()


def cell(value: Cell) -> str:
    """A value as it stands in the file: instants in UTC, marks as decimals, texts that can't start a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return iso(value) or ""
    if isinstance(value, Fraction):
        return _decimal(value)
    text = "" if value is None else str(value).replace("\0", "")
    text = text[:1] + _AFTER_A_SEPARATOR.sub(r"\1'", text[1:])
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) and not _NUMBER.fullmatch(text) else text


def _decimal(value: Fraction) -> str:
    """Marks as a decimal of six places at most."""
    return format_marks(Fraction(fixed(value, 6)))


def disposition(name: str) -> str:
    """The header that names the file, safe for any slug."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "report"
    return f"attachment; filename=\"{plain}.csv\"; filename*=UTF-8''{quote(name, safe='')}.csv"
