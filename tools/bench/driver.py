"""Sends requests to this machine at a given rate and times each from when it was due, not from when it could go out.

Raw sockets: a client library takes as long as the servers it is to measure."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

Made = tuple[bytes, Callable[[int, bytes], None] | None]
"""A request as it goes over the wire, and who wants to see its status and reply."""
MOST_CONNECTIONS, MOST_SECONDS = 1_200, 120.0


@dataclass
class Result:
    """What came back: how many of each status, seconds from due to done, and how long it all took."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    bytes_in: int = 0

    @property
    def done(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 400)

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the requests was done."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Plan:
    """Which request is due when: all at once without a rate, as many as there are until the time is over."""

    def __init__(self, requests: Iterator[Made], seconds: float, rate: float | None) -> None:
        self.requests, self.rate, self.seconds = requests, rate, min(seconds, MOST_SECONDS)
        self.started = self.ends = 0.0
        self.sent = 0

    def begin(self) -> None:
        """The clock runs from here: all are connected."""
        self.started = time.perf_counter()
        self.ends = self.started + self.seconds

    def next(self) -> tuple[float, Made] | None:
        """When the next request is due, and what it is; None when there is none, or the time is over."""
        due = self.started if self.rate is None else self.started + self.sent / self.rate
        now = time.perf_counter()
        if max(due, now) >= self.ends:
            return None
        made = next(self.requests, None)
        if made is None:
            return None
        self.sent += 1
        return (now if self.rate is None else due), made


class Connection(asyncio.Protocol):
    """One kept-alive connection with one request at a time on it."""

    def __init__(self, plan: Plan, result: Result, finished: Callable[[], None]) -> None:
        self.plan, self.result, self.finished = plan, result, finished
        self.held = b""
        self.due = 0.0
        self.wanted_by: Callable[[int, bytes], None] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def go_on(self) -> None:
        """Send the next request, now or when it is due."""
        planned = self.plan.next()
        if planned is None:
            self.finished()
            return
        self.due, made = planned
        wait = self.due - time.perf_counter()
        if wait > 0.0005:
            asyncio.get_running_loop().call_later(wait, self._send, made)
        else:
            self._send(made)

    def _send(self, made: Made) -> None:
        wire, self.wanted_by = made
        self.transport.write(wire)

    def data_received(self, data: bytes) -> None:
        self.held = self.held + data if self.held else data
        head = self.held.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _length(self.held[: head + 2])
        end = head + 4 + length
        if len(self.held) < end:
            return
        reply, self.held = self.held[:end], self.held[end:]
        self._note(int(reply[9:12]), reply)
        self.go_on()

    def _note(self, status: int, reply: bytes) -> None:
        self.result.latencies.append(time.perf_counter() - self.due)
        self.result.statuses[status] = self.result.statuses.get(status, 0) + 1
        self.result.bytes_in += len(reply)
        if self.wanted_by:
            self.wanted_by(status, reply)

    def connection_lost(self, error: Exception | None) -> None:
        self.result.statuses[0] = self.result.statuses.get(0, 0) + (error is not None)
        self.finished()


def _length(head: bytes) -> int:
    start = head.lower().find(b"\r\ncontent-length:")
    return int(head[start + 17 : head.index(b"\r\n", start + 2)]) if start >= 0 else 0


async def drive(
    port: int, requests: Iterator[Made], *, seconds: float, rate: float | None = None, connections: int = 64
) -> Result:
    """Send `requests` to 127.0.0.1 until they or the seconds are over. Without a rate: as fast as replies come."""
    loop, result = asyncio.get_running_loop(), Result()
    count = min(connections, MOST_CONNECTIONS)
    done = [loop.create_future() for _ in range(count)]
    plan = Plan(requests, seconds, rate)
    make = [partial(Connection, plan, result, _once(each)) for each in done]
    made = [await loop.create_connection(each, "127.0.0.1", port) for each in make]
    plan.begin()
    for _, connection in made:
        connection.go_on()
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*done), seconds + 30)
    result.seconds = time.perf_counter() - plan.started
    for transport, _ in made:
        transport.abort()
    return result


def _once(future: "asyncio.Future[None]") -> Callable[[], None]:
    return lambda: None if future.done() else future.set_result(None)


def request(method: str, path: str, cookie: str = "", form: str = "", *, headers: str = "") -> bytes:
    """A request as a browser sends it, small headers left out."""
    body = form.encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n" + headers + "\r\n").encode() + body
