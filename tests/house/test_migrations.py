"""The schema's history on both databases: from nothing to the models' tables, whole or not at all."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlalchemy import Column, Integer, MetaData, inspect, text

import mockhall.app  # noqa: F401  (it imports every feature, and so every table)
from mockhall import migrations, paths
from mockhall.db import Database, metadata
from mockhall.settings import Settings
from tests.make import Site, make_paper
from tests.servers.postgres import Server, drop_database, fresh_database
from tests.servers.serving import clean_environment

# A migration of tomorrow that is killed between two of its statements.
HALF_WAY = '''"""half way."""
import os
import signal
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9001", "{head}", None, None
def upgrade():
    op.create_table("half_way", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("people", sa.Column("half_way", sa.String(10), nullable=True))
    op.execute("DELETE FROM topics")
    {then}
'''
UPGRADE = """
import sys
from pathlib import Path
from mockhall import migrations, paths
from mockhall.db import Database
from mockhall.settings import Settings
paths.MIGRATIONS = Path(sys.argv[1])
migrations.upgrade(Database(Settings()))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings on a database that holds nothing, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path, autoload=False)
        return
    server: Server = request.getfixturevalue("postgres_server")
    if server.url is None:
        pytest.skip(server.reason)
    url = fresh_database(server.url)
    yield Settings(data_dir=tmp_path, database_url=url, autoload=False)
    drop_database(url)


@pytest.fixture
def database(empty: Settings) -> Iterator[Database]:
    """The same, opened."""
    opened = Database(empty)
    yield opened
    opened.close()


def schema(database: Database) -> dict[str, Any]:
    """Every table as the database describes it: columns, keys, indexes and checks."""
    seen = inspect(database.engine)
    found = {}
    for name in sorted(name for name in set(seen.get_table_names()) - {"alembic_version"} if not is_search(name)):
        parts = (seen.get_indexes, seen.get_unique_constraints, seen.get_foreign_keys, seen.get_check_constraints)
        columns = {
            each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in seen.get_columns(name)
        }
        rest = [sorted(map(repr, part(name))) for part in parts]
        found[name] = (columns, seen.get_pk_constraint(name)["constrained_columns"], *rest)
    return found


def is_search(name: str | None) -> bool:
    """The full-text index, which no model can say: on SQLite it is tables of its own, on PostgreSQL an expression."""
    return bool(name and name.startswith("question_search"))


def environment_of(settings: Settings) -> dict[str, str]:
    return clean_environment(MOCKHALL_DATABASE_URL=settings.url, MOCKHALL_DATA_DIR=str(settings.data_dir))


def mockhall_verb(settings: Settings, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "mockhall", *words]
    return subprocess.Popen(
        command, env=environment_of(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


# ---------------------------------------------------------------- what it comes to


def test_the_history_is_one_line_without_gaps() -> None:
    script = ScriptDirectory.from_config(migrations.alembic_config())
    assert len(script.get_heads()) == 1
    numbers = sorted(each.revision for each in script.walk_revisions())
    assert numbers == [f"{place:04}" for place in range(1, len(numbers) + 1)]


def left_to_generate(database: Database, models: MetaData) -> list[Any]:
    with database.engine.connect() as connection:
        options = {
            "compare_type": True, "compare_server_default": True,
            "include_name": lambda name, _kind, _parents: not is_search(name),
        }  # fmt: skip
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), models))


def test_nothing_is_left_to_generate_until_a_model_changes(database: Database) -> None:
    migrations.upgrade(database)
    assert left_to_generate(database, metadata) == []
    changed = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["people"].append_column(Column("shoe_size", Integer()))
    assert [change[0] for change in left_to_generate(database, changed)] == ["add_column"]


def test_the_migrations_give_exactly_the_tables_of_the_models(database: Database) -> None:
    migrations.upgrade(database)
    migrated = schema(database)
    with database.engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert len(migrated) > 10
    assert migrated == schema(database)


def test_a_second_upgrade_does_nothing(database: Database) -> None:
    migrations.upgrade(database)
    before = schema(database)
    migrations.upgrade(database)
    assert schema(database) == before
    assert migrations.is_current(database)


def test_a_paper_can_be_made_and_served_afterwards(empty: Settings, database: Database, make_site: Any) -> None:
    migrations.upgrade(database)
    site: Site = make_site(empty)
    with site.writing() as db:
        make_paper(db)
    assert "Mock one" in site.browser().get("/").text


# ---------------------------------------------------------------- what may go wrong


def upgrade_with(settings: Settings, folder: Path, then: str) -> int:
    """Upgrade in a process of its own with one more migration, which ends in `then`; returns how it ended."""
    shutil.copytree(paths.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions/9001_half_way.py").write_text(HALF_WAY.format(head=migrations.head(), then=then), "utf-8")
    command = [sys.executable, "-c", UPGRADE, str(folder)]
    return subprocess.run(
        command, env=environment_of(settings), capture_output=True, check=False, timeout=60
    ).returncode


@pytest.mark.parametrize("then", ["os.kill(os.getpid(), signal.SIGKILL)", "raise OSError('the disk is full')"])
def test_a_migration_that_ends_half_way_leaves_the_old_schema_and_every_row(
    empty: Settings, database: Database, tmp_path: Path, then: str
) -> None:
    migrations.upgrade(database)
    with database.writing() as db:
        make_paper(db)
    before = schema(database)
    assert upgrade_with(empty, tmp_path / "newer", then) in {-signal.SIGKILL, 1}
    assert schema(database) == before
    assert migrations.is_current(database)
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM topics")).scalar() == 2


def test_a_first_upgrade_that_ends_half_way_leaves_an_empty_database(
    empty: Settings, database: Database, tmp_path: Path
) -> None:
    assert upgrade_with(empty, tmp_path / "newer", "raise OSError('the disk is full')") == 1
    assert inspect(database.engine).get_table_names() == []


def test_the_same_migration_left_alone_would_have_changed_the_schema(
    empty: Settings, database: Database, tmp_path: Path
) -> None:
    migrations.upgrade(database)
    assert upgrade_with(empty, tmp_path / "newer", "pass") == 0
    assert "half_way" in schema(database)


def test_a_newer_database_is_refused_in_one_line_and_stays_as_it_is(empty: Settings, database: Database) -> None:
    """By a process of its own; tests/cli has the other verbs."""
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    running = mockhall_verb(empty, "migrate")
    printed, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert len(said.splitlines()) == 1, said
    assert "9999" in said
    assert "upgrade Mockhall" in said
    assert printed == ""
    assert migrations.revision_of(database) == "9999"


def test_a_newer_database_is_refused_under_any_server(empty: Settings, database: Database, make_site: Any) -> None:
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    site: Site = make_site(empty)
    with pytest.raises(migrations.NewerDatabase, match="9999"), TestClient(site.app):
        pass


def test_processes_that_upgrade_at_once_all_succeed(empty: Settings, database: Database) -> None:
    command = [sys.executable, "-c", UPGRADE, os.fspath(paths.MIGRATIONS)]
    running = [subprocess.Popen(command, env=environment_of(empty), stderr=subprocess.PIPE) for _ in range(3)]
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in running]
    assert [end for end in ends if end[1]] == []
    assert migrations.is_current(database)
    assert len(schema(database)) > 10


def test_two_commands_that_migrate_at_once_leave_a_database_that_is_up_to_date(
    empty: Settings, database: Database
) -> None:
    """SQLite's file is one process's at a time: the other may be told so, in one line."""
    running = [mockhall_verb(empty, "migrate") for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in running]
    refused = [line for line, process in zip(said, running, strict=True) if process.returncode]
    assert len(refused) <= (1 if database.is_sqlite else 0), refused
    assert all(re.fullmatch(r"mockhall: another Mockhall is using .*; stop it first\n", line) for line in refused), (
        refused
    )
    assert migrations.is_current(database)
