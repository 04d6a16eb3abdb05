"""Reads of the list: a page of questions, how many fit, and what it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts.models import Person
from mockhall.bank import search
from mockhall.bank.list_forms import FILES, Filters
from mockhall.bank.list_order import ORDERS, cursor_text, parts, read_cursor
from mockhall.bank.models import Question, QuestionFigures, QuestionTag, QuestionVersion, Topic
from mockhall.bank.queries import Subject, subjects
from mockhall.bank.search_tables import QuestionText
from mockhall.exam.analysis import FEW_ATTEMPTS
from mockhall.web.headline import headline

PAGE = 50
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
MOST_CHOICES = 200
MOST_COUNTED = 1_000
LONGEST_HEADLINE = 120  # three lines of the table


@dataclass(frozen=True)
class Row:
    """A question as the list shows it; without figures nobody has answered it yet."""

    question: Question
    headline: str
    topic: str
    title: str = ""
    figures: QuestionFigures | None = None

    def keys(self, column: str) -> list[Any]:
        """Where it stands in the order of a column."""
        keys: dict[str, list[Any]] = {
            "edited": [self.question.updated_at], "used": [self.question.used],
            "verified": [self.question.verified_at], "facility": [self.figures.facility if self.figures else None],
            "question": [self.title], "topic": [self.topic, self.question.topic_id],
        }  # fmt: skip
        return keys[column]

    @property
    def is_sound(self) -> bool:
        """Enough have answered it, and nothing was found."""
        return bool(self.figures and not self.figures.finding and self.figures.answers >= FEW_ATTEMPTS)


@dataclass(frozen=True)
class Page:
    """One page of the list; `previous` and `next` are addresses, empty at either end. `more` where a search found so
    many that they were not all counted."""

    rows: Sequence[Row]
    found: int
    total: int
    previous: str = ""
    next: str = ""
    more: bool = False


def question_page(db: Session, filters: Filters, now: datetime, size: int = PAGE) -> Page:
    """The questions that fit, in the order asked for. Pages go on from the last row seen, so they are as quick at the
    end of a large bank as at its beginning, and an edit meanwhile shifts nothing."""
    fitting = conditions(db, filters, now)
    found, total = _counts(db, fitting, filters)
    order = ORDERS[filters.column]
    cursor = read_cursor(filters.after or filters.before, order)
    back = cursor is not None and not filters.after
    query = sa.select(col(Question.id)).where(*fitting)
    if filters.narrowing and found <= MOST_COUNTED:
        # Few of many: walking the whole bank in order to find them would look up every row by itself.
        query = sa.select(col(Question.id)).where(col(Question.id).in_(db.execute(query).scalars().all()))
    ids: list[int] = []
    for part in parts(query, order, cursor, down=filters.is_descending, back=back):
        if len(ids) <= size:
            ids += db.execute(part.limit(size + 1 - len(ids))).scalars()
    more, ids = len(ids) > size, ids[:size]
    rows = _rows(db, ids[::-1] if back else ids)
    earlier, later = (more, True) if back else (cursor is not None, more)
    more_found = bool(filters.q) and found > MOST_COUNTED
    if not rows:
        return Page(rows, found, total)
    return Page(
        rows, min(found, MOST_COUNTED) if more_found else found, total, more=more_found,
        previous=_address(filters, "before", rows[0]) if earlier else "",
        next=_address(filters, "after", rows[-1]) if later else "",
    )  # fmt: skip


def _address(filters: Filters, name: str, row: Row) -> str:
    return filters.url(**{name: cursor_text(row.keys(filters.column), row.question.id or 0)})


def _counts(db: Session, fitting: Sequence[Any], filters: Filters) -> tuple[int, int]:
    """How many fit and how many there are. Of a search not more than MOST_COUNTED and one are counted: a word can be
    nearly everywhere, and finding all of them takes longer than everything else on the page."""
    all_of_them = sa.select(sa.func.count()).select_from(Question).where(col(Question.deleted_at).is_(None))
    if not filters.narrowing:
        total = int(db.execute(all_of_them).scalar_one())
        return total, total
    some = sa.select(col(Question.id)).where(*fitting).limit(MOST_COUNTED + 1).subquery()
    found = sa.select(sa.func.count(), all_of_them.scalar_subquery())
    found = found.select_from(some) if filters.q else found.select_from(Question).where(*fitting)
    counted = db.execute(found).one()
    return int(counted[0]), int(counted[1])


def _rows(db: Session, ids: Sequence[int]) -> list[Row]:
    """These questions with what they say today, in this order."""
    newest = (col(QuestionVersion.question_id) == Question.id) & (col(QuestionVersion.number) == Question.version)
    query: Any = sa.select(Question, QuestionVersion.stem, Topic.title, QuestionText.title, QuestionFigures)  # type: ignore[call-overload]
    query = query.join(QuestionVersion, newest).join(Topic, col(Topic.id) == col(Question.topic_id))
    query = query.join(QuestionText, col(QuestionText.question_id) == col(Question.id))
    query = query.outerjoin(QuestionFigures, col(QuestionFigures.question_id) == col(Question.id))
    found = {
        question.id: Row(question, headline(stem, LONGEST_HEADLINE), topic, title, figures)
        for question, stem, topic, title, figures in db.execute(query.where(col(Question.id).in_(ids)))
    }
    return [found[each] for each in ids if each in found]


def conditions(db: Session, filters: Filters, now: datetime) -> list[sa.ColumnElement[bool]]:
    """What a question must fulfil to be in the list."""
    fitting: list[sa.ColumnElement[bool]] = [col(Question.deleted_at).is_(None)]
    names = [name for name in ("kind", "difficulty", "status") if getattr(filters, name)]
    fitting += [getattr(Question, name) == getattr(filters, name) for name in names]
    if filters.topic:
        fitting.append(col(Question.topic_id).in_(_below(filters.topic)))
    if filters.tag:
        tagged = sa.select(col(QuestionTag.question_id)).where(col(QuestionTag.tag) == filters.tag.casefold())
        fitting.append(col(Question.id).in_(tagged))
    if filters.author:
        fitting.append(_written_by(filters.author))
    if filters.used:
        fitting.append(_row_by_row(col(Question.used) > 0 if filters.used == "yes" else col(Question.used) == 0))
    if filters.health:
        fitting.append(_healthy(filters.health))
    if filters.verified:
        fitting.append(_verified(filters.verified, now))
    if filters.q:
        fitting.append(col(Question.id).in_(search.found(db, filters.q)))
    return fitting


def unknown(db: Session, filters: Filters, known: Sequence[Subject] | None = None) -> dict[str, str]:
    """The filters whose value no question can have, emptied: a topic that is not there, an author who wrote nothing.
    Words and tags are anybody's to write: what nobody wrote finds nothing. `known` are all topics, where they are read
    already."""
    found = {}
    if filters.topic and not _is_there(filters.topic, subjects(db) if known is None else known):
        found["topic"] = ""
    wrote = sa.select(col(Person.id)).join(Question, col(Question.created_by_id) == col(Person.id))
    wrote = wrote.where(col(Person.code) == filters.author).limit(1)
    if filters.author not in {"", FILES} and db.execute(wrote).first() is None:
        found["author"] = ""
    return found


def _is_there(slug: str, known: Sequence[Subject]) -> bool:
    return any(slug == topic.slug for each in known for topic in (each.topic, *each.topics))


def _below(slug: str) -> sa.Select[Any]:
    """The topic of this slug, and those below it where it is a subject."""
    subject = sa.select(col(Topic.id)).where(col(Topic.slug) == slug).scalar_subquery()
    return sa.select(col(Topic.id)).where(sa.or_(col(Topic.slug) == slug, col(Topic.parent_id) == subject))


def _written_by(code: str) -> sa.ColumnElement[bool]:
    if code == FILES:
        return col(Question.created_by_id).is_(None)
    author = sa.select(col(Person.id)).where(col(Person.code) == code).scalar_subquery()
    return col(Question.created_by_id) == author


def _healthy(wanted: str) -> sa.ColumnElement[bool]:
    figures = sa.select(col(QuestionFigures.question_id))
    if wanted == "none":
        return ~figures.where(col(QuestionFigures.question_id) == col(Question.id)).correlate(Question).exists()
    if wanted == "flagged":
        return col(Question.id).in_(figures.where(col(QuestionFigures.finding) != ""))
    sound = figures.where(col(QuestionFigures.finding) == "", col(QuestionFigures.answers) >= FEW_ATTEMPTS)
    return col(Question.id).in_(sound)


def _verified(wanted: str, now: datetime) -> sa.ColumnElement[bool]:
    at = col(Question.verified_at)
    if wanted == "never":
        return at.is_(None)
    fits = {"year": at < now - YEAR, "month": at >= now - MONTH, "due": col(Question.due_at) <= now}[wanted]
    return _row_by_row(fits)


def _row_by_row(fits: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The same, for which no index is used: where half the bank fits, SQLite would look up each such row by itself."""
    return sa.case((fits, sa.true()), else_=sa.false())


# ---------------------------------------------------------------- what the list can be narrowed to


def _each(column: Any) -> sa.Select[Any]:
    """The different values of a column, one look into its index each: tens of thousands of rows share a few."""
    values = sa.select(sa.func.min(column).label("value")).cte("each_value", recursive=True)
    after = sa.select(sa.func.min(column)).where(column > values.c.value).scalar_subquery()
    values = values.union_all(sa.select(after).where(values.c.value.is_not(None)))
    return sa.select(values.c.value).where(values.c.value.is_not(None)).limit(MOST_CHOICES)


def tags(db: Session) -> list[str]:
    """The tags in use, as many as a page can offer."""
    return list(db.execute(_each(col(QuestionTag.tag))).scalars())


def authors(db: Session) -> list[Person]:
    """Who has written questions at the desk, by name."""
    query = sa.select(Person).where(col(Person.id).in_(_each(col(Question.created_by_id))))
    return sorted(db.execute(query).scalars(), key=lambda each: each.label.casefold())
