"""Pure-ASGI middleware around every request: origin check, size limit, security headers."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from python_multipart.multipart import parse_options_header
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockhall.web.errors import Refused
from mockhall.web.pages import FIRST_OF_EACH

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer would turn Origin into "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# The style sheet's and scripts' own rules; an SVG opened by itself must not run anything either.
FILE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# A module obeys the rules of the page that runs it, and the room loads a dozen of them: 80 bytes less each.
SCRIPT_HEADERS = {name: value for name, value in FILE_HEADERS.items() if name != "Content-Security-Policy"}
NO_STORE = {"Cache-Control": "no-store"}


Header = tuple[bytes, bytes]


def _raw(headers: dict[str, str]) -> list[Header]:
    """As they go over the wire, and nothing of ours kept by any cache unless the reply says otherwise."""
    return [(name.lower().encode(), value.encode()) for name, value in (headers | NO_STORE).items()]


_FILE_HEADERS, _SCRIPT_HEADERS = _raw(FILE_HEADERS), _raw(SCRIPT_HEADERS)
# What a reply may say otherwise. Few say anything at all, so most are not gone through by name.
_GIVEN = {name for name, _ in _raw(SECURITY_HEADERS)} | {b"cache-control"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MAX_BODY = 1_000_000  # bytes; no other form needs more
# A picture comes with the whole form where there are no scripts, and one that is too large must not cost what was typed
# beside it: up to this it is read, on to the disk, and refused beside its field.
MAX_WITH_PICTURE = 33_000_000
WITH_PICTURE = re.compile(r"/desk/images|/desk/questions/(?:[a-z0-9]{1,20}/)?pictures")


class Guard:
    """Refuses cross-site changes and oversized bodies, and puts the security headers on every reply."""

    def __init__(self, app: ASGIApp, base_url: str, refuse: Callable[[Request, Refused], Response]) -> None:
        self.app, self.refuse = app, refuse
        self.base_origin = base_url.lower()
        hsts = {"Strict-Transport-Security": "max-age=31536000"} if base_url.startswith("https://") else {}
        self.headers = _raw(SECURITY_HEADERS | hsts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # A page's rules say nothing to a file that is no page, and would weigh more than many of them.
        wanted = self._headers_for(scope["path"])

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_ours(message["headers"], wanted)
            elif is_head:
                message["body"] = b""
            await send(message)

        # Who watches whether we are there, and who follows links before showing them, ask for the head of a page alone.
        is_head = scope["method"] == "HEAD"
        scope = {**scope, "method": "GET"} if is_head else scope
        headers = scope[FIRST_OF_EACH] = _first_of_each(scope)
        if scope["method"] not in SAFE_METHODS and not same_origin(headers, self.base_origin):
            await self.refuse(Request(scope), CROSS_SITE)(scope, receive, send_guarded)
        elif "\0" in scope["path"]:  # no address of ours has one, and PostgreSQL takes none
            await self.refuse(Request(scope), NO_ADDRESS)(scope, receive, send_guarded)
        elif not _is_utf8(headers.get(b"content-type", b"")):
            await self.refuse(Request(scope), CHARSET)(scope, receive, send_guarded)
        elif _declared_size(headers) > (most := _most(scope["path"])):
            await self.refuse(Request(scope), too_large(most))(scope, receive, send_guarded)
        else:
            await self.app(scope, receive if _says_its_size(headers) else _counted(receive, most), send_guarded)

    def _headers_for(self, path: str) -> list[Header]:
        if not path.startswith("/static/"):
            return self.headers
        return _SCRIPT_HEADERS if path.endswith(".js") else _FILE_HEADERS


CROSS_SITE = Refused(
    403, "origin", "This request came from another site, so nothing was changed. Open the page here and try again."
)
NO_ADDRESS = Refused(404, "not_found", "There is no page at this address. Check it, or start from the catalogue.")
CHARSET = Refused(422, "nonsense", "This form is not in UTF-8, so nothing was changed.", saved=False)


def too_large(most: int) -> Refused:
    """The refusal of a body of more than `most` bytes."""
    said = f"More than {most // 1_000_000} MB was sent, so nothing was kept. Send less at once."
    return Refused(413, "too_large", said)


def _most(path: str) -> int:
    return MAX_WITH_PICTURE if WITH_PICTURE.fullmatch(path) else MAX_BODY


def with_ours(given: Sequence[Header], ours: Sequence[Header]) -> list[Header]:
    """A reply's own headers, and those of ours that it doesn't name itself."""
    named = [name for name, _ in given if name in _GIVEN]
    return [*given, *[each for each in ours if each[0] not in named]] if named else [*given, *ours]


def _first_of_each(scope: Scope) -> dict[bytes, bytes]:
    """The headers by name, the first of those sent twice: looked up seven times a request, so gone through once."""
    return dict(reversed(scope["headers"]))


def same_origin(headers: Mapping[bytes, bytes], base_origin: str) -> bool:
    """Did a page of ours send this? A client with neither header is no browser and passes."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    if b"origin" not in headers:
        return True
    origin, host = (headers.get(name, b"").decode("latin-1").lower() for name in (b"origin", b"host"))
    scheme, _, named = origin.partition("://")  # by hand: urlsplit raises on what only looks like an address
    return origin == base_origin != "" or (scheme in {"http", "https"} and named == host != "")


@lru_cache(64)
def _is_utf8(content_type: bytes) -> bool:
    """Is a body in UTF-8, as pages of ours send it? Else forms are read by any codec of Python's that the sender names:
    some fail, and punycode takes the square of the length."""
    named = parse_options_header(content_type)[1].get(b"charset", b"utf-8")
    return named.lower() in {b"utf-8", b"utf8", b"us-ascii"}


def _declared_size(headers: Mapping[bytes, bytes]) -> int:
    text = headers.get(b"content-length", b"0")
    return int(text) if text.isdigit() and len(text) < 20 else MAX_WITH_PICTURE + 1


def _says_its_size(headers: Mapping[bytes, bytes]) -> bool:
    """Is the length declared, which the server holds the body to?"""
    return b"content-length" in headers and b"transfer-encoding" not in headers


def _counted(receive: Receive, most: int) -> Receive:
    """Stops reading a body that declared no length once it is too large."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise too_large(most)
        return message

    return receive_counted
