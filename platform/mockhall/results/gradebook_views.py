"""What the page of the gradebook shows: a part of the columns, cells in words, a trend for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mockhall.accounts.cohort_queries import CohortLine, Member
from mockhall.accounts.models import Cohort
from mockhall.results.gradebook import MOST_COLUMNS, Gradebook, Row, Test
from mockhall.results.gradebook_forms import GradebookQuery
from mockhall.results.grades import Grade, Which, rise_text, screen_percent, trend_words
from mockhall.results.views import STATES
from mockhall.web.charts import sparkline

WHICH = {Which.BEST: "Best score", Which.FIRST: "First score", Which.LAST: "Last score", Which.AVERAGE: "Average"}
_TRIES = {
    Which.BEST: "best of {}", Which.FIRST: "first of {}", Which.LAST: "last of {}", Which.AVERAGE: "mean of {}"
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Some of the columns: those of page `number` of `pages`; `total` is how many there are in all."""

    tests: Sequence[Test]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class CellView:
    """A cell in words: `code` is empty where there is no attempt; `tries` says of how many it is."""

    title: str
    text: str
    code: str = ""
    tries: str = ""
    is_score: bool = False


@dataclass(frozen=True)
class RowView:
    """A person with cells, an average, and a trend: as a picture with words for readers, and as a number beside it."""

    member: Member
    cells: Sequence[CellView]
    average: str
    trend: str | None
    rise: str


def page_of_tests(tests: Sequence[Test], number: int) -> Part:
    """Page `number` of the columns, or the last one."""
    pages = max(1, -(-len(tests) // MOST_COLUMNS))
    number = min(number, pages)
    return Part(tests[(number - 1) * MOST_COLUMNS : number * MOST_COLUMNS], number, pages, len(tests))


def choice(
    cohort: Cohort | None, offered: Sequence[CohortLine], tests: Sequence[Test], asked: GradebookQuery
) -> dict[str, Any]:  # fmt: skip
    """What the form above the table offers."""
    return {"cohort": cohort, "cohorts": offered, "choices": tests, "asked": asked, "which": WHICH}


def shown(
    cohort: Cohort, offered: Sequence[CohortLine], tests: Sequence[Test], part: Part, found: Gradebook,
    asked: GradebookQuery,
) -> dict[str, Any]:  # fmt: skip
    """All that the template needs."""
    feet = [found.feet.get(test.id) for test in part.tests]
    return choice(cohort, offered, tests, asked) | {
        "part": part,
        "people": found.people,
        "rows": [_row(row, part.tests, asked.score) for row in found.rows],
        "feet": [(screen_percent(each.mean), each.done) if each else ("", 0) for each in feet],
    }


def _row(row: Row, tests: Sequence[Test], which: Which) -> RowView:
    cells = [_cell(each, test.title, which) for each, test in zip(row.grades, tests, strict=True)]
    words = trend_words(row.percents)
    average = screen_percent(row.average) if row.average is not None else ""
    picture = sparkline([float(each) for each in row.percents], f"Trend: {words}") if words else None
    return RowView(row.member, cells, average, picture, rise_text(row.percents))


def _cell(grade: Grade | None, title: str, which: Which) -> CellView:
    if grade is None:
        return CellView(title, "Missing")
    if grade.percent is None:
        return CellView(title, STATES[grade.attempt.state], grade.attempt.code)
    tries = _TRIES[which].format(grade.scored) if grade.scored > 1 else ""
    return CellView(title, screen_percent(grade.percent), grade.attempt.code, tries, True)
