"""A server process on a database of the tests, that can be killed and started again at the same address."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from mockhall.db import Database
from mockhall.settings import Settings
from tests.cli.command import env_of
from tests.make import make_paper
from tests.servers.serving import clean_environment, free_port, get

ROOT = Path(__file__).resolve().parents[2]
SERVE = ("mockhall", "serve")
SERVE_EARLY = ("tests.promises.early",)
_T = TypeVar("_T")


class Child:
    """`python -m module words` with the settings of a test."""

    def __init__(self, settings: Settings, module: tuple[str, ...] = SERVE) -> None:
        self.settings, self.module, self.port = settings, module, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait till it answers."""
        paths = f"{ROOT / 'platform'}{os.pathsep}{ROOT}"
        mine = {f"MOCKHALL_{name}": str(value) for name, value in env_of(self.settings).items()}
        more = {"MOCKHALL_PORT": str(self.port), "MOCKHALL_GUEST_STARTS_PER_ADDRESS": "100000", "PYTHONPATH": paths}
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.module], env=clean_environment(**mine, **more), cwd=self.settings.data_dir,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        """Till it answers, or an AssertionError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, "the server ended by itself"
            try:
                if get(f"{self.url}/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the server does not answer")

    def kill(self, number: int = signal.SIGKILL) -> None:
        """kill -9, and wait till it is gone."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(30)


@contextmanager
def child_of(settings: Settings, module: tuple[str, ...] = SERVE) -> Iterator[Child]:
    """A started server on this database with the paper `mock-1` in it."""
    database = Database(settings)
    with database.writing() as db:
        make_paper(db, minutes=None)
    database.close()
    child = Child(settings, module)
    try:
        child.start()
        yield child
    finally:
        child.kill()


def in_a_loop(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run it to its end in a thread of its own: the browser tests leave a running loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
