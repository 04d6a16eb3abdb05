"""Counting the results of one paper version in the database: a few thousand numbers, however many have sat it."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.bank import key_versions
from mockhall.bank.models import QuestionVersion
from mockhall.exam.analysis import Chosen
from mockhall.exam.findings import Third
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Key
from mockhall.exam.rulings import shown_key
from mockhall.papers.models import PaperQuestion, PaperSection
from mockhall.results.models import MarkRow, ScoreRow

PAGE = 2_000
"""Attempts counted in one look. All at once take twice as long: what is sorted no longer fits into the cache."""
_MOST_SECONDS = 10_000_000
"""More than an integer of milliseconds can hold."""
Ranked = tuple[float, int]
"""A total and the id of its attempt."""


def ranked(db: Session, paper_version: int, chosen: Chosen) -> list[Ranked]:
    """Scored attempts of a version, previews left out, the highest first, equal ones by id; one a person unless all
    are asked for."""
    rows = _chosen(paper_version, chosen).subquery()
    query = sa.select(rows.c.total, rows.c.attempt_id).order_by(rows.c.total.desc(), rows.c.attempt_id)
    return [(float(total), attempt) for total, attempt in db.execute(query)]


def _chosen(paper_version: int, chosen: Chosen) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (ScoreRow.attempt_id, col(ScoreRow.score_sort).label("total"))
    query = sa.select(*columns).join(Attempt, col(Attempt.id) == col(ScoreRow.attempt_id))
    query = query.where(
        col(Attempt.paper_version_id) == paper_version,
        col(Attempt.state) == AttemptState.SCORED.value,
        col(Attempt.is_preview).is_(False),
    )
    if chosen is Chosen.ALL:
        return query
    if chosen is Chosen.FIRST:
        return query.where(col(ScoreRow.is_ranked))
    order = [col(ScoreRow.score_sort).desc()] if chosen is Chosen.HIGHEST else []
    place = sa.func.row_number().over(
        partition_by=col(ScoreRow.person_id),
        order_by=[*order, col(Attempt.id).desc() if chosen is Chosen.LAST else col(Attempt.id)],
    )
    placed = query.add_columns(place.label("place")).subquery()
    return sa.select(placed.c.attempt_id, placed.c.total).where(placed.c.place == 1)


def pages(attempts: Sequence[Ranked]) -> Iterator[tuple[Third, list[int]]]:
    """The attempts in pages of one third each, which is floor(s/3) from each end."""
    third = len(attempts) // 3
    parts = {
        Third.TOP: attempts[:third],
        Third.MIDDLE: attempts[third : len(attempts) - third],
        Third.BOTTOM: attempts[len(attempts) - third :],
    }
    for name, part in parts.items():
        rest = iter(part)
        while page := [attempt for _, attempt in islice(rest, PAGE)]:
            yield name, page


@dataclass(frozen=True, slots=True)
class Cell:
    """What attempts can have in common in one question."""

    question: int  # the id of its version
    marks: Fraction
    max: Fraction
    outcome: str
    choice: tuple[str, ...]
    total: float
    third: Third


@dataclass(frozen=True)
class Asked:
    """A question as statistics need it: the id of its version, and its options and key where it is chosen from."""

    version: int
    options: Sequence[str] = ()
    key: frozenset[str] = frozenset()


def asked_by(db: Session, paper_version: int) -> list[Asked]:
    """The questions that everybody gets, in the paper's order; what is drawn at each start is not among them."""
    query = sa.select(*_ASKED).join(PaperQuestion, col(PaperQuestion.question_version_id) == col(QuestionVersion.id))
    query = query.join(PaperSection, col(PaperSection.id) == col(PaperQuestion.section_id))
    query = query.where(col(PaperSection.paper_version_id) == paper_version)
    return _asked(db, db.execute(query.order_by(col(PaperSection.position), col(PaperQuestion.position))).all())


_ASKED: list[Any] = [QuestionVersion.id, QuestionVersion.kind, QuestionVersion.options, QuestionVersion.key]


def _asked(db: Session, rows: Sequence[Any]) -> list[Asked]:
    """The questions of these rows, with the keys that hold by what was ruled."""
    rulings = {version: each.ruling for version, each in key_versions.held(db, {row[0] for row in rows}).items()}
    return [
        Asked(version, [each["id"] for each in options], shown_key(rulings.get(version), Key.from_json(key)).options)
        if Kind(kind).has_options else Asked(version)
        for version, kind, options, key in rows
    ]  # fmt: skip


def count_marks(
    db: Session, third: Third, page: Sequence[int], known: dict[int, Asked], into: Counter[Cell]
) -> None:  # fmt: skip
    """Count a page of attempts; questions that are not `known` yet, drawn ones, are looked up and added there."""
    # What differs most comes first, and texts stay texts: sorting and reading back is most of the work.
    same: list[Any] = [
        Response.question_version_id, ScoreRow.score_sort, sa.cast(col(Response.choice), sa.Text).label("choice"),
        sa.type_coerce(MarkRow.marks, sa.String).label("marks"), MarkRow.outcome,
    ]  # fmt: skip
    most = sa.type_coerce(sa.func.max(MarkRow.max), sa.String)
    query: sa.Select[Any] = sa.select(*same, most, sa.func.count()).select_from(ScoreRow)
    query = query.join(MarkRow, col(MarkRow.attempt_id) == col(ScoreRow.attempt_id)).join(Response, _SAME)
    query = query.where(col(ScoreRow.attempt_id).in_(sorted(page)), col(MarkRow.counted))
    rows = db.execute(query.group_by(*same)).all()
    known.update((each.version, each) for each in _drawn(db, {row[0] for row in rows} - known.keys()))
    for *cell, people in rows:
        into[_cell(third, known, *cell)] += people


def _drawn(db: Session, versions: Collection[int]) -> list[Asked]:
    query = sa.select(*_ASKED).where(col(QuestionVersion.id).in_(sorted(versions)))
    return _asked(db, db.execute(query).all()) if versions else []


_SAME = sa.and_(col(Response.attempt_id) == col(MarkRow.attempt_id), col(Response.number) == col(MarkRow.number))


def _cell(
    third: Third, known: Mapping[int, Asked], question: int, total: Any, choice: str, marks: str, outcome: str,
    most: str,
) -> Cell:  # fmt: skip
    """Choices are told apart where one chooses from options: an order question may have been put into thousands."""
    given = _given(choice) if known[question].options else ()
    return Cell(question, _exact(marks), _exact(most), outcome, given, float(total), third)


@lru_cache(4096)
def _given(choice: str) -> tuple[str, ...]:
    return tuple(json.loads(choice))


_exact = lru_cache(4096)(Fraction)


def count_seconds(db: Session, page: Sequence[int], into: Counter[tuple[int, int]]) -> None:
    """Count (question, whole seconds it took) of a page of attempts; where no time was measured there is nothing."""
    # One number for both: what is sorted is half as long.
    both = sa.cast(col(Response.question_version_id), sa.BigInteger) * _MOST_SECONDS
    both += col(Response.active_ms) // 1000
    query = sa.select(both.label("both"), sa.func.count())
    query = query.where(col(Response.attempt_id).in_(sorted(page)), col(Response.active_ms) > 0)
    for found, people in db.execute(query.group_by(sa.text("1"))):
        into[divmod(found, _MOST_SECONDS)] += people
