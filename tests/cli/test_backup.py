"""`mockhall backup` and `mockhall restore`: whole, private, and never over what is there."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from mockhall import backup
from mockhall.accounts.models import Person
from mockhall.settings import Settings
from tests.cli.command import MakeSite, Run, env_of, one_line
from tests.make import START


def test_a_backup_holds_what_was_there_and_restoring_brings_it_back(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    env, file = env_of(sqlite_settings), tmp_path / "safe.db"
    run("users", "add", "asha@example.edu", **env)
    assert run("backup", str(file), **env).status == 0
    assert file.stat().st_mode & 0o077 == 0
    run("users", "add", "ben@example.edu", **env)
    ran = run("restore", str(file), **env)
    assert ran.status == 0
    assert _people(tmp_path / "mockhall.db") == ["asha@example.edu"]
    kept = Path(ran.out.strip().rpartition("is ")[2])
    assert _people(kept) == ["asha@example.edu", "ben@example.edu"]
    assert file.exists()


def _people(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT email FROM people ORDER BY id")]


def test_a_backup_is_whole_while_someone_writes(sqlite_settings: Settings, make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(sqlite_settings)
    with site.writing() as db:
        db.add(Person(code="half", created_at=START))
        db.flush()
        backup.save(site.app.state.database, tmp_path / "meanwhile.db")
    with closing(sqlite3.connect(tmp_path / "meanwhile.db")) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_restore_puts_back_what_a_damaged_database_lost(run: Run, sqlite_settings: Settings, tmp_path: Path) -> None:
    env, file = env_of(sqlite_settings), tmp_path / "safe.db"
    run("users", "add", "asha@example.edu", **env)
    run("backup", str(file), **env)
    place, log = tmp_path / "mockhall.db", tmp_path / "mockhall.db-wal"
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE people SET email = 'ravi@example.edu'")
        connection.commit()
        of_the_old = log.read_bytes()
    place.write_bytes(b"no database any more" * 1000)
    log.write_bytes(of_the_old)  # left behind, it would be played into the new database
    assert run("restore", str(file), **env).status == 0
    assert _people(place) == ["asha@example.edu"]
    kept = next(tmp_path.glob("*-before-restore-*.db-wal"))
    assert kept.read_bytes() == of_the_old


def test_restore_into_an_empty_folder_needs_no_old_database(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    run("backup", str(tmp_path / "safe.db"), **env_of(sqlite_settings))
    assert run("restore", str(tmp_path / "safe.db"), DATA_DIR=tmp_path / "new").status == 0
    assert _people(tmp_path / "new" / "mockhall.db") == []


def test_restore_refuses_while_a_server_runs(
    run: Run, sqlite_settings: Settings, tmp_path: Path, make_site: MakeSite
) -> None:
    env, file = env_of(sqlite_settings), tmp_path / "safe.db"
    run("backup", str(file), **env)
    site = make_site(sqlite_settings)
    with TestClient(site.app):
        assert "another Mockhall is using" in one_line(run("restore", str(file), **env))
    assert run("restore", str(file), **env).status == 0


def test_what_can_be_no_backup_is_refused_and_the_database_stays(
    run: Run, sqlite_settings: Settings, tmp_path: Path
) -> None:
    env, place = env_of(sqlite_settings), tmp_path / "mockhall.db"
    before = place.read_bytes()
    junk, foreign, newer = tmp_path / "junk", tmp_path / "foreign.db", tmp_path / "newer.db"
    junk.write_text("this is no database")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE things (id)")
    shutil.copy(place, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for file, says in (
        (tmp_path / "none", "there is no file"), (junk, "not a database"), (foreign, "no backup of a Mockhall"),
        (newer, "a newer Mockhall made"), (place, "is the database itself"), (tmp_path, "there is no file"),
    ):  # fmt: skip
        assert says in one_line(run("restore", str(file), **env))
    assert place.read_bytes() == before


def test_backup_never_writes_over_a_file(run: Run, sqlite_settings: Settings, tmp_path: Path) -> None:
    env = env_of(sqlite_settings)
    (tmp_path / "precious").write_text("mine")
    assert "exists already" in one_line(run("backup", str(tmp_path / "precious"), **env))
    assert (tmp_path / "precious").read_text() == "mine"
    assert "No such file or directory" in one_line(run("backup", str(tmp_path / "none" / "b.db"), **env))
    assert "there is no database" in one_line(run("backup", str(tmp_path / "b.db"), DATA_DIR=tmp_path / "empty"))


@pytest.mark.postgres
def test_on_postgresql_backup_and_restore_name_the_tool(run: Run, postgres_settings: Settings, tmp_path: Path) -> None:
    env = env_of(postgres_settings)
    assert "pg_dump" in one_line(run("backup", str(tmp_path / "b"), **env))
    assert "pg_restore" in one_line(run("restore", str(tmp_path / "b"), **env))
