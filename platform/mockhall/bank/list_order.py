"""The orders of the list, and the cursors by which its pages go on from the last row seen."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from mockhall.bank.models import Question, QuestionFigures, Topic
from mockhall.bank.search_tables import QuestionText

Cursor = tuple[Any, ...]
"""The keys of a row and its id; of a row without a key, such as one never verified, the id alone."""


@dataclass(frozen=True)
class Order:
    """An order: its keys, how each is read from an address, and the tie-breaker, of the table that has the keys, so
    that one index gives the whole order. Rows without a key come last in both directions."""

    keys: tuple[Any, ...]
    read: tuple[Callable[[Any], Any], ...]
    tie: Any
    joined: Callable[[Any], Any] = lambda query: query
    may_lack: bool = False

    @property
    def columns(self) -> tuple[Any, ...]:
        return (*self.keys, self.tie)

    def has_key(self, query: Any) -> Any:
        """The query for rows that have a key."""
        query = self.joined(query)
        return query.where(self.keys[0].is_not(None)) if self.may_lack else query


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found.astimezone(UTC)  # here, for no database can hold an instant that has none


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value or not value.isprintable():
        raise ValueError(value)
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**31:
        raise ValueError(value)
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or not abs(value) < 1e9:
        raise ValueError(value)
    return float(value)


_ID = col(Question.id)
_TITLE = col(QuestionText.title)


def _with_texts(query: Any) -> Any:
    return query.join(QuestionText, col(QuestionText.question_id) == _ID)


def _with_topics(query: Any) -> Any:
    return query.join(Topic, col(Topic.id) == col(Question.topic_id))


def _with_figures(query: Any) -> Any:
    return query.join(QuestionFigures, col(QuestionFigures.question_id) == _ID)


ORDERS = {
    "edited": Order((col(Question.updated_at),), (_instant,), _ID),
    "used": Order((col(Question.used),), (_whole,), _ID),
    "verified": Order((col(Question.verified_at),), (_instant,), _ID, may_lack=True),
    "facility": Order(
        (col(QuestionFigures.facility),), (_number,), col(QuestionFigures.question_id), _with_figures, may_lack=True
    ),
    "question": Order((_TITLE,), (_text,), col(QuestionText.question_id), _with_texts),
    # Inside a topic by age: what one index of each table gives.
    "topic": Order((col(Topic.title), col(Topic.id)), (_text, _whole), _ID, _with_topics),
}


def read_cursor(text: str, order: Order) -> Cursor | None:
    """Where a page begins; a cursor nobody made begins at the front."""
    try:
        *keys, tie = json.loads(text)
        if keys == [None] and order.may_lack:
            return (_whole(tie),)
        return (*(read(key) for read, key in zip(order.read, keys, strict=True)), _whole(tie))
    except (ValueError, TypeError, RecursionError, OverflowError):
        return None


def cursor_text(keys: Sequence[Any], tie: int) -> str:
    """The cursor of a row as it stands in an address."""
    said = [key.isoformat() if isinstance(key, datetime) else key for key in keys]
    return json.dumps([*(said if None not in said else [None]), tie], ensure_ascii=False, separators=(",", ":"))


def parts(query: Any, order: Order, cursor: Cursor | None, *, down: bool, back: bool) -> list[Any]:
    """The list from the cursor on as one or two queries of ids, each in order: rows with a key, then those without.

    Going `back` it is read from the cursor towards the front. Two queries, for no index gives an order by
    "has a key, then the key", and a bank has fifty thousand rows to sort."""
    lacking = cursor is not None and len(cursor) < len(order.columns)
    has = _beyond(order.has_key(query), order.columns, None if lacking else cursor, up=down is back)
    if not order.may_lack:
        return [has]
    without = _beyond(_lacking(query, order), (_ID,), cursor if lacking else None, up=not back)
    if back:
        return [without, has] if lacking else [has]
    return [without] if lacking else [has, without]


def _lacking(query: Any, order: Order) -> Any:
    if order.keys[0].class_ is Question:
        return query.where(order.keys[0].is_(None))
    known = sa.exists().where(order.tie == _ID, order.keys[0].is_not(None))
    return query.where(~known)


def _beyond(query: Any, columns: Sequence[Any], cursor: Cursor | None, *, up: bool) -> Any:
    if cursor is not None:
        place = sa.tuple_(*columns)
        query = query.where(place > cursor if up else place < cursor)
        # Columns of two tables are no row of an index: the first alone says where to begin.
        query = query.where(columns[0] >= cursor[0] if up else columns[0] <= cursor[0])
    return query.order_by(*(each.asc() if up else each.desc() for each in columns))
