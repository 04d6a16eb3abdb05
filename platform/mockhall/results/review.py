"""The review of an attempt: every question with its answer judged, holding only what may be seen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Key
from mockhall.exam.reveal import Item
from mockhall.papers.models import Paper, PaperVersion
from mockhall.results.judged import JudgedOption, accepted, judged_options
from mockhall.results.judged_parts import JudgedPart, judged_parts
from mockhall.results.models import MarkRow, ScoreRow
from mockhall.results.reveals import COLUMNS, Policy, joined, policy_of
from mockhall.results.sheet import OF_RESPONSE, Seen
from mockhall.results.unsaved import unsaved_words

PAGE = 10


class Show(StrEnum):
    """Which questions are shown; written as in the address."""

    ALL = ""
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    MARKED = "marked"


@dataclass(frozen=True)
class Cell:
    """A question in the map."""

    number: int
    outcome: Outcome | None
    marks: Fraction | None
    marked: bool
    blank: bool
    counted: bool = True  # False: more optional questions were answered than count

    def is_shown(self, show: Show) -> bool:
        if show in (Show.BLANK, Show.MARKED):
            return self.blank if show is Show.BLANK else self.marked
        return show is Show.ALL or self.outcome == show.value


@dataclass(frozen=True)
class Reviewed:
    """A question with the candidate's answer; None and empty is what may not be seen, or isn't there."""

    cell: Cell
    kind: Kind
    passage: str
    stem: str
    topic: str
    difficulty: str
    unit: str
    milliseconds: int
    text: str
    options: Sequence[JudgedOption]
    parts: Sequence[JudgedPart]
    accepted: Sequence[str]
    max: Fraction | None
    solution: str
    reference: str
    unsaved: str  # strict papers: what was selected and never saved, in words

    @property
    def reference_url(self) -> str:
        """The reference as an address to follow; empty when it is a book or anything but the web."""
        return self.reference if _site(self.reference) else ""

    @property
    def reference_host(self) -> str:
        """The site behind `reference_url`: an address in full would not fit a phone."""
        return _site(self.reference)


def _site(reference: str) -> str:
    try:
        parts = urlsplit(reference)
    except ValueError:  # as in http://[
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


@dataclass(frozen=True)
class Review:
    """One page of a review, the map of all its questions, and what can be shown of them."""

    attempt: Attempt
    paper: Paper
    title: str
    policy: Policy
    seen: Seen
    cells: Sequence[Cell]
    questions: Sequence[Reviewed]
    show: Show
    page: int
    total: Fraction | None = None  # the score, which floors may have lifted

    @property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_shown(self.show)]

    @property
    def pages(self) -> int:
        return pages_of(len(self.shown))

    @property
    def counts(self) -> Mapping[Show, int]:
        """How many questions each filter shows; only filters that don't tell what may not be seen."""
        judged = Item.CORRECTNESS in self.seen
        offered = Show if judged else (Show.ALL, Show.BLANK, Show.MARKED)
        return {show: sum(cell.is_shown(show) for cell in self.cells) for show in offered}

    @property
    def score(self) -> Fraction | None:
        """The score, where every mark may be seen."""
        return self.total if all(cell.marks is not None for cell in self.cells) else None

    def url(self, show: Show, page: int = 1, number: int | None = None) -> str:
        """The address of a page of the review, at a question."""
        fields = {"show": str(show)} if show else {}
        query = urlencode(fields | ({"page": str(page)} if page > 1 else {}))
        place = (f"?{query}" if query else "") + (f"#q{number}" if number else "")
        return f"/attempts/{self.attempt.code}/review{place}"

    def cell_url(self, cell: Cell) -> str:
        """Where a question stands: among those shown now, else among all."""
        show = self.show if cell.is_shown(self.show) else Show.ALL
        listed = [each for each in self.cells if each.is_shown(show)]
        return self.url(show, listed.index(cell) // PAGE + 1, cell.number)


def pages_of(count: int) -> int:
    """Pages for so many questions; an empty list has one."""
    return max(1, -(-count // PAGE))


def review(db: Session, attempt: Attempt, show: Show, page: int, now: datetime, grace: timedelta) -> Review:
    """One page of the review, in three queries; without questions before its time."""
    columns: tuple[Any, ...] = (Paper, PaperVersion.title, ScoreRow.score, *COLUMNS)
    query = joined(sa.select(*columns).select_from(Attempt))
    query = query.outerjoin(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
    row = db.execute(query.where(col(Attempt.id) == attempt.id)).one()
    policy = policy_of(row, attempt.state, attempt.submitted_at, grace)
    seen = policy.seen(now)
    cells = _cells(db, attempt, seen) if policy.may_review(now) else []
    if Item.CORRECTNESS not in seen and show not in (Show.BLANK, Show.MARKED):
        show = Show.ALL
    shown = [cell for cell in cells if cell.is_shown(show)]
    page = min(page, pages_of(len(shown)))
    here = shown[(page - 1) * PAGE : page * PAGE]
    questions = _questions(db, attempt, here, seen) if here else []
    return Review(attempt, row.Paper, row.title, policy, seen, cells, questions, show, page, row.score)


def _cells(db: Session, attempt: Attempt, seen: Seen) -> list[Cell]:
    judged = Item.CORRECTNESS in seen
    columns: tuple[Any, ...] = (
        Response.number,
        Response.answered,
        Response.marked,
        MarkRow.outcome,
        MarkRow.marks,
        MarkRow.counted,
    )
    query = (
        sa.select(*columns)
        .join(MarkRow, OF_RESPONSE)
        .where(col(Response.attempt_id) == attempt.id)
        .order_by(col(Response.number))
    )
    return [
        Cell(
            row.number, Outcome(row.outcome) if judged else None,
            row.marks if judged and Item.MARKS in seen else None, row.marked, not row.answered,
            row.counted or not (judged and Item.MARKS in seen),
        )
        for row in db.execute(query)
    ]  # fmt: skip


def _questions(db: Session, attempt: Attempt, cells: Sequence[Cell], seen: Seen) -> list[Reviewed]:
    """The questions of these cells. The key and the explanation are not even selected when they may not be seen."""
    columns: list[Any] = [
        Response, QuestionVersion.kind, QuestionVersion.stem, QuestionVersion.options, QuestionVersion.topic,
        QuestionVersion.difficulty, QuestionVersion.unit, QuestionVersion.passage,
        _when(Item.MAX_MARKS in seen, MarkRow.max, "max"),
        _when(Item.RIGHT_ANSWER in seen, QuestionVersion.key, "key"),
        _when(Item.GENERAL_FEEDBACK in seen, QuestionVersion.solution, "solution"),
        _when(Item.GENERAL_FEEDBACK in seen, QuestionVersion.reference, "reference"),
    ]  # fmt: skip
    query: sa.Select[Any] = sa.select(*columns)
    query = query.join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
    query = query.join(MarkRow, OF_RESPONSE)
    query = query.where(col(Response.attempt_id) == attempt.id).order_by(col(Response.number))
    by_number = {cell.number: cell for cell in cells}
    rows = db.execute(query.where(col(Response.number).in_(by_number)))
    return [_reviewed(row, by_number[row.Response.number]) for row in rows]


def _when(may: bool, column: Any, name: str) -> Any:
    return column if may else sa.null().label(name)


def _reviewed(row: Any, cell: Cell) -> Reviewed:
    response, kind = row.Response, Kind(row.kind)
    key = Key.from_json(row.key) if row.key is not None else None
    return Reviewed(
        cell, kind, row.passage, row.stem, row.topic, row.difficulty, row.unit, response.active_ms, response.text,
        judged_options(kind, response.option_order, row.options, response.choice, key, cell.outcome)
        if kind.has_options else [],
        judged_parts(kind, response, row.options, key, cell.outcome),
        accepted(key, row.unit) if key and kind in (Kind.NUMERIC, Kind.TEXT) else [],
        row.max, row.solution or "", row.reference or "", unsaved_words(response, kind),
    )  # fmt: skip
