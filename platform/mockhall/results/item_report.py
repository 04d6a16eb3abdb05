"""Item analysis of a paper for staff: its versions, the figures of each question with what it asks, one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.bank.models import Question, QuestionVersion
from mockhall.exam.analysis import Chosen
from mockhall.exam.findings import OptionRow
from mockhall.exam.shuffle import letters
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results import statistics
from mockhall.results.analysed import QuestionStatistics
from mockhall.results.statistics import Figures
from mockhall.web.headline import headline


@dataclass(frozen=True)
class Version:
    """A version of a paper that can be looked at; `is_sat`: somebody has begun it."""

    row: PaperVersion
    is_sat: bool


@dataclass(frozen=True)
class ItemLine:
    """A question of the table: its number in the paper's order, what it asks, and its figures."""

    number: int
    headline: str
    topic: str
    kind: str
    difficulty: str
    code: str  # of the question in the bank
    figures: QuestionStatistics
    letters: dict[str, str]  # of its options, in the order they are written

    @property
    def strongest_wrong(self) -> tuple[str, OptionRow] | None:
        """The letter and row of the distractor chosen most."""
        row = self.figures.strongest_wrong
        return (self.letters[row.option], row) if row else None


@dataclass(frozen=True)
class ItemReport:
    """What the page of scores and questions shows; `figures` None: many attempts, and nobody has counted them yet."""

    paper: Paper
    version: PaperVersion
    versions: Sequence[Version]
    chosen: Chosen
    figures: Figures | None
    items: Sequence[ItemLine]

    @property
    def flagged(self) -> Sequence[ItemLine]:
        """Those worth a look."""
        return [each for each in self.items if each.figures.findings]


def versions(db: Session, paper: Paper) -> list[Version]:
    """A paper's versions, the newest first, and whether anybody has begun them."""
    sat = sa.select(col(Attempt.id)).where(col(Attempt.paper_version_id) == col(PaperVersion.id)).exists()
    columns: list[Any] = [PaperVersion, sat]
    query = sa.select(*columns).where(col(PaperVersion.paper_id) == paper.id)
    return [Version(row, is_sat) for row, is_sat in db.execute(query.order_by(col(PaperVersion.number).desc()))]


def item_report(
    db: Session, paper: Paper, number: int | None, chosen: Chosen, now: datetime
) -> ItemReport:  # fmt: skip
    """The item analysis of a version: the one asked for by its number, else the newest that somebody has sat."""
    found = versions(db, paper)
    version = _shown(found, number)
    figures = statistics.current(db, version, chosen, now)
    return ItemReport(paper, version, found, chosen, figures, _lines(db, figures) if figures else [])


def shown_version(db: Session, paper: Paper, number: int | None) -> PaperVersion:
    """The version asked for by its number, else the newest that somebody has sat, else the newest."""
    return _shown(versions(db, paper), number)


def _shown(found: Sequence[Version], number: int | None) -> PaperVersion:
    asked = [each.row for each in found if each.row.number == number]
    return (asked or [each.row for each in found if each.is_sat] or [found[0].row])[0]


def _lines(db: Session, found: Figures) -> list[ItemLine]:
    ids = [each.version for each in found.statistics.in_order]
    columns: list[Any] = [QuestionVersion, Question.code]
    query = sa.select(*columns).join(Question, col(Question.id) == col(QuestionVersion.question_id))
    asked = {row.id: (row, code) for row, code in db.execute(query.where(col(QuestionVersion.id).in_(ids)))}
    return [_line(number, each, *asked[each.version]) for number, each in enumerate(found.statistics.in_order, 1)]


def _line(number: int, figures: QuestionStatistics, asked: QuestionVersion, code: str) -> ItemLine:
    return ItemLine(
        number, headline(asked.stem, 90), asked.topic, asked.kind, asked.difficulty, code, figures,
        letters([each["id"] for each in asked.options]),
    )  # fmt: skip


class Sort(StrEnum):
    """What the table is sorted by; written as in the address, with a minus in front for the highest first."""

    NUMBER = "number"
    FACILITY = "facility"
    DISCRIMINATION = "discrimination"
    BLANK = "blank"
    TIME = "time"


def ordered(items: Sequence[ItemLine], sort: Sort, *, highest_first: bool) -> list[ItemLine]:
    """The questions in this order; those without the figure stand last either way."""
    known = [each for each in items if _figure(each, sort) is not None]
    unknown = [each for each in items if _figure(each, sort) is None]
    return sorted(known, key=lambda each: _figure(each, sort) or 0, reverse=highest_first) + unknown


def _figure(line: ItemLine, sort: Sort) -> float | None:
    found = line.figures
    values = {
        Sort.NUMBER: line.number,
        Sort.FACILITY: found.figures.facility,
        Sort.DISCRIMINATION: found.figures.discrimination,
        Sort.BLANK: found.blank / found.people,
        Sort.TIME: float(found.seconds.median) if found.seconds else None,
    }
    return values[sort]


@dataclass(frozen=True)
class OneItem:
    """A question with its figures, and all it asks."""

    report: ItemReport
    line: ItemLine
    asked: QuestionVersion


def one_item(
    db: Session, paper: Paper, question: int, number: int | None, chosen: Chosen, now: datetime
) -> OneItem | None:  # fmt: skip
    """The question at a number of the paper's order; None where there is none."""
    found = item_report(db, paper, number, chosen, now)
    line = next((each for each in found.items if each.number == question), None)
    if line is None:
        return None
    return OneItem(found, line, db.get_one(QuestionVersion, line.figures.version))
