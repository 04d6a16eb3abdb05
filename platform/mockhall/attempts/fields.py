"""A form as its fields, read at once: Starlette's own reader costs a save more than all its rules."""

from functools import lru_cache
from urllib.parse import unquote_plus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from mockhall.web.errors import Refused
from mockhall.web.pages import header

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
NO_FORM = "Only a form is read here, urlencoded or multipart, so nothing was changed."
Fields = dict[str, list[str]]
"""What was sent under each name, in order."""


async def read_fields(request: Request, most: int) -> Fields:
    """The fields of a form, at most so many; a body that is no form has none."""
    return await _read(request, _kind(request), most)


async def read_whole(request: Request, most: int) -> Fields:
    """The same of a form that replaces what is stored: what is no form is refused, for it would read as all empty."""
    kind = _kind(request)
    if kind not in {URLENCODED, MULTIPART}:
        raise Refused(415, "no_form", NO_FORM, saved=False)
    return await _read(request, kind, most)


async def _read(request: Request, kind: str, most: int) -> Fields:
    if kind == URLENCODED:
        return _parsed(_decoded(await _body(request)), most)
    return await _parts(request, most) if kind == MULTIPART else {}


async def _body(request: Request) -> bytes:
    """The body, which is read once; `Request.body` keeps it for others, at the price of a twentieth of a save."""
    pieces: list[bytes] = []
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(pieces)


def _kind(request: Request) -> str:
    return _kind_of(header(request, b"content-type"))


@lru_cache(64)
def _kind_of(content_type: bytes) -> str:
    """What a body is, as its sender says; pages of ours say the same few things again and again."""
    return content_type.decode("latin-1").partition(";")[0].strip().lower()


async def _parts(request: Request, most: int) -> Fields:
    """The fields of a multipart form, which must be whole: one cut off would read as one with less in it."""
    body = await request.body()
    _decoded(body)
    if not body.rstrip().endswith(body.partition(b"\r\n")[0] + b"--"):
        raise nonsense("form")
    try:
        form = await request.form(max_fields=most, max_files=0)
    except HTTPException as error:
        raise nonsense("form") from error
    found: Fields = {}
    for name, value in form.multi_items():
        if not isinstance(value, str):
            raise nonsense(name[:40])
        found.setdefault(name, []).append(value)
    return found


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise nonsense("form") from error


def _parsed(body: str, most: int) -> Fields:
    if body.count("&") >= most:
        raise nonsense("form")
    plain = _plain if "%" in body or "+" in body else str  # most forms hold nothing that needs an escape
    found: Fields = {}
    try:
        for pair in body.split("&"):
            name, _, value = pair.partition("=")
            if name:
                found.setdefault(plain(name), []).append(plain(value))
    except UnicodeDecodeError as error:
        raise nonsense("form") from error
    return found


def _plain(written: str) -> str:
    return unquote_plus(written, errors="strict")


def nonsense(name: str) -> Refused:
    """422: a field that no page of ours sends so."""
    return Refused(422, "nonsense", f"The field {name} can't be read, so nothing was changed.", saved=False, field=name)
