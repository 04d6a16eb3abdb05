"""Files that take long: made in a thread, one after the other, each in a folder with a manifest of how far it is.

Any process of the server can tell by the manifest; the folders lie in the data folder."""

import fcntl
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from mockhall.web.codes import new_code
from mockhall.web.errors import Refused

log = logging.getLogger("mockhall")
KEPT = timedelta(hours=24)
SILENT = timedelta(minutes=2)
"""A file nobody has worked on for so long is given up: the server was stopped in the middle of it."""
MOST = 6
"""How many may be waiting or made at once."""
_ONE_AT_A_TIME = threading.Lock()
_LOOKS_IN = 5.0  # seconds between two signs of life while it waits for its turn
Clock = Callable[[], datetime]


class JobState(StrEnum):
    """Where a file stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Job:
    """A file that is made or being made. `done` of `total` rows are written; `filters` are the report's address."""

    code: str
    slug: str
    title: str
    name: str
    filters: str
    total: int
    done: int
    state: JobState
    started_at: datetime
    touched_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.WAITING, JobState.MAKING)

    @property
    def kept_until(self) -> datetime:
        return self.started_at + KEPT

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    def seen(self, now: datetime) -> "Job":
        """As it is at this instant: one that was left half made has failed."""
        return replace(self, state=JobState.FAILED) if self.is_open and now - self.touched_at > SILENT else self


Write = Callable[[Path, Callable[[int], None]], None]
"""Writes the file; tells how many rows it has written."""


class Jobs:
    """The folders of one data folder."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._folder, self._clock = data_dir / "exports", clock

    def begin(self, slug: str, title: str, name: str, filters: str, total: int, write: Write) -> Job:
        """Start making a file; Refused when too many are being made."""
        now = self._clock()
        job = Job(new_code(20), slug, title, name, filters, total, 0, JobState.WAITING, now, now)
        with self._counting():
            if sum(each.is_open for each in self._all()) >= MOST:
                said = "Other files are being made. Try again in a few minutes."
                raise Refused(429, "too_many", said, retry_after=60)
            (self._folder / job.code).mkdir()
            self._keep(job)
        threading.Thread(target=self._make, args=(job, write), name=f"export {job.code}", daemon=True).start()
        return job

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """One at a time counts files and adds its own, among all threads and processes of this folder: else several
        that begin at once would each find room."""
        self._folder.mkdir(parents=True, exist_ok=True)
        held = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        finally:
            os.close(held)

    def find(self, code: str) -> Job | None:
        """The file with this code, as it is now."""
        if not (code.isascii() and code.isalnum()):
            return None
        job = _read(self._folder / code / "manifest.json")
        return job.seen(self._clock()) if job else None

    def file(self, job: Job) -> Path:
        """Where it lies."""
        return self._folder / job.code / "file"

    def forget_old(self) -> None:
        """Delete what was begun a day ago and longer."""
        now = self._clock()
        for each in self._all():
            if now - each.started_at > KEPT:
                shutil.rmtree(self._folder / each.code, ignore_errors=True)

    def _all(self) -> list[Job]:
        found = [_read(path) for path in self._folder.glob("*/manifest.json")]
        return [each.seen(self._clock()) for each in found if each]

    def _keep(self, job: Job) -> Job:
        """Replaced as a whole: whoever looks meanwhile finds the one before."""
        path = self._folder / job.code / "manifest.json"
        written = path.with_suffix(".new")
        written.write_text(json.dumps(asdict(job), default=datetime.isoformat), "utf-8")
        written.replace(path)
        return job

    def _touch(self, job: Job, **changes: Any) -> Job:
        return self._keep(replace(job, touched_at=self._clock(), **changes))

    def _make(self, job: Job, write: Write) -> None:
        while not _ONE_AT_A_TIME.acquire(timeout=_LOOKS_IN):
            job = self._touch(job)
        try:
            job = self._touch(job, state=JobState.MAKING)
            write(self.file(job), lambda rows: self._say(job, rows))
            self._touch(job, state=JobState.READY, done=job.total)
        except Exception:  # whatever it was, whoever waits must be told
            log.exception("The export %s failed", job.name)
            self._touch(job, state=JobState.FAILED)
        finally:
            _ONE_AT_A_TIME.release()

    def _say(self, job: Job, rows: int) -> None:
        self._touch(job, done=rows)


def jobs_of(state: Any) -> Jobs:
    """The files of an app with this state, by its clock."""
    return Jobs(state.settings.data_dir, state.clock)


def _read(path: Path) -> Job | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # not there, or deleted while we looked
        return None
    times = {name: datetime.fromisoformat(found[name]) for name in ("started_at", "touched_at")}
    return Job(**found | times | {"state": JobState(found["state"])})
