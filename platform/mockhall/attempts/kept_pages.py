"""Pages of the room as they were last seen, kept while nothing of their attempt changes."""

import threading
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from isal import isal_zlib
from starlette.responses import Response

from mockhall.attempts.marks import cut
from mockhall.web.pages import VARY

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip, deflated, no name, no time (RFC 1952)
_LAST = b"\x03\x00"  # an empty block that says it is the last (RFC 1951)
_LEVEL = 1  # of 0 to 3: as small as zlib's 4


@dataclass(frozen=True, slots=True)
class _Zipped:
    """A text as blocks of deflate that look back no further than its beginning: anything may go before it."""

    blocks: bytes
    checksum: int
    length: int

    @classmethod
    def of(cls, text: bytes) -> Self:
        squeeze = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
        blocks = squeeze.compress(text) + squeeze.flush(isal_zlib.Z_FULL_FLUSH)
        return cls(blocks, isal_zlib.crc32(text), len(text))


class Page:
    """A page cut where the time stands in it. What lies between is compressed once, whatever the time is then."""

    def __init__(self, html: str) -> None:
        pieces = cut(html)
        self.texts = [each.encode() for each in pieces[::2]]
        self.names = pieces[1::2]
        self.weight = 2 * len(html)  # roughly, with what is compressed

    @cached_property
    def zipped(self) -> Sequence[_Zipped]:
        return [_Zipped.of(each) for each in self.texts]

    def reply(self, moving: Mapping[str, str], *, zips: bool) -> Response:
        """The page with these values where its marks were."""
        values = [moving[name].encode() for name in self.names]
        if zips:
            return _Html(_gzip(self.zipped, values), zips=True)
        pieces: list[bytes] = [b""] * (2 * len(values) + 1)
        pieces[::2], pieces[1::2] = self.texts, values
        return _Html(b"".join(pieces), zips=False)


def _gzip(texts: Sequence[_Zipped], values: Sequence[bytes]) -> bytes:
    """The texts with the values between them. Their checksum is worked out from those of the pieces (RFC 1952)."""
    first = texts[0]
    pieces, checksum, length = [_HEAD, first.blocks], first.checksum, first.length
    for value, text in zip(values, texts[1:], strict=True):
        checksum = isal_zlib.crc32_combine(isal_zlib.crc32(value, checksum), text.checksum, text.length)
        length += len(value) + text.length
        pieces += (_stored(value), text.blocks)
    return b"".join([*pieces, _LAST, checksum.to_bytes(4, "little"), length.to_bytes(4, "little")])


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
