"""Which databases the verbs bring up to date, and which they leave alone, saying so in one line."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from mockhall import migrations, startup
from mockhall.db import Database
from mockhall.settings import Settings
from tests.cli.command import Run, one_line
from tests.make import START
from tests.servers.serving import free_port


def _set_back(settings: Settings) -> None:
    """As if one more migration had come since: the database stands one revision behind, its tables as they are."""
    database = Database(settings)
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = 'before'"))
    database.close()


def test_a_database_that_holds_something_is_backed_up_before_it_is_migrated(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _set_back(settings)
    monkeypatch.setattr(migrations, "refuse_newer", lambda _found: None)
    migrated: list[str] = []
    monkeypatch.setattr(migrations, "upgrade", lambda database: migrated.append(str(migrations.revision_of(database))))
    database = Database(settings)
    with caplog.at_level(logging.INFO, "mockhall"):
        assert startup.migrate(settings, database, START)
    database.close()
    assert migrated == ["before"]
    backups = [path.name for path in (settings.data_dir / "backups").glob("*")]
    if settings.is_sqlite:
        assert backups == ["mockhall-before-20261122-090000.db"]
    else:
        assert backups == []
        assert "pg_dump" in caplog.text


def test_an_empty_database_is_migrated_without_a_backup(run: Run, tmp_path: Path) -> None:
    ran = run("migrate", DATA_DIR=tmp_path)
    assert ran.out == f"The database is up to date, at revision {migrations.head()}.\n"
    assert not (tmp_path / "backups").exists()
    assert run("migrate", DATA_DIR=tmp_path).status == 0


def test_a_database_of_a_newer_mockhall_is_left_alone(run_on: Run, settings: Settings) -> None:
    _set_back(settings)
    for verb in (["migrate"], ["serve"], ["users", "add", "a@b"], ["load"], ["sweep"]):
        assert "a newer Mockhall made" in one_line(run_on(*verb, PORT=free_port()))
    assert not (settings.data_dir / "backups").exists()


def test_a_database_that_is_behind_is_left_to_migrate(run_on: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "head", lambda: "of tomorrow")
    for verb in (["users", "add", "a@b"], ["load"], ["sweep"]):
        assert "mockhall migrate" in one_line(run_on(*verb))


def test_a_database_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "mockhall.db")) as connection:
        connection.execute("CREATE TABLE things (id)")
    for verb in (["migrate"], ["serve"], ["users", "add", "a@b"]):
        assert "tables that Mockhall did not make" in one_line(run(*verb, DATA_DIR=tmp_path, PORT=free_port()))


def test_a_file_that_is_no_database_is_said_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mockhall.db").write_text("this is no database" * 100)
    assert "file is not a database" in one_line(run("users", "add", "a@b", DATA_DIR=tmp_path))
