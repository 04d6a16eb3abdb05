"""The write lane: changes queue up, one writer makes many in one transaction, and each is answered after COMMIT."""

import asyncio
import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from mockhall.attempts.lane_sql import Run, on_postgresql, on_sqlite
from mockhall.db import Database
from mockhall.web.errors import Refused

log = logging.getLogger("mockhall")

MOST_AT_ONCE = 128
"""Changes in one transaction: enough to share a disk's flush, few enough that nobody waits long for the others."""
MOST_WAITING = 5_000
MOST_IDLE = 2  # connections kept for looking; a server has one loop, which needs one
T = TypeVar("T")


class Job(Protocol):
    """One change. Jobs with a `key` in common are never in one batch: each sees what the one before it did.

    `most` of one kind are in a batch, at most MOST_AT_ONCE. `cuts`: a statement of its cuts up a text, and works long
    without Python's lock."""

    @property
    def key(self) -> Hashable: ...

    @property
    def most(self) -> int: ...
    @property
    def cuts(self) -> bool: ...

    @staticmethod
    def write(run: Run, jobs: Sequence[Any]) -> Sequence[Any]:
        """Make several changes of this kind; what became of each, in their order. An exception is a refusal of one."""


@dataclass(eq=False, slots=True)
class _Waiting:
    job: Job
    loop: asyncio.AbstractEventLoop
    reply: "asyncio.Future[Any]"


class Lane:
    """The queue and its writer, a thread that ends when there is nothing to do."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._commit = self._commit_sqlite if database.is_sqlite else self._commit_postgresql
        self._thread = ThreadPoolExecutor(1, "lane")
        # PostgreSQL is looked at from threads; SQLite at once: it is a function call, and the writer stops no reader.
        self._readers = None if database.is_sqlite else ThreadPoolExecutor(4, "lane-read")
        self._idle: list[Any] = []  # SQLite's connections for looking: the pool takes as long as a look at one row
        self._lock = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._is_writing = False
        self._untold: tuple[Sequence[_Waiting], Sequence[Any]] = ((), ())

    async def put(self, job: Job) -> Any:
        """Have a change made; what became of it, once it is on disk. Refused 503 when it could not be kept."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(job, loop, loop.create_future())
        if len(self._queue) >= MOST_WAITING:
            raise not_kept(1)
        self._queue.append(waiting)  # without the lock, which the writer may hold: each end of a deque is one thread's
        if not self._is_writing and self._may_write():
            loop.call_soon(self._begin)  # after those who are ready in this same round
        return await waiting.reply

    async def read(self, look: Callable[[Run], T]) -> T:
        """What `look` finds, as the database stands now."""
        if self._readers is None:
            return self._look(look)
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, look)

    def close(self) -> None:
        """Write what waits, then end."""
        self._thread.shutdown()
        if self._readers:
            self._readers.shutdown()
        while self._idle:
            self._idle.pop().close()

    def _look(self, look: Callable[[Run], T]) -> T:
        try:
            if self._database.is_sqlite:
                return self._look_at_once(look)
            with self._database.bare() as connection:
                return look(on_postgresql(connection))
        except (sqlite3.Error, psycopg.Error, SQLAlchemyError) as error:
            raise _refusal(error) from error

    def _look_at_once(self, look: Callable[[Run], T]) -> T:
        """On a connection kept for that. Nothing is begun on it, so there is nothing to end but after an error."""
        try:
            borrowed = self._idle.pop()  # not asked before: another thread's loop could be faster
        except IndexError:
            borrowed = self._database.borrowed()
        try:
            found = look(on_sqlite(borrowed.driver_connection))
        except BaseException:
            borrowed.close()
            raise
        if len(self._idle) < MOST_IDLE:  # many loops, which only tests have, must leave the writer its connection
            self._idle.append(borrowed)
        else:
            borrowed.close()
        return found

    def _begin(self) -> None:
        try:
            self._thread.submit(self._write_all)
        except RuntimeError:  # the server stops, and the writer's thread is gone: nobody is left without an answer
            self._write_all()

    def _may_write(self) -> bool:
        """Take the writer's turn, if there is something to write and nobody has it."""
        with self._lock:
            takes = bool(self._queue) and not self._is_writing
            self._is_writing = self._is_writing or takes
            return takes

    def _write_all(self) -> None:
        has_turn = True
        while has_turn:
            while batch := self._next_batch():
                if not any(each.job.cuts for each in batch):
                    self._tell()
                try:
                    outcomes: Sequence[Any] = self._outcomes(batch)
                except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it, whatever it was
                    outcomes = [error] * len(batch)
                self._tell()
                self._untold = batch, outcomes
            self._tell()
            self._is_writing = False
            has_turn = self._may_write()  # who queued up before that line saw us writing, and left it to us

    def _tell(self) -> None:
        """Answer the batch that was written last.

        Before a long one that is not at once: its short statements come first, a millisecond that would be many if the
        loop had something to do, for they ask for Python's lock again and again. The loop works while the long
        statement needs no lock."""
        (batch, outcomes), self._untold = self._untold, ((), ())
        _answer(batch, outcomes)

    def _next_batch(self) -> list[_Waiting]:
        """The oldest changes that don't touch each other, in the order they came."""
        batch: list[_Waiting] = []
        left: list[_Waiting] = []
        keys: set[Hashable] = set()
        while self._queue and len(batch) < self._queue[0].job.most and len(left) < MOST_AT_ONCE:
            each = self._queue.popleft()
            (left if each.job.key in keys else batch).append(each)
            keys.add(each.job.key)
        self._queue.extendleft(reversed(left))
        return batch

    def _outcomes(self, batch: Sequence[_Waiting]) -> list[Any]:
        """All in one transaction; when one of them can't be, each in its own, so that it fails alone."""
        jobs = [each.job for each in batch]
        try:
            return self._commit(jobs)
        except Exception as error:  # noqa: BLE001  # a fault of ours too is that of one job, not of all
            if len(jobs) == 1 or _nothing_goes(error):
                return [_refusal(error)] * len(jobs)
        return [self._outcomes([each])[0] for each in batch]

    def _commit_sqlite(self, jobs: Sequence[Job]) -> list[Any]:
        with self._database.write_lock(self._tell), self._database.bare() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                outcomes = _write(on_sqlite(connection, self._tell), jobs)
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise
        return outcomes

    def _commit_postgresql(self, jobs: Sequence[Job]) -> list[Any]:
        self._tell()
        with self._database.bare() as connection:  # psycopg begins by itself; what fails is rolled back on leaving
            outcomes = _write(on_postgresql(connection), jobs)
            connection.commit()
        return outcomes


def _write(run: Run, jobs: Sequence[Job]) -> list[Any]:
    """The changes of each kind together; what became of them in the order of `jobs`."""
    outcomes: dict[int, Any] = {}
    for kind in dict.fromkeys(type(job) for job in jobs):
        places = [place for place, job in enumerate(jobs) if type(job) is kind]
        outcomes.update(zip(places, kind.write(run, [jobs[place] for place in places]), strict=True))
    return [outcomes[place] for place in range(len(jobs))]


def _answer(batch: Sequence[_Waiting], outcomes: Sequence[Any]) -> None:
    """Tell those who wait, each on its own loop, with one call a loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any]]] = {}
    for each, outcome in zip(batch, outcomes, strict=True):
        by_loop.setdefault(each.loop, []).append((each.reply, outcome))
    for loop, replies in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, replies)


def _settle(replies: Sequence[tuple["asyncio.Future[Any]", Any]]) -> None:
    for reply, outcome in replies:
        if reply.done():  # whoever asked has gone
            continue
        if isinstance(outcome, BaseException):
            reply.set_exception(outcome)
        else:
            reply.set_result(outcome)


def _nothing_goes(error: Exception) -> bool:
    """Would each change alone fare no better? A full disk, a lost server; not one row that doesn't fit."""
    if isinstance(error, psycopg.OperationalError):
        return not error.sqlstate or error.sqlstate[:2] in {"08", "53", "57"}
    return isinstance(error, sqlite3.OperationalError | SQLAlchemyError | OSError)


def _refusal(error: Exception) -> Exception:
    if not isinstance(error, sqlite3.Error | psycopg.Error | SQLAlchemyError | OSError):
        return error
    log.error("The database refused: %s", str(error).partition("\n")[0])  # what follows may hold an answer
    refused = not_kept()
    refused.__cause__ = error
    return refused


def not_kept(seconds: int = 3) -> Refused:
    """503: it could not be kept just now; what was saved before is safe."""
    text = "This could not be kept just now. What was saved before is safe; try again in a few seconds."
    return Refused(503, "not_kept", text, saved=False, retry_after=seconds)
