"""The control of test_kill: a Mockhall broken on purpose, which says "saved" before it has saved."""

import asyncio
import re
from typing import Any

import uvicorn

from mockhall.app import create_app
from mockhall.settings import read_settings

SAVED = b'{"saved": true, "seq": 1}'
A_SAVE = re.compile(r"/attempts/\w+/responses/\d+")


class Early:
    """Answers each save at once and hands it to the app afterwards."""

    def __init__(self, app: Any) -> None:
        self.app, self.running = app, set[asyncio.Task[None]]()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not A_SAVE.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        message = await receive()
        assert not message.get("more_body")
        headers = [(b"content-length", str(len(SAVED)).encode()), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": SAVED})
        self._later(scope, message)

    def _later(self, scope: Any, message: Any) -> None:
        async def receive() -> Any:
            return message

        async def nowhere(_message: Any) -> None:
            return None

        task = asyncio.create_task(self.app(scope, receive, nowhere))
        self.running.add(task)
        task.add_done_callback(self.running.discard)


if __name__ == "__main__":
    settings = read_settings()
    uvicorn.run(Early(create_app(settings)), host=settings.host, port=settings.port, log_level="error")
