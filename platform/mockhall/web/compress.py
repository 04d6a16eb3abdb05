"""Compression of what is looked at, for who takes it; the few words that answer a form are not worth it."""

from functools import lru_cache

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

HEADER = b"accept-encoding"


class Compress(GZipMiddleware):
    """Starlette's, left out where a form is answered: it took an eighth of the time of a save."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            await self.app(scope, receive, send)
        else:
            await super().__call__(_told(scope), receive, send)


def _told(scope: Scope) -> Scope:
    """The request as Starlette is to see it, which zips wherever the word stands: who refuses gzip names none."""
    if scope["type"] != "http" or all(name != HEADER or takes_gzip(value) for name, value in scope["headers"]):
        return scope
    return {**scope, "headers": [each for each in scope["headers"] if each[0] != HEADER]}


@lru_cache(256)
def takes_gzip(header: bytes) -> bool:
    """Does who sent this Accept-Encoding take gzip? `gzip;q=0` says no (RFC 9110, 12.5.3)."""
    for each in header.lower().split(b","):
        coding, *parameters = (part.strip() for part in each.split(b";"))
        if coding in (b"gzip", b"x-gzip"):
            return not any(_is_none(part) for part in parameters)
    return False


def _is_none(parameter: bytes) -> bool:
    """Is it `q=0`, or with zeros behind the point?"""
    name, _, value = parameter.partition(b"=")
    return name.strip() == b"q" and value.strip().strip(b"0.") == b"" and value.strip() != b""
