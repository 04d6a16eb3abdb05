"""The item analysis as a table: one row a question, the figures of exam-semantics section 7 with four decimals."""

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mockhall.exam.exact import fixed
from mockhall.exam.reliability import PaperFigures
from mockhall.results.analysed import QuestionStatistics
from mockhall.results.export import Cell, Row, Table, number
from mockhall.results.item_report import ItemLine, ItemReport
from mockhall.web.errors import Refused, iso

COLUMNS = (
    "number", "question", "stem", "topic", "kind", "difficulty", "people", "max", "facility", "facility_error", "sd",
    "discrimination", "discrimination_error", "efficiency", "effective_weight", "negative_covariance", "right",
    "partly", "wrong", "blank", "timed", "seconds_lower", "seconds_median", "seconds_upper", "findings", "options",
)  # fmt: skip
PAPER = ("mean", "median", "sd", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error")


def items_table(report: ItemReport) -> Table:
    """The questions of a version in the paper's order."""
    rows = [_row(each) for each in report.items]
    return Table("items", COLUMNS, lambda: iter([rows] if rows else []))


def items_head(report: ItemReport) -> dict[str, Any]:
    """What JSON says before the questions: whose attempts, when they were counted, the figures of the paper."""
    if report.figures is None:
        raise Refused(409, "not_counted", "Nobody has counted this test yet. Its page of scores and questions can.")
    found = report.figures.statistics
    return {
        "paper": report.paper.slug, "title": report.paper.title, "version": report.version.number,
        "attempts": report.chosen.value, "people": found.people, "computed_at": iso(found.computed_at),
        "is_stale": report.figures.is_stale, "max": None if found.max is None else number(found.max),
        "figures": paper_figures(found.paper),
    }  # fmt: skip


def paper_figures(found: PaperFigures) -> dict[str, float | None]:
    """The figures of the paper, four decimals."""
    values = {name: four(getattr(found, name)) for name in PAPER}
    return {name: None if value is None else float(value) for name, value in values.items()}


def four(value: float | Fraction | None) -> Decimal | None:
    """Four decimals, rounded half to even; None for what is not defined."""
    return None if value is None else Decimal(fixed(Fraction(value), 4))


def _row(line: ItemLine) -> Row:
    found, figures = line.figures, line.figures.figures
    asked = (line.number, line.code, line.headline, line.topic, line.kind, line.difficulty)
    indices = (
        figures.facility, figures.facility_error, figures.sd, figures.discrimination, figures.discrimination_error,
        figures.efficiency, figures.effective_weight,
    )  # fmt: skip
    counts = (found.right, found.partly, found.wrong, found.blank)
    return (
        *asked, found.people, found.max, *map(four, indices), figures.negative_covariance, *counts, *_times(found),
        ", ".join(found.findings), _options(line),
    )  # fmt: skip


def _times(found: QuestionStatistics) -> Sequence[Cell]:
    quartiles = found.seconds
    if quartiles is None:
        return found.timed, None, None, None
    return found.timed, *(four(each) for each in (quartiles.lower, quartiles.median, quartiles.upper))


def _options(line: ItemLine) -> str:
    """Who chose what, as JSON: all, the top and the bottom third."""
    rows = [
        {"id": each.option, "key": each.is_key, "chosen": each.chosen, "top": each.top, "bottom": each.bottom}
        for each in line.figures.options
    ]
    return json.dumps(rows) if rows else ""
