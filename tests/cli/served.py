"""`mockhall serve` in a process of its own."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.servers.serving import clean_environment, free_port


class Served:
    """A server, its port and its log."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.port = free_port()
        extra = {f"MOCKHALL_{name}": str(value) for name, value in settings.items()}
        self.log = folder / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mockhall", "serve"], stdout=log, stderr=subprocess.STDOUT, cwd=folder,
                env=clean_environment(MOCKHALL_PORT=str(self.port), PYTHONUNBUFFERED="1", **extra),
            )  # fmt: skip

    def wait(self) -> str:
        """Until it answers; its headers."""
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                return self.ask("/healthz")
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def ask(self, path: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        return answer.partition(b"\r\n\r\n")[0].decode().lower()

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """How it ended and all it said."""
        self.process.send_signal(number)
        status = self.process.wait(20)
        return status, self.log.read_text()
