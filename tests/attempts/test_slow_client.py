"""A client that sends its form a byte at a time must not keep anybody else from saving."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
import uvicorn

from tests.attempts.room_of import JSON, a_paper, sit
from tests.make import Site


@contextmanager
def listening(site: Site) -> Iterator[int]:
    """The site behind a real server; gives its port."""
    server = uvicorn.Server(uvicorn.Config(site.app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("path", ["/attempts/{code}/responses/1", "/papers/mock-1/attempts"])
def test_half_a_form_holds_up_nobody(sqlite_site: Site, path: str) -> None:
    a_paper(sqlite_site)
    sitting = sit(sqlite_site)
    cookies = "; ".join(f"{name}={value}" for name, value in sitting.browser.cookies.items())
    head = (
        f"POST {path.format(code=sitting.code)} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\nContent-Length: 100\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nchoice="
    )
    with listening(sqlite_site) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(head.encode())
        slow.settimeout(0.3)
        with pytest.raises(TimeoutError):  # it is being waited for
            slow.recv(1)
        url = f"http://127.0.0.1:{port}/attempts/{sitting.code}/responses/2"
        reply = httpx2.post(url, data={"choice": "o1"}, headers=JSON | {"Cookie": cookies}, timeout=10)
        assert reply.status_code == 200
