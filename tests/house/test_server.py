"""A real server: many requests at once on a small pool, and bytes on the wire that are no request."""

import asyncio
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx2

from mockhall.settings import Settings
from tests.make import PASSWORD, Site, make_paper, make_person
from tests.servers.serving import free_port, serving

JSON = {"Accept": "application/json"}
NONSENSE = [
    b"Content-Length: many", b"Content-Length: -1", b"Content-Length: 5\r\nContent-Length: 6", b"X" * 100_000,
    b"Content-Length: " + b"9" * 400, b"Transfer-Encoding: chunked\r\nContent-Length: 5", b"Transfer-Encoding: odd",
    b"Content-Length: 900000", b"Expect: 100-continue\r\nContent-Length: 9", b"Upgrade: websocket",
]  # fmt: skip
FIRST_LINES = [
    b"GET /\xff\x00 HTTP/1.1", b"\x16\x03\x01\x00", b"GET", b"GET / HTTP/9.9", b"GET /" + b"a" * 70_000 + b" HTTP/1.1",
    b"GET //account HTTP/1.1", b"GET http://[/ HTTP/1.1", b"OPTIONS * HTTP/1.1", b"GET /desk?%%%& HTTP/1.1",
]  # fmt: skip


@contextmanager
def served(settings: Settings, **changes: object) -> Iterator[str]:
    """The address of a server in a process of its own, which can be ended whatever it hangs on."""
    given = {"DATABASE_URL": settings.url, "DATA_DIR": settings.data_dir, "AUTOLOAD": 0} | changes
    words = [f"MOCKHALL_{name}={value}" for name, value in given.items()]
    with serving(["env", *words, sys.executable, "-m", "mockhall", "serve"], settings.data_dir, free_port()) as address:
        yield address


# ---------------------------------------------------------------- many at once


async def sits(browser: httpx2.AsyncClient, place: int) -> list[int]:
    """One candidate: looks round, starts, answers, hands in, reads the result. Ten requests."""
    replies = [await browser.get("/"), await browser.get("/papers/mock-1")]
    start = await browser.post("/papers/mock-1/attempts", headers=JSON)
    room = f"/attempts/{start.json()['code']}"
    replies += [start, await browser.get(room)]
    saves = [browser.post(f"{room}/responses/{n}", data={"seq": "1", "marked": "1"}, headers=JSON) for n in (1, 2, 3)]
    replies += await asyncio.gather(*saves)
    replies += [await browser.post(f"{room}/submission", headers=JSON), await browser.get(f"{room}/result")]
    credentials = {"email": f"ravi{place % 4}@example.edu", "password": PASSWORD}
    return [each.status_code for each in [*replies, await browser.post("/sign-in", data=credentials)]]


async def all_at_once(address: str, candidates: int) -> list[int]:
    """The statuses of all replies; TimeoutError when they take longer than a minute."""
    browsers = [httpx2.AsyncClient(base_url=address, timeout=60) for _ in range(candidates)]
    try:
        async with asyncio.timeout(60):
            found = await asyncio.gather(*(sits(each, place) for place, each in enumerate(browsers)))
    finally:
        await asyncio.gather(*(each.aclose() for each in browsers))
    return [status for statuses in found for status in statuses]


def test_two_hundred_mixed_requests_at_a_pool_of_five_all_succeed(
    settings: Settings, make_site: Callable[[Settings], Site]
) -> None:
    with make_site(settings).writing() as db:
        make_paper(db, now=datetime.now(UTC))
        for place in range(4):
            make_person(db, f"Ravi{place}")
    # In a thread of its own: where browser tests ran before in this process, its main thread has a loop already.
    with served(settings, POOL_SIZE=5) as address, ThreadPoolExecutor(1) as pool:
        statuses = pool.submit(lambda: asyncio.run(all_at_once(address, 20))).result()
    assert len(statuses) == 200
    assert {status for status in statuses if status not in {200, 201, 303}} == set()


# ---------------------------------------------------------------- on the wire


def said(address: str, request: bytes) -> bytes:
    """What the server answers to these bytes, to the end of the connection."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_nonsense_on_the_wire_is_refused_and_the_server_lives_on(sqlite_settings: Settings) -> None:
    end = b"\r\nConnection: close\r\n\r\n"
    requests = [b"POST /sign-in HTTP/1.1\r\nHost: here\r\n" + line + end for line in NONSENSE]
    requests += [line + b"\r\nHost: here" + end for line in FIRST_LINES]
    requests += [
        b"GET /account HTTP/1.1\r\nHost: " + host + end for host in (b"[", b"", b"a b", b"\xff", b"h:99999999")
    ]
    with served(sqlite_settings) as address:
        for request in requests:
            answer = said(address, request)
            assert not answer.startswith(b"HTTP/1.1 5"), (request[:60], answer[:40])
            assert not answer.startswith(b"HTTP/1.1 2"), request[:60]
        assert httpx2.get(f"{address}/healthz").status_code == 200
