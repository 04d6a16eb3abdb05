"""The long form: one row a response, with what was chosen in ids, in letters as shown, and in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Response
from mockhall.bank.models import Question, QuestionVersion
from mockhall.db import Database
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import format_marks
from mockhall.exam.shuffle import letters
from mockhall.papers.models import PaperSection, PaperVersion
from mockhall.results.export import Row, Table
from mockhall.results.export_attempts import lines_after
from mockhall.results.export_scope import Scope
from mockhall.results.models import MarkRow
from mockhall.results.queries import ReportLine
from mockhall.results.sheet import OF_RESPONSE

BATCH = 100
"""Attempts: their responses together are one piece of the file."""
COLUMNS = (
    "attempt", "candidate", "roll", "email", "state", "number", "question", "version", "topic", "kind", "difficulty",
    "section", "choice", "letters", "choice_text", "text", "parts", "outcome", "marks", "marks_exact", "max", "counted",
    "seconds", "visits", "marked", "certainty", "saved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What of a question each of its responses repeats; `texts` by option id."""

    cells: tuple[str, int, str, str, str]
    kind: Kind
    texts: Mapping[str, str]


def responses_table(database: Database, scope: Scope) -> Table:
    """The responses of the scope, attempts in the order of starting, questions in that of their numbers."""
    return Table("responses", COLUMNS, lambda: _batches(database, scope))


def _batches(database: Database, scope: Scope) -> Iterator[list[Row]]:
    known: dict[int, Known] = {}  # as many as the paper has questions, or those its draws have taken
    with database.reading() as db:
        titles = _titles(db, scope.paper_id)
    last = 0
    while True:
        with database.reading() as db:
            lines = {each.attempt.id or 0: each for each in lines_after(db, scope, last, BATCH)}
            rows = _read(db, list(lines), scope.section) if lines else []
            known |= _questions(db, {row.question_version_id for row in rows} - known.keys())
        if not lines:
            return
        last = max(lines)
        yield [_row(row, lines[row.attempt_id], known[row.question_version_id], titles) for row in rows]


def _titles(db: Session, paper_id: int) -> dict[tuple[int, int], str]:
    """Sections' titles by paper version and position."""
    query = sa.select(col(PaperSection.paper_version_id), col(PaperSection.position), col(PaperSection.title))
    query = query.join(PaperVersion, col(PaperVersion.id) == col(PaperSection.paper_version_id))
    rows = db.execute(query.where(col(PaperVersion.paper_id) == paper_id))
    return {(version, position): title for version, position, title in rows}


def _read(db: Session, attempts: Sequence[int], section: int | None) -> Sequence[Any]:
    columns: list[Any] = [
        Response.attempt_id, Response.number, Response.section, Response.question_version_id,
        _written(Response.option_order), _written(Response.choice), Response.text, _written(Response.parts),
        Response.certainty, Response.marked, Response.active_ms, Response.visits, Response.saved_at,
        _written(MarkRow.marks), _written(MarkRow.max), MarkRow.outcome, MarkRow.counted,
    ]  # fmt: skip
    query: sa.Select[Any] = sa.select(*columns).outerjoin(MarkRow, OF_RESPONSE)
    query = query.where(col(Response.attempt_id).in_(attempts))
    if section is not None:
        query = query.where(col(Response.section) == section)
    return db.execute(query.order_by(col(Response.attempt_id), col(Response.number))).all()


def _written(column: Any) -> Any:
    """A column as the text it is stored as: a handful of them repeat in millions of rows, and each is read once."""
    return sa.cast(column, sa.Text).label(column.key)


_marks = lru_cache(1024)(Fraction)
_exact = lru_cache(1024)(lambda written: format_marks(Fraction(written)))
_read_json = lru_cache(4096)(json.loads)


def _questions(db: Session, versions: set[int]) -> dict[int, Known]:
    if not versions:
        return {}
    query = sa.select(QuestionVersion, col(Question.code)).join(
        Question, col(Question.id) == col(QuestionVersion.question_id)
    )
    rows = db.execute(query.where(col(QuestionVersion.id).in_(versions)))
    return {version.id: _known(version, code) for version, code in rows}


def _known(version: QuestionVersion, code: str) -> Known:
    texts = {str(each["id"]): str(each.get("text", "")) for each in version.options}
    for gap in version.options:
        texts |= {str(each["id"]): str(each["text"]) for each in gap.get("choices", ())}
    cells = (code, version.number, version.topic, version.kind, version.difficulty)
    return Known(cells, Kind(version.kind), texts)


def _row(row: Any, line: ReportLine, known: Known, titles: Mapping[tuple[int, int], str]) -> Row:
    attempt = line.attempt
    who = (attempt.code, line.name, attempt.roll, line.email, line.state.value)
    section = titles.get((attempt.paper_version_id, row.section), "")
    marks = (None,) * 5 if row.marks is None else (
        row.outcome, _marks(row.marks), _exact(row.marks), _marks(row.max), row.counted,
    )  # fmt: skip
    work = (Decimal(row.active_ms).scaleb(-3), row.visits, row.marked, row.certainty or None, row.saved_at)
    return *who, row.number, *known.cells, section, *_answer(row, known), *marks, *work


def _answer(row: Any, known: Known) -> tuple[str, str, str, str, str]:
    """choice, letters, choice_text, text, parts: empty where the kind of question has no such thing."""
    choice: list[str] = _read_json(row.choice)
    shown = letters(_read_json(row.option_order)) if choice else {}
    texts = [known.texts.get(each, "") for each in choice]
    parts: dict[str, str] = _read_json(row.parts)
    if parts and not choice:
        texts = [f"{known.texts.get(each) or each}: {known.texts.get(parts[each], parts[each])}" for each in parts]
    return (
        " ".join(choice), " ".join(shown.get(each, "") for each in choice), " | ".join(texts), row.text,
        json.dumps(parts, ensure_ascii=False, sort_keys=True) if parts else "",
    )  # fmt: skip
