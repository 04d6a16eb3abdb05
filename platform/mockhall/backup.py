"""Copies of an SQLite database while it is in use, and putting one back."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from mockhall import migrations
from mockhall.db import Database


class BackupError(Exception):
    """A copy that could not be made or put back; nothing was changed."""


def file_of(database: Database) -> Path:
    """The file of an SQLite database."""
    return Path(database.url.database or "").resolve()


def save(database: Database, target: Path) -> None:
    """Copy the database to a new file, as it stands at one instant; writers go on meanwhile."""
    source = file_of(database)
    if not source.is_file():
        raise BackupError(f"there is no database at {source} yet")
    if target.exists():
        raise BackupError(f"{target} exists already; name a new file")
    with _reasons(target):
        _copy(source, target)


def restore(database: Database, source: Path, now: datetime) -> Path | None:
    """Put a copy in the database's place; returns where the old one is kept, None when there was none.

    The caller holds the write lock and has made sure that no server runs."""
    place = file_of(database)
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    if place.exists() and place.samefile(source):
        raise BackupError(f"{source} is the database itself")
    with _reasons(source):
        _check(source)
        new = place.with_name(f"{place.name}.restoring")
        _copy(source, new)
        kept = _keep(place, now) if place.exists() else None
        new.replace(place)  # at once: whoever opens the database finds the old one or the new one, whole
        _to_disk(place.parent)
    return kept


def stamp(now: datetime) -> str:
    """An instant as part of a file's name."""
    return now.strftime("%Y%m%d-%H%M%S")


def _keep(place: Path, now: datetime) -> Path:
    """A second name for the old database, with what its log holds; it stays in place until it is replaced."""
    kept = place.with_name(f"{place.stem}-before-restore-{stamp(now)}{place.suffix}")
    if kept.exists():
        raise BackupError(f"{kept} exists already; wait a second and try again")
    # The log's content moves into the file, for a log left behind would be played into the new database. A damaged
    # database, the usual reason to restore, may refuse: then the log goes along with it.
    with closing(_open(place, "rw")) as connection, suppress(sqlite3.DatabaseError):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    try:
        kept.hardlink_to(place)
    except OSError:  # not every file system has second names
        shutil.copy2(place, kept)
    for ending in ("-wal", "-shm"):
        log = place.with_name(place.name + ending)
        if log.exists():
            log.rename(kept.with_name(kept.name + ending))
    return kept


def _copy(source: Path, target: Path) -> None:
    """Through SQLite's online backup, under another name until it is whole and on disk."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # it holds password hashes
    try:
        mode = "rw" if os.access(source, os.W_OK) else "ro"
        with closing(_open(source, mode)) as old, closing(_open(part, "rw")) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE").close()  # one file, without a log beside it
            if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise BackupError(f"{source} is damaged: SQLite's quick_check fails")
        _to_disk(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(target.parent)


def _check(source: Path) -> None:
    """Is it one of ours, and none of a newer Mockhall's?"""
    with closing(_open(source, "ro")) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            raise BackupError(f"{source} is no backup of a Mockhall database")
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    migrations.refuse_newer(revision)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, timeout=30, isolation_level=None)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _reasons(path: Path) -> Iterator[None]:
    """What SQLite and the file system say, in one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"{path}: {error}") from error
    except OSError as error:
        raise BackupError(f"{error.filename or path}: {error.strerror}") from error
