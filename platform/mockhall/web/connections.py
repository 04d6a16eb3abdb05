"""Connections as uvicorn keeps them, with a limit to what one may send before anything begins."""

from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

MOST_BEFORE_A_BODY = 65_536
"""Bytes of an address and its headers: a browser sends two thousand; proxies stop at eight or sixteen."""

_TOO_LARGE = b"This request's address or headers are too large."
_REPLY = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: " + str(len(_TOO_LARGE)).encode() + b"\r\nconnection: close\r\n\r\n" + _TOO_LARGE
)


class Connection(HttpToolsProtocol):
    """HTTP by httptools, which itself has no limits: it joins what comes in pieces, so that one header without an end
    would hold up everybody.

    What follows a body in chunks, its trailer, counts as well, and is dropped: nothing here has a use for headers that
    the Guard has not seen."""

    _since = 0  # bytes since the parser last got somewhere

    def data_received(self, data: bytes) -> None:
        self._since += len(data)
        super().data_received(data)
        if self._since > MOST_BEFORE_A_BODY and not self.transport.is_closing():
            cycle = cast("RequestResponseCycle | None", self.cycle)  # there is none before the first request
            if cycle is None or cycle.response_complete:
                self.transport.write(_REPLY)
            self.transport.close()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._since = 0
        self.headers = []  # the request has its list; a trailer fills this one

    def on_body(self, body: bytes) -> None:
        self._since = 0
        super().on_body(body)
