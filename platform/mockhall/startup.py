"""What happens around serving: claim the database, migrate, load shipped content, sweep."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from mockhall import backup, migrations, paths
from mockhall.accounts import limits
from mockhall.accounts.sessions import forget_expired
from mockhall.attempts import closing as attempts
from mockhall.attempts import outage, sections
from mockhall.attempts.seen import Seen
from mockhall.bank import images
from mockhall.db import Database
from mockhall.formats.content import read_folder
from mockhall.formats.problems import Problem
from mockhall.papers.loading import Loaded, draw_notices, load_paper
from mockhall.results.export_jobs import Jobs
from mockhall.settings import Settings, SettingsError

log = logging.getLogger("mockhall")
ONE_PREPARES = 6025  # the number of a PostgreSQL advisory lock; 6023 is the migrations', 6024 the audit log's


class InUse(Exception):
    """Another process serves this SQLite database."""


@contextmanager
def prepared(settings: Settings, database: Database, now: datetime) -> Iterator[None]:
    """While a server runs: the database is ours and up to date. InUse, NewerDatabase, SettingsError."""
    with claim(database):
        prepare(settings, database, now)
        yield


@contextmanager
def claim(database: Database) -> Iterator[None]:
    """On SQLite: the right to serve this file, or to replace it, which one process at a time has.

    A second server would bring a second sweep and its own checkpoints. The lock ends when the process does."""
    if not database.is_sqlite:
        yield
        return
    place = backup.file_of(database)
    with place.with_name(f"{place.name}.serving").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(f"another Mockhall is using {place}; stop it first") from error
        yield


@contextmanager
def _one_at_a_time(database: Database) -> Iterator[None]:
    """Servers that start together on PostgreSQL prepare it one after the other; on SQLite `claim` has seen to it."""
    if database.is_sqlite:
        yield
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_PREPARES})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ONE_PREPARES})


def prepare(settings: Settings, database: Database, now: datetime) -> None:
    """Migrate when the schema is behind, then load `content/` unless MOCKHALL_AUTOLOAD is 0."""
    with _one_at_a_time(database):
        migrate(settings, database, now)
        if settings.autoload:
            loaded, problems = load(database, paths.CONTENT, now)
            for problem in problems:
                log.warning("%s", problem)
            for each in loaded:
                _say_loaded(each)


def _say_loaded(each: Loaded) -> None:
    if each.outcome == "kept":
        log.warning("content %s: the file has changed, but the test was edited at the desk and stays so", each.slug)
    elif each.outcome != "unchanged":
        log.info("content %s: %s", each.slug, each.outcome)
        for notice in each.notices:
            log.warning("content %s", notice)


def migrate(settings: Settings, database: Database, now: datetime) -> bool:
    """Bring the schema up to date, a database that holds something after a backup; was there anything to do?"""
    found = migrations.revision_of(database)
    migrations.refuse_newer(found)
    if found == migrations.head():
        return False
    if found is not None:
        _back_up(settings, database, found, now)
    elif inspect(database.engine).get_table_names() and migrations.revision_of(database) is None:  # nobody was faster
        raise SettingsError(f"{shown(database)} holds tables that Mockhall did not make; give Mockhall one of its own")
    migrations.upgrade(database)
    log.info("database: migrated from %s to %s", found or "empty", migrations.head())
    return True


@contextmanager
def opened(settings: Settings, now: datetime) -> Iterator[Database]:
    """The database for a verb of the command line: an empty one is set up, an older one is left to `migrate`."""
    database = Database(settings)
    try:
        found = migrations.revision_of(database)
        if found is None:
            migrate(settings, database, now)
        migrations.refuse_newer(found)
        if not migrations.is_current(database):
            raise SettingsError(f"the database is at revision {found}; bring it up to date with: mockhall migrate")
        yield database
    finally:
        database.close()


def _back_up(settings: Settings, database: Database, revision: str, now: datetime) -> None:
    if not database.is_sqlite:
        log.warning("database: migrating from %s; on PostgreSQL a backup (pg_dump) is yours to make", revision)
        return
    folder = settings.data_dir / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"mockhall-{revision}-{backup.stamp(now)}.db"
    backup.save(database, target)
    log.info("database: backed up to %s", target)


def shown(database: Database) -> str:
    """The database's address as a person may see it, without a password."""
    return database.url.render_as_string(hide_password=True).replace("postgresql+psycopg:", "postgresql:", 1)


def load(database: Database, folder: Path, now: datetime) -> tuple[list[Loaded], list[Problem]]:
    """Load every paper of a content folder that can be read; each is stored whole or not at all."""
    papers, problems = read_folder(folder)
    loaded = []
    for paper in papers:
        with database.writing() as db:
            loaded.append(load_paper(db, paper, now))
    with database.reading() as db:  # once all are in: a draw may take questions of a paper loaded after its own
        return loaded, problems + draw_notices(db, papers)


def sweep(settings: Settings, database: Database, on_close: attempts.OnClose, now: datetime) -> int:
    """Leave sections and end attempts whose time is over; forget old counts, sessions and files. Returns how many were
    ended.

    Those whose deadline fell into an outage are noted first: once ended they look like any other."""
    Jobs(settings.data_dir, lambda: now).forget_old()
    tend_bank(database, now)
    _forget_sessions(database, now)
    with database.writing() as db:
        cut_off = outage.mark_cut_off(db, now, settings.grace)
    if cut_off:
        log.warning("The server was down over the deadline of %d attempts; each test's room lists them", cut_off)
    closed, swept = 0, 1
    while swept:
        with database.writing() as db:
            swept = sections.sweep(db, now, settings.grace)
    while True:
        with database.writing() as db:
            batch = attempts.sweep(db, now, settings.grace, on_close)
            limits.forget_old(db, now)
        closed += batch
        if batch == 0:
            return closed


def _forget_sessions(database: Database, now: datetime) -> None:
    """In steps, so that saves get their turn."""
    are_left = True
    while are_left:
        with database.writing() as db:
            are_left = forget_expired(db, now)


def tend_bank(database: Database, now: datetime) -> None:
    """Forget pictures that nothing shows."""
    with database.writing() as db:
        images.sweep(db, now)


def beat(database: Database, seen: Seen, now: datetime) -> None:
    """Say that the server is alive, and which attempts' pages are there."""
    with database.writing() as db:
        outage.beat(db, now)
        seen.write(db)
