"""The lane's addresses, answered before the rest of the app is asked: a third of a save's time was the way there."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

Answer = Callable[[Request], Awaitable[Response | None]]


class Front:
    """Requests to these routes go straight to their functions; all else, and what they leave, goes on into the app.

    It stands behind the Guard, whose checks and headers are for these too. Errors get the app's own pages."""

    def __init__(self, app: ASGIApp, routes: Mapping[str, Sequence[Route]], handlers: Mapping[Any, Any]) -> None:
        self.app, self.handlers = app, handlers
        self.answers: dict[str, list[tuple[re.Pattern[str], Answer]]] = {
            method: [(each.path_regex, each.endpoint) for each in those] for method, those in routes.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope.get("root_path"):
            for pattern, answer in self.answers.get(scope["method"], ()):
                if found := pattern.match(scope["path"]):
                    scope["path_params"] = found.groupdict()
                    request = Request(scope, receive, send)
                    try:
                        response = await answer(request)
                    except Exception as error:  # noqa: BLE001  # what has no handler is raised again by `_refuse`
                        await self._refuse(request, error)
                        return
                    if response is not None:
                        await response(scope, receive, send)
                        return
                    del scope["path_params"]
        await self.app(scope, receive, send)

    async def _refuse(self, request: Request, error: Exception) -> None:
        """The app's own page for an error; one that nobody expected goes on to the server, which logs it."""
        kind = next(each for each in type(error).__mro__ if each in self.handlers)
        response: Response = await run_in_threadpool(self.handlers[kind], request, error)
        await response(request.scope, request.receive, request._send)  # noqa: SLF001
        if kind is Exception:
            raise error
