"""Two hundred candidates at once who write down each "saved" they are told, over plain sockets."""

import asyncio
import json
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

HEADERS = "Host: localhost\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@dataclass
class Saver:
    """One candidate in one attempt. `acknowledged` holds the highest seq a question was called saved with."""

    port: int
    token: str = ""
    code: str = ""
    acknowledged: dict[int, int] = field(default_factory=dict)
    sent: dict[int, int] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    told: asyncio.Semaphore | None = None  # released at each "saved"

    async def start(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        status, head, body = await self._post(reader, writer, "/papers/mock-1/attempts", {})
        await _close(writer)
        assert status == 201, (status, body)
        self.token = head.partition("mockhall=")[2].partition(";")[0]
        self.code = body["code"]

    async def work(self, until: asyncio.Event) -> None:
        """Save after save, till told to stop or till the server is gone."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            while not until.is_set():
                await self.save(reader, writer, random.choice((1, 5)))
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            await _close(writer)

    async def save(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> int:
        """One save. The choice follows from its seq, so that a stored row tells which save it is of."""
        seq = self.sent.get(number, 0) + 1
        self.sent[number] = seq
        form = {"choice": choice_of(seq), "seq": seq, "tab": "t"}
        status, _, _ = await self._post(reader, writer, f"/attempts/{self.code}/responses/{number}", form)
        if status == 200:
            self.acknowledged[number] = max(seq, self.acknowledged.get(number, 0))
            if self.told is not None:
                self.told.release()
        else:
            self.refused.append(status)
        return status

    async def _post(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, form: dict[str, Any]
    ) -> tuple[int, str, Any]:
        body = urlencode(form).encode()
        cookie = f"Cookie: mockhall={self.token}\r\n" if self.token else ""
        writer.write(f"POST {path} HTTP/1.1\r\n{HEADERS}{cookie}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length:")[2].split("\r\n")[0])
        told = await reader.readexactly(length)
        return int(head.split(" ")[1]), head, json.loads(told)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def choice_of(seq: int) -> str:
    return f"o{seq % 4 + 1}"


async def start_all(port: int, many: int) -> list[Saver]:
    """So many candidates, each in an attempt of their own; twenty start at a time."""
    savers = [Saver(port) for _ in range(many)]
    for first in range(0, many, 20):
        await asyncio.gather(*(each.start() for each in savers[first : first + 20]))
    return savers


async def work_all(savers: Sequence[Saver], until: asyncio.Event, told: asyncio.Semaphore) -> None:
    """All save at once, until told to stop or until the server is gone; `told` is released at each "saved"."""
    for each in savers:
        each.told = told
    await asyncio.gather(*(each.work(until) for each in savers))


def acknowledged(savers: Sequence[Saver]) -> int:
    """How many saves have been called saved."""
    return sum(sum(each.acknowledged.values()) for each in savers)
