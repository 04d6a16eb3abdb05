"""A PostgreSQL server of its own that a test can stop, start again and set read-only, with its data kept."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.postgres import SETTINGS, CannotStart, launch, lay_out, ready
from tests.servers.serving import free_port

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "50"}


class Cluster:
    """Data in a folder, on a fixed port. Commits are on disk before they are told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.programs, password = lay_out(folder)
        self.url = f"postgresql://mockhall:{password}@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Start it; `settings` in place of the durable ones."""
        self.process = launch(self.programs, self.folder, self.port, SETTINGS | DURABLE | settings)
        if not ready(self.url, self.process):
            raise CannotStart((self.folder / "log").read_text(errors="replace")[-300:])

    def stop(self) -> None:
        """At once, as after a power cut: SIGQUIT, no checkpoint, and it recovers at its next start."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)

    def read_only(self, database: str, is_so: bool) -> None:
        """Refuse every change to this database, for new connections; those that are open are ended."""
        # This connection may change things itself, whatever the database's default.
        options = "-c default_transaction_read_only=off"
        with psycopg.connect(self.url, autocommit=True, options=options) as connection:
            word = "on" if is_so else "off"
            connection.execute(f'ALTER DATABASE "{database}" SET default_transaction_read_only = {word}'.encode())
            others = "datname = %s AND pid <> pg_backend_pid()"
            connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}", (database,))


@contextmanager
def cluster() -> Iterator[Cluster | str]:
    """A started cluster, or why there is none. One named by TEST_DATABASE_URL is never stopped."""
    with tempfile.TemporaryDirectory(prefix="mockhall-pg-", ignore_cleanup_errors=True) as folder:
        try:
            mine = Cluster(Path(folder))
            mine.start()
        except CannotStart as reason:
            yield str(reason)
            return
        try:
            yield mine
        finally:
            mine.stop()
