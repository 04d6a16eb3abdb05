"""A whole app on one database, reached over HTTP with any cookie, that can be restarted under its candidates."""

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from mockhall.app import create_app
from mockhall.settings import Settings
from tests.make import Clock, Site
from tests.servers.once import share

JSON = {"Accept": "application/json"}
NEVER = 86_400  # seconds: the tests sweep when they say so
PLENTY = 1_000_000


class Reach:
    """The app with its lifespan run, as a server runs it."""

    def __init__(self, settings: Settings) -> None:
        changes = {"sweep_seconds": NEVER, "guest_starts_per_address": PLENTY}
        self.settings = settings.model_copy(update=changes)
        self.clock = Clock()
        self._open()

    def _open(self) -> None:
        self.site = Site(create_app(self.settings, self.clock), self.clock)
        share(self.site.app)
        self._client = TestClient(self.site.app, follow_redirects=False)
        self._client.__enter__()

    def restart(self) -> None:
        """A new app on the same database, as after an upgrade."""
        self.close()
        self._open()

    def close(self) -> None:
        self._client.__exit__(None, None, None)

    def browser(self, token: str = "") -> "Browser":
        """Whoever holds this token; without one, a stranger."""
        return Browser(self, token)

    def ask(self, method: str, path: str, token: str, accept: Mapping[str, str], data: Any = None) -> Response:
        """One request. The cookie is the caller's alone: nothing stays in the client."""
        headers = {**accept, **({"Cookie": f"mockhall={token}"} if token else {})}
        self._client.cookies.clear()
        reply: Response = self._client.request(method, path, headers=headers, data=data)
        return reply


class Browser:
    """A cookie and a way to send it."""

    def __init__(self, reach: Reach, token: str) -> None:
        self.reach, self.token = reach, token

    def get(self, path: str, accept: Mapping[str, str] = JSON) -> Response:
        return self.reach.ask("GET", path, self.token, accept)

    def post(self, path: str, data: Any = None, accept: Mapping[str, str] = JSON) -> Response:
        reply = self.reach.ask("POST", path, self.token, accept, data)
        self.token = reply.cookies.get("mockhall") or self.token
        return reply


class Html:
    """A browser that asks for pages."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def get(self, path: str) -> Any:
        return self.browser.get(path, {"Accept": "text/html"})

    def post(self, path: str, data: Any) -> Any:
        return self.browser.post(path, data, {"Accept": "text/html"})
