"""The schema's history, and bringing a database up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from mockhall import paths
from mockhall.db import Database


class NewerDatabase(Exception):
    """The database was written by a newer Mockhall; this one must not touch it."""


def alembic_config() -> Config:
    """Alembic's configuration, in code: no ini file to find."""
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    return config


def revision_of(database: Database) -> str | None:
    """The revision a database stands at; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision this Mockhall knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def is_current(database: Database) -> bool:
    return revision_of(database) == head()


def upgrade(database: Database) -> None:
    """Bring the schema to `head`, in one transaction under the write lock."""
    refuse_newer(revision_of(database))
    config = alembic_config()
    with database.write_lock(), database.engine.connect() as plain:
        connection = plain.execution_options(mockhall_writes=True)
        with _references_free(connection), connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_references(connection)


@contextmanager
def _references_free(connection: Connection) -> Iterator[None]:
    """SQLite changes many a table by making it anew and dropping the old one, which rows that refer to it forbid: they
    are left free meanwhile, and checked before anything is kept. Inside a transaction the pragma does nothing."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """RuntimeError, and so nothing is kept, where a row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise RuntimeError(f"after the migration a row of {lost[0]} refers to one of {lost[2]} that is not there")


def refuse_newer(found: str | None) -> None:
    """NewerDatabase when a database stands at a revision that this Mockhall does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabase(f"the database is at revision {found}, which a newer Mockhall made; upgrade Mockhall")
