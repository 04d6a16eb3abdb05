"""The lane's statements: written once, each for many rows at once, for SQLite and PostgreSQL alike."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Protocol

Row = Sequence[Any]


class Run(Protocol):
    """Sends a statement with its rows, and the text its `{cut ...}` are pieces of; gives the rows it returns."""

    def __call__(self, statement: "Statement", rows: Sequence[Row], text: str = "", /) -> list[Row]: ...


_LOCK = re.compile(r"\{lock (.*?)\}", re.DOTALL)
_LIST = re.compile(r"\{list (.*?)\}", re.DOTALL)
_CUT = re.compile(r"\{cut (.*?)\}")


class Statement:
    """A statement on `v`, the table of the rows that are sent: one JSON text, whatever their number.

    Each statement lets go of Python's lock and takes it again, so one for a whole batch is many times faster than one
    a row. `columns` are `name type`, in the rows' order. What only PostgreSQL needs stands as `{lock ...}`.
    `{cut from, many}` is a piece of a text of plain ASCII that is sent beside the rows, counted from 1: what is cut up
    anyway need not be JSON. `{list a, b}` is all rows found as one text, for `listed`.
    """

    def __init__(self, columns: str, body: str) -> None:
        named = [each.split() for each in columns.split(",")]
        self.cuts = "{cut " in body
        # Made when the module is loaded, of constants in the code: what candidates send goes in as one bound value.
        # MATERIALIZED: each row is taken apart once, not wherever a column of it is named.
        self.sqlite = (
            "WITH v AS MATERIALIZED (SELECT "  # nosec B608
            + ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, (name, _) in enumerate(named))
            + " FROM json_each(?1)) "
            + _written(body, "", r"CAST(substr(?2, \1) AS text)", r"json_group_array(json_array(\1))")
        )
        self.postgresql = (
            "WITH v AS MATERIALIZED (SELECT "  # nosec B608
            + ", ".join(f"(value->>{place})::{kind} AS {name}" for place, (name, kind) in enumerate(named))
            + " FROM jsonb_array_elements(%(rows)s::jsonb)) "
            + _written(
                body, r"\1", r"convert_from(substr(%(text)s::bytea, \1), 'UTF8')",
                r"json_agg(json_build_array(\1))::text",
            )
        )  # fmt: skip


def _written(body: str, lock: str, cut: str, listed: str) -> str:
    return _LIST.sub(listed, _CUT.sub(cut, _LOCK.sub(lock, body)))


def on_sqlite(connection: Any, before_long: Callable[[], None] = lambda: None) -> Run:
    """Statements on a connection of sqlite3."""

    def run(statement: Statement, rows: Sequence[Row], text: str = "", /) -> list[Row]:
        sent = (json.dumps(rows), text.encode()) if statement.cuts else (json.dumps(rows),)
        if statement.cuts:
            before_long()
        found: list[Row] = connection.execute(statement.sqlite, sent).fetchall()
        return found

    return run


def on_postgresql(connection: Any) -> Run:
    """Statements on a connection of psycopg."""

    def run(statement: Statement, rows: Sequence[Row], text: str = "", /) -> list[Row]:
        sent = {"rows": json.dumps(rows)} | ({"text": text.encode()} if statement.cuts else {})
        cursor = connection.execute(statement.postgresql, sent)
        return cursor.fetchall() if cursor.description else []

    return run


def listed(run: Run, statement: Statement, rows: Sequence[Row]) -> list[list[Any]]:
    """The rows of a statement that gives them as one `{list ...}`: each row that SQLite hands over by itself has the
    writer ask for Python's lock, which the loop holds most of the time."""
    ((text,),) = run(statement, rows)
    found: list[list[Any]] = json.loads(text) if text else []
    return found


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


def instant_in_json(found: str | None) -> datetime | None:
    """The same out of a `{list ...}`, where PostgreSQL's instants are text with their zone."""
    if not found:
        return None
    read = datetime.fromisoformat(found)
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


@lru_cache(10_000)
def _read(text: str) -> datetime:
    """An attempt's instants are read again and again."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
