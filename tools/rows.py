"""Many rows of several tables put into either database at once, past the app, for data that is only measured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

Row = tuple[str, Sequence[Any]]
"""A table's name and the values of one of its rows, in the order of its columns."""


def store(connection: Any, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    """Put rows into their tables, in the order of `columns` (names by table, with blanks between), and commit.

    `connection` is one of sqlite3 or of psycopg."""
    found: dict[str, list[Sequence[Any]]] = {table: [] for table in columns}
    for table, row in rows:
        found[table].append(row)
    if hasattr(connection, "executemany"):  # sqlite3 would commit each row
        connection.execute("BEGIN IMMEDIATE")
    for table, several in found.items():
        _insert(connection, table, columns[table].split(), several)
    connection.commit()


def _insert(connection: Any, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    if hasattr(connection, "executemany"):
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)  # nosec B608
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def stamp(at: datetime) -> str:
    """An instant as both databases read it."""
    return at.isoformat(" ", "microseconds")[:26]
