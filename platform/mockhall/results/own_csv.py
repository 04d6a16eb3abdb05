"""One's own result as CSV: one row a question, empty where something may not be seen (docs/exports.md)."""

import csv
import io
from collections.abc import Sequence

from mockhall.exam.marking import format_marks
from mockhall.results.export import BOM, Cell, cell
from mockhall.results.sheet import Line, Sheet

COLUMNS = (
    "number", "section", "topic", "difficulty", "kind", "outcome", "marks", "marks_exact", "max", "counted", "seconds",
    "place", "answered_after", "people", "lower_quartile", "median", "upper_quartile",
)  # fmt: skip


def own_csv(sheet: Sheet) -> str:
    """The file. A test has a few hundred questions at most: it is made at once."""
    file = io.StringIO(newline="")
    places = {number: place for place, number in enumerate(sheet.attack.order if sheet.attack else (), 1)}
    rows = [COLUMNS, *(_row(line, places.get(line.number)) for line in sheet.lines)]
    csv.writer(file, lineterminator="\r\n").writerows([[cell(each) for each in row] for row in rows])
    return BOM + file.getvalue()


def _row(line: Line, place: int | None) -> Sequence[Cell]:
    return (
        line.number, line.section, line.topic, line.difficulty, line.kind, line.outcome, line.marks,
        None if line.marks is None else format_marks(line.marks), line.max, line.counts,
        None if line.milliseconds is None else line.milliseconds // 1000,
        place, None if line.first_at is None else int(line.first_at.total_seconds()), *_cohort(line),
    )  # fmt: skip


def _cohort(line: Line) -> Sequence[Cell]:
    if line.cohort is None:
        return None, None, None, None
    found = line.cohort.quartiles
    return line.cohort.people, *((found.lower, found.median, found.upper) if found else (None, None, None))
