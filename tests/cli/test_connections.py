"""What one connection may send before anything begins, asked of a server over its socket."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.served import Served

ENDLESS = b"a" * 1_000_000
CHUNKED = (
    b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    server = Served(folder, DATA_DIR=folder / "data", AUTOLOAD="false")
    server.wait()
    yield server
    server.stop()


def told(served: Served, *sent: bytes) -> bytes:
    """All that a connection is answered before it is closed."""
    found = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        try:
            for each in sent:
                line.sendall(each)
            while more := line.recv(65536):
                found += more
        except ConnectionError:
            pass  # closed while we still sent
    return found


@pytest.mark.parametrize(
    "start",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
        b"GET / HTTP/1.1\r\nHost: x\r\nX",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX: ",
    ],
)
def test_an_address_or_header_without_an_end_is_refused(served: Served, start: bytes) -> None:
    answer = told(served, start, ENDLESS)  # a reply may be lost where the line is cut while we still send
    assert answer.partition(b"\r\n")[0].split(b" ")[1:2] in ([], [b"431"], [b"200"])
    assert served.ask("/healthz").startswith("http/1.1 200")


def test_the_refusal_says_why(served: Served) -> None:
    assert b"too large" in told(served, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 66_000)


def test_headers_without_number_are_refused(served: Served) -> None:
    assert b"too large" in told(served, b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: y\r\n" * 20_000)


@pytest.mark.parametrize("end", [b"0\r\nX: ", b"1;x=", b"4\r\na=b&\r\n0\r\nX: "])
def test_a_body_in_chunks_whose_end_has_none_is_cut_off(served: Served, end: bytes) -> None:
    assert b"HTTP/1.1 200" not in told(served, CHUNKED, end, ENDLESS)


def test_large_bodies_and_cookies_come_through(served: Served) -> None:
    close = b"Connection: close\r\n"
    body = b"5\r\nemail\r\n" + b"ea60\r\n=" + b"a" * 59_999 + b"\r\n" + b"7530\r\n" + b"b" * 30_000 + b"\r\n0\r\n\r\n"
    sent = CHUNKED.replace(b"Host: x\r\n", b"Host: x\r\n" + close) + body
    assert told(served, sent).startswith(b"HTTP/1.1 4")  # a wrong sign-in, or a field too long: not the connection's
    assert b"too large" not in told(served, sent)
    cookie = b"Cookie: x=" + b"c" * 30_000 + b"\r\n"
    assert told(served, b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + cookie + close + b"\r\n").startswith(b"HTTP/1.1 200")


def test_a_trailer_is_no_header(served: Served) -> None:
    start = b"POST /sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    plain = told(served, start + b"0\r\n\r\n").partition(b"\r\n")[0]
    assert told(served, start + b"0\r\nOrigin: https://elsewhere.example\r\n\r\n").partition(b"\r\n")[0] == plain


@pytest.mark.parametrize("path", ["/attempts/abcdefgh/responses/1", "/sign-in"])
def test_a_body_that_breaks_off_is_no_fault_in_the_log(served: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: mockhall=a\r\nContent-Length: 100\r\n"
        line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\na".encode())
    for _ in range(20):
        served.ask("/healthz")
        time.sleep(0.02)
    assert "Traceback" not in served.log.read_text()
