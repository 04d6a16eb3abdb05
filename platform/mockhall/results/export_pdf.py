"""A report as a PDF shows it: the figures on top, how the scores spread, then attempts as far as a PDF is of use."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.exam.analysis import Chosen, ItemFigures
from mockhall.exam.marking import screen_marks
from mockhall.exam.ranking import format_percentile
from mockhall.exam.reliability import paper_figures
from mockhall.results.export_attempts import Places, lines_after, percent
from mockhall.results.export_scope import Scope
from mockhall.results.item_report import ItemReport, item_report
from mockhall.results.models import ScoreRow
from mockhall.results.queries import ReportLine
from mockhall.results.standing import counted_bands
from mockhall.results.views import STATES
from mockhall.settings import Settings
from mockhall.web.filters import clock_text, plural

MOST_ATTEMPTS = 1_000
"""Rows of the list of attempts; what is longer is for a spreadsheet."""


def report_data(db: Session, scope: Scope, settings: Settings) -> dict[str, Any]:
    """What templates/pdf/report.typ shows: texts and whole numbers, times in the site's zone."""
    zone = ZoneInfo(settings.timezone)
    totals, most = _totals(db, scope)
    lines = lines_after(db, scope, 0, MOST_ATTEMPTS + 1)
    places = Places(db, scope.paper_id)
    found = item_report(db, scope.paper, None, Chosen.FIRST, scope.now)
    return {
        "title": scope.title,
        "site": settings.site_name,
        "made": scope.now.astimezone(zone).strftime("%-d %B %Y at %H:%M %Z"),
        "filters": [f"{name}: {_filter_words(name, value)}" for name, value in scope.filters.items()],
        "stats": [["Attempts", f"{scope.count(db):,}"], *_stats(totals)],
        "bands": _bands(totals, most),
        "items": _items(found),
        "items-note": _items_note(found),
        "attempts": [_attempt(line, places, zone) for line in lines[:MOST_ATTEMPTS]],
        "more": len(lines) > MOST_ATTEMPTS,
        "most": f"{MOST_ATTEMPTS:,}",
    }


def _filter_words(name: str, value: str) -> str:
    if name == "people":
        return "only the attempt that counts in the ranking"
    return STATES.get(value, value) if name == "state" else value


def _totals(db: Session, scope: Scope) -> tuple[list[float], Fraction]:
    """The scores that count, each person's first, in order; and what could be had in the newest of them."""
    query = sa.select(col(ScoreRow.score_sort), col(ScoreRow.max)).join(
        Attempt, col(Attempt.id) == col(ScoreRow.attempt_id)
    )
    query = query.where(*scope.conditions, col(ScoreRow.is_ranked)).order_by(col(ScoreRow.id))
    rows = db.execute(query).all()
    return sorted(float(row[0]) for row in rows), rows[-1][1] if rows else Fraction(0)


def _stats(totals: Sequence[float]) -> list[list[str]]:
    figures = paper_figures([[each] for each in totals])
    return [
        ["People ranked", f"{len(totals):,}"],
        ["Mean", _two(figures.mean)],
        ["Median", _two(figures.median)],
        ["Standard deviation", _two(figures.sd)],
        ["Highest", _two(totals[-1] if totals else None)],
        ["Lowest", _two(totals[0] if totals else None)],
        ["Skewness", _two(figures.skewness)],
        ["Kurtosis", _two(figures.kurtosis)],
    ]


def _two(value: float | None) -> str:
    """As pages show marks; `–` for what is not defined."""
    return "–" if value is None else screen_marks(Fraction(value))


def _bands(totals: Sequence[float], most: Fraction) -> list[dict[str, Any]]:
    """How many people lie in each of ten bands, the same as on the result page."""
    if not totals or not most:
        return []
    found = counted_bands(Counter(totals), float(most))
    width = (float(found.high) - float(found.low)) / len(found.counts)
    starts = [float(found.low) + width * place for place in range(len(found.counts))]
    return [
        {"name": f"{_two(start)} to {_two(start + width)}", "count": count}
        for start, count in zip(starts, found.counts, strict=True)
    ]


def _items(found: ItemReport) -> list[list[str]]:
    """The questions in whole per cent, as the page of scores and questions has them."""
    return [
        [
            f"{each.number}. {each.headline}", *map(_whole, _indices(each.figures.figures)),
            ", ".join(each.figures.findings),
        ]
        for each in found.items
    ]  # fmt: skip


def _indices(found: ItemFigures) -> list[float | None]:
    return [found.facility, found.sd, found.discrimination, found.efficiency, found.effective_weight]


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{round(value)} %"


def _items_note(found: ItemReport) -> str:
    if found.figures is None:
        return ""
    said = found.figures.statistics
    paper = said.paper
    alpha = "–" if paper.alpha is None else f"{paper.alpha:.2f}"
    people = plural(said.people, "person", "people")
    whose = f"Version {found.version.number}, the first attempts of {people}, whatever was chosen above."
    return f"{whose} Reliability (alpha) {alpha}, standard error {_two(paper.standard_error)} marks."


def _attempt(line: ReportLine, places: Places, zone: ZoneInfo) -> list[str]:
    attempt, score = line.attempt, line.score
    who = [line.name + (" (preview)" if attempt.is_preview else ""), attempt.roll, STATES[line.state]]
    took = "–" if line.seconds is None else clock_text(line.seconds)
    times = [attempt.started_at.astimezone(zone).strftime("%-d %b %Y %H:%M"), took]
    if score is None:
        return [*who, *times, "–", "–", "–", "–"]
    share = percent(score)
    marks = [f"{screen_marks(score.score)}/{screen_marks(score.max)}", "–" if share is None else f"{share:.1f} %"]
    if not score.is_ranked:
        return [*who, *times, *marks, "–", "–"]
    rank, percentile = places.of(float(score.score_sort))
    return [*who, *times, *marks, str(rank), format_percentile(percentile, 1)]
