"""Pages of the room as they were last seen, kept while nothing of their attempt changes."""

import threading
import zlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from starlette.responses import Response

from mockhall.attempts.marks import cut
from mockhall.web.pages import VARY

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip, deflated, no name, no time (RFC 1952)
_LAST = b"\x03\x00"  # an empty block that says it is the last (RFC 1951)
_LEVEL = 4  # a tenth larger than 6, in six tenths of the time


class Page:
    """A page cut where the time stands in it. What lies between is compressed once, whatever the time is then."""

    def __init__(self, html: str) -> None:
        pieces = cut(html)
        self.texts = [each.encode() for each in pieces[::2]]
        self.names = pieces[1::2]
        self.weight = 2 * len(html)  # roughly, with what is compressed

    @cached_property
    def zipped(self) -> Sequence[bytes]:
        """The texts as blocks of deflate, none of which looks back before its beginning: anything may go between."""
        squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return [squeeze.compress(each) + squeeze.flush(zlib.Z_FULL_FLUSH) for each in self.texts]

    def reply(self, moving: Mapping[str, str], *, zips: bool) -> Response:
        """The page with these values where its marks were."""
        values = [moving[name].encode() for name in self.names]
        texts: list[bytes] = [b""] * (2 * len(values) + 1)
        texts[::2], texts[1::2] = self.texts, values
        body = b"".join(texts)
        return _Html(_gzip(body, self.zipped, values), zips=True) if zips else _Html(body, zips=False)


def _gzip(body: bytes, zipped: Sequence[bytes], values: Sequence[bytes]) -> bytes:
    pieces: list[bytes] = [b""] * (2 * len(values) + 1)
    pieces[::2], pieces[1::2] = zipped, [_stored(each) for each in values]
    end = zlib.crc32(body).to_bytes(4, "little") + len(body).to_bytes(4, "little")
    return b"".join([_HEAD, *pieces, _LAST, end])


def _stored(text: bytes) -> bytes:
    """A block of deflate that holds these bytes as they are, fewer than 65,536."""
    return b"\x00" + len(text).to_bytes(2, "little") + (0xFFFF ^ len(text)).to_bytes(2, "little") + text


class _Html(Response):
    """HTML that may be compressed already, without Starlette's round through its headers."""

    def __init__(self, body: bytes, *, zips: bool) -> None:
        self.body, self.status_code, self.background = body, 200, None
        self.raw_headers = [*_ZIPPED_HEADERS] if zips else [*_HEADERS]
        self.raw_headers.append((b"content-length", str(len(body)).encode()))


_HEADERS = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"vary", f"{VARY}, Accept-Encoding".encode()),
)
_ZIPPED_HEADERS = (*_HEADERS, (b"content-encoding", b"gzip"))


@dataclass(frozen=True, slots=True)
class _Kept:
    seen: Hashable
    page: Page


class KeptPages:
    """The pages asked for last, by what was asked, up to so many bytes; each is of an attempt as it was `seen`."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._most, self.weight, self._lock = most, 0, threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}

    def get(self, key: Hashable, seen: Hashable) -> Page | None:
        """The page, unless its attempt has changed since."""
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                return None
            self._kept[key] = found  # now the last
            return found.page if found.seen == seen else None

    def put(self, key: Hashable, seen: Hashable, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = _Kept(seen, page)
            self.weight += page.weight
            while self.weight > self._most:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.weight -= found.page.weight
