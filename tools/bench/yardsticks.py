"""The yardsticks, each as plain as it can be: `bare` answers 500 bytes, `upsert` keeps a form before it does.

Run by uvicorn as Mockhall is: one process, uvloop, httptools."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ANSWER = b"a" * 500
HEAD = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"500")],
}


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """A: what uvicorn itself costs."""
    if scope["type"] != "http":
        return
    await send(HEAD)
    await send({"type": "http.response.body", "body": ANSWER})


class Keeper:
    """R: one guarded upsert a request, many in one transaction, on disk before the reply."""

    def __init__(self) -> None:
        self.database = sqlite3.connect(os.environ["BENCH_FILE"], isolation_level=None, check_same_thread=False)
        for line in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE):
            self.database.execute(line)
        self.waiting: list[tuple[tuple[Any, ...], asyncio.Future[None]]] = []
        self.is_writing = False

    async def keep(self, row: tuple[Any, ...]) -> None:
        """Back when the row is on disk."""
        future = asyncio.get_running_loop().create_future()
        self.waiting.append((row, future))
        if not self.is_writing:
            self.is_writing = True
            threading.Thread(target=self._write, args=(asyncio.get_running_loop(),), daemon=True).start()
        await future

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            batch, self.waiting = self.waiting, []
            if not batch:
                self.is_writing = False
                if not self.waiting:  # one may have come between the two lines
                    return
                self.is_writing = True
                continue
            self.database.execute("BEGIN IMMEDIATE")
            self.database.executemany(_UPSERT, [row for row, _ in batch])
            self.database.execute("COMMIT")
            loop.call_soon_threadsafe(_answer, [future for _, future in batch])


_TABLE = """CREATE TABLE IF NOT EXISTS kept (attempt INTEGER, number INTEGER, choice TEXT, seq INTEGER,
PRIMARY KEY (attempt, number)) WITHOUT ROWID"""
_UPSERT = """INSERT INTO kept VALUES (?, ?, ?, ?)
ON CONFLICT (attempt, number) DO UPDATE SET choice = excluded.choice, seq = excluded.seq
WHERE excluded.seq > kept.seq"""


def _answer(futures: Sequence["asyncio.Future[None]"]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


def upsert() -> Starlette:
    """R as an application."""
    keeper = Keeper()

    async def save(request: Request) -> Response:
        form = await request.form()
        row = (request.path_params["attempt"], request.path_params["number"], str(form["choice"]), str(form["seq"]))
        await keeper.keep((int(row[0]), int(row[1]), row[2], int(row[3])))
        return Response(ANSWER, media_type="text/plain")

    return Starlette(routes=[Route("/attempts/{attempt}/responses/{number}", save, methods=["POST"])])
