"""Engines, sessions and column types. `Reading` and `Writing` are the only ways to a session."""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from mockhall.settings import Settings, SettingsError

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata: MetaData = SQLModel.metadata


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite, which keeps no zone, stores it without and gets it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Fraction]):
    """Marks and factors kept exactly, as `7/3`."""

    impl = String(80)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else str(Fraction(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


class Database:
    """One database: `reading` and `writing` sessions on SQLite or PostgreSQL."""

    def __init__(self, settings: Settings) -> None:
        self.url = _parse(settings.url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url, settings) if self.is_sqlite else _postgresql(self.url, settings)
        self._lock_file = _lock_file(self.url) if self.is_sqlite else None
        # The write lane has connections of its own: it must never wait for a page that has them all.
        self._lane_engine = _sqlite(self.url, settings) if self.is_sqlite else _postgresql(self.url, settings)

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """A driver's connection for the write lane, nothing begun; what it leaves open is rolled back."""
        borrowed = self.borrowed()
        try:
            yield borrowed.driver_connection
        finally:
            borrowed.close()

    def borrowed(self) -> PoolProxiedConnection:
        """The same, to be closed by whoever asks."""
        return self._lane_engine.raw_connection()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are never kept."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session committed on leaving, rolled back on an error; on SQLite the one writer."""
        with self.write_lock(), Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"mockhall_writes": True})
            try:
                yield session
                session.commit()
            except BaseException:
                # A rollback empties every row it knows: the page that refuses still has to name who is signed in.
                session.expunge_all()
                session.rollback()
                raise

    @contextmanager
    def write_lock(self, before_waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """On SQLite: one writer at a time, across threads and processes; `before_waiting` is called where there is
        another one. On PostgreSQL: nothing."""
        if self._lock_file is None:
            yield
            return
        with self._lock_file.open("ab") as file:  # a lock belongs to this opening: threads exclude each other too
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                before_waiting()
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def close(self) -> None:
        self.engine.dispose()
        self._lane_engine.dispose()


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a plain ValueError
        raise SettingsError("MOCKHALL_DATABASE_URL can't be read; write sqlite:///file or postgresql://…") from error
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def _sqlite(url: URL, settings: Settings) -> Engine:
    _make_folder(Path(url.database or "mockhall.db").resolve().parent)
    engine = create_engine(
        url,
        hide_parameters=True,  # answers, addresses and hashes must not come into the log with an error
        pool_size=settings.pool_size + 2,  # readers, the writer and the sweep
        max_overflow=0,
        connect_args={"timeout": 30, "check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".mockhall-can-write"
        probe.touch()
        probe.unlink(missing_ok=True)  # another process may be trying at the same moment
    except OSError as error:
        raise SettingsError(f"the data folder {folder} can't be written: {error.strerror}") from error


def _lock_file(url: URL) -> Path:
    return Path(f"{Path(url.database or 'mockhall.db').resolve()}.lock")


def _pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """WAL lets readers go on while the writer writes; FULL puts each commit on disk before it returns."""
    _turn_to_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _turn_to_wal(connection: Any) -> None:
    """A new file is turned once. SQLite does not wait when two processes do that at the same moment: try again."""
    for pause in (0.01, 0.05, 0.2, 1.0, 0.0):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if not pause:
                raise
            time.sleep(pause)
        else:
            return


def _begin(connection: Any) -> None:
    """IMMEDIATE takes the write lock at once: a read that turns into a write could fail half-way."""
    writes = connection.get_execution_options().get("mockhall_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL, settings: Settings) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=settings.pool_size + 2,
        max_overflow=0,
        pool_pre_ping=True,  # a restarted server must not cost the next request
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 10, "options": "-c timezone=utc"},
    )


def reading(request: Request) -> Iterator[Session]:
    """The request's session for looking."""
    database: Database = request.app.state.database
    with database.reading() as session:
        yield session


def writing(request: Request) -> Iterator[Session]:
    """The request's session for changing, committed before the reply leaves."""
    database: Database = request.app.state.database
    with database.writing() as session:
        yield session


# scope="function": with the default a commit that fails would come after "saved" had been sent.
# max_concurrency: who waits for a session holds no thread; more requests than threads stalled completely.
# Both together stay below the pool (settings.pool_size) and far below the server's 40 threads.
CONCURRENT = 5
Reading = Annotated[Session, Depends(reading, scope="function", max_concurrency=CONCURRENT)]
Writing = Annotated[Session, Depends(writing, scope="function", max_concurrency=CONCURRENT)]
