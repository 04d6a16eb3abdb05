"""Starts a server as a user does, waits till it answers, stops it, and asks it for pages."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class NeverReadyError(Exception):
    """The server ended or did not answer in time; holds what it printed last."""


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment of the tests without what would steer Python or Mockhall, and with `extra`."""
    steering = ("MOCKHALL_", "PYTHON", "VIRTUAL_ENV", "MAKE", "MFLAGS", "COVERAGE_", "PORT", "HOST")
    return {name: value for name, value in os.environ.items() if not name.startswith(steering)} | extra


def get(url: str) -> tuple[int, str, str]:
    """Status, content type and text of an address."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers.get("content-type", ""), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("content-type", ""), error.read().decode()


@contextmanager
def serving(
    command: Sequence[object], folder: Path, port: int, limit: float = 40, more: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The base address of a server started in `folder` with its data there; ends with the block, politely.

    `more` goes into its environment."""
    environment = clean_environment(MOCKHALL_DATA_DIR=str(folder / "data"), MOCKHALL_PORT=str(port), **(more or {}))
    with tempfile.TemporaryFile("w+") as log:
        # A group of its own: make and its server are both told to stop.
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            if not _answers(f"http://127.0.0.1:{port}/healthz", process, limit):
                log.seek(0)
                raise NeverReadyError(log.read()[-2000:])
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def _answers(url: str, process: "subprocess.Popen[bytes]", limit: float) -> bool:
    end = time.monotonic() + limit
    while time.monotonic() < end and process.poll() is None:
        try:
            if get(url)[0] == 200:
                return True
        except OSError:
            time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
