"""The lane's statements: written once, each for many rows at once, for SQLite and PostgreSQL alike."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

Row = Sequence[Any]
Run = Callable[["Statement", Sequence[Row]], list[Row]]
"""Sends a statement with its rows; gives the rows it returns."""


_LOCK = re.compile(r"\{lock (.*?)\}", re.DOTALL)
_EACH = re.compile(r"\{each (.*?)\}")


class Statement:
    """A statement on `v`, the table of the rows that are sent: one JSON text, whatever their number.

    Each statement lets go of Python's lock and takes it again, so one for a whole batch is many times faster than one
    a row. `columns` are `name type`, in the rows' order. What only PostgreSQL needs stands as `{lock ...}`;
    `{each v.list}` is a table `r` of one text `value` for each in a list of texts.
    """

    def __init__(self, columns: str, body: str) -> None:
        named = [each.split() for each in columns.split(",")]
        # Made when the module is loaded, of constants in the code: what candidates send goes in as one bound value.
        # MATERIALIZED: each row is taken apart once, not wherever a column of it is named.
        self.sqlite = (
            "WITH v AS MATERIALIZED (SELECT "  # nosec B608
            + ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, (name, _) in enumerate(named))
            + " FROM json_each(?)) "
            + _EACH.sub(r"json_each(\1) AS r", _LOCK.sub("", body))
        )
        self.postgresql = (
            "WITH v AS MATERIALIZED (SELECT "  # nosec B608
            + ", ".join(f"(value->>{place})::{kind} AS {name}" for place, (name, kind) in enumerate(named))
            + " FROM jsonb_array_elements(%s::jsonb)) "
            + _EACH.sub(r"jsonb_array_elements_text(\1) AS r(value)", _LOCK.sub(r"\1", body))
        )


def on_sqlite(connection: Any) -> Run:
    """Statements on a connection of sqlite3."""
    return lambda statement, rows: connection.execute(statement.sqlite, (json.dumps(rows),)).fetchall()


def on_postgresql(connection: Any) -> Run:
    """Statements on a connection of psycopg."""

    def run(statement: Statement, rows: Sequence[Row]) -> list[Row]:
        cursor = connection.execute(statement.postgresql, (json.dumps(rows),))
        return cursor.fetchall() if cursor.description else []

    return run


def stamp(instant: datetime | None) -> str | None:
    """An instant as both databases read it; SQLite compares it as this very text."""
    return (
        instant.astimezone(UTC).isoformat(" ", "microseconds")[:26] if instant else None
    )  # a fifth of strftime's time


def instant(found: Any) -> datetime | None:
    """An instant as it comes back: text from SQLite, aware from PostgreSQL."""
    if isinstance(found, str):
        return _read(found)
    return found.astimezone(UTC) if found else None


@lru_cache(10_000)
def _read(text: str) -> datetime:
    """An attempt's instants are read again and again."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
