"""Replies that take long to make: made once the route is over, so whoever waits holds neither session nor thread."""

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

AT_A_TIME = 2
"""How many are made at once: each takes a whole core for as long as it takes."""
_SLOTS: RunVar[CapacityLimiter] = RunVar("made_slots")


class MadeReply(Response):
    """A file that is yet to be made. `made` gives its bytes, in a thread; `disposition` is the header that names it."""

    def __init__(self, made: Callable[[], bytes], disposition: str, media_type: str) -> None:
        super().__init__(headers={"Content-Disposition": disposition}, media_type=media_type)
        self._made = made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make it, then send it: what goes wrong in the making is still answered with a page."""
        self.body = await to_thread.run_sync(self._made, limiter=_slots())
        self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def _slots() -> CapacityLimiter:
    try:
        return _SLOTS.get()
    except LookupError:
        _SLOTS.set(CapacityLimiter(AT_A_TIME))
        return _SLOTS.get()
