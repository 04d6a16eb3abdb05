"""What was there before the migrations is there after them, in tables that are made anew and in those beside them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, Table, insert, select, text

from mockhall import migrations
from mockhall.db import Database
from mockhall.settings import Settings
from tests.servers.postgres import Server, drop_database, fresh_database

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BLANKS: dict[type, Any] = {int: 0, str: "", bool: False, datetime: AT, dict: {}, object: {}, float: 0.0}


@pytest.fixture(
    params=[(engine, revision) for engine in ("sqlite", "postgres") for revision in ("0001", "0003")], ids=str
)
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as an earlier release left it."""
    url, (engine, revision) = "", request.param
    if engine == "postgres":
        server: Server = request.getfixturevalue("postgres_server")
        if not server.url:
            pytest.skip(server.reason)
        url = fresh_database(server.url)
    database = Database(Settings(data_dir=tmp_path, database_url=url, autoload=False))
    with database.engine.begin() as connection:
        config = migrations.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    yield database
    database.close()
    if url:
        drop_database(url)


def put(connection: Connection, name: str, **values: Any) -> None:
    """A row with these values, as far as the table has them yet; whatever else must be there is blank."""
    table = Table(name, MetaData(), autoload_with=connection)
    needed = {
        column.name: BLANKS[column.type.python_type]
        for column in table.columns
        if not column.nullable and column.server_default is None and not (column.primary_key and column.name == "id")
    }
    given = {name: value for name, value in values.items() if name in table.columns}
    connection.execute(insert(table).values(needed | given))


def test_marks_and_answers_outlive_every_migration(before: Database) -> None:
    with before.engine.begin() as connection:
        put(connection, "topics", id=2, slug="s", title="Python")
        put(connection, "topics", id=1, slug="t", title="T", parent_id=2)
        put(connection, "people", id=1, code="p", time_factor="1")
        put(connection, "papers", id=1, slug="m", topic_id=1)
        put(connection, "paper_versions", id=1, paper_id=1, number=1)
        put(connection, "attempts", id=1, code="a", paper_id=1, paper_version_id=1, person_id=1)
        put(connection, "questions", id=1, code="q", topic_id=1, version=1)
        put(connection, "question_versions", id=1, question_id=1, number=1)
        for number, gained in ((2, "-1/3"), (1, "4")):
            put(connection, "marks", attempt_id=1, number=number, marks=gained, max="4", outcome="right", counted=True)
            put(connection, "responses", attempt_id=1, number=number, question_version_id=1, text=gained)
    migrations.upgrade(before)
    with before.engine.connect() as connection:
        marks = Table("marks", MetaData(), autoload_with=connection)
        columns = (marks.c.attempt_id, marks.c.number, marks.c.marks, marks.c.max, marks.c.outcome, marks.c.counted)
        found = [tuple(row) for row in connection.execute(select(*columns).order_by(marks.c.number))]
        answers = connection.execute(text("SELECT text, trail FROM responses ORDER BY number")).all()
        words = connection.execute(text("SELECT words FROM question_texts")).scalars().all()
    assert found == [(1, 1, "4", "4", "right", True), (1, 2, "-1/3", "4", "right", True)]
    assert words == ["python q"], "questions that were there are found by their subject"
    assert [tuple(row) for row in answers] == [("4", ""), ("-1/3", "")]
