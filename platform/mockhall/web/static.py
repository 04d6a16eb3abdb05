"""Static files from memory: hashed addresses kept for ever, style bundles, scripts joined, gzip made once."""

import gzip
import hashlib
import mimetypes
import tomllib
from functools import lru_cache
from pathlib import Path

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from mockhall.web import scripts
from mockhall.web.compress import HEADER, takes_gzip

FOREVER = "public, max-age=31536000, immutable"
ROOM = "js/room/room.js"  # the one page that many open at the same moment
_ZIPPED = {".css", ".js", ".svg", ".txt", ".json"}
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


class StaticFiles:
    """The files under one folder, served at `/static/<stamp>/<path>`.

    The stamp is in the path's front, so relative imports and urls inside the files carry it along."""

    def __init__(self, folder: Path) -> None:
        self._files, self._gzip, self.stamp = _packed(folder, _state(folder))

    def url(self, path: str) -> str:
        """The address of a file; a name that doesn't exist is a mistake in a template."""
        if path not in self._files:
            raise LookupError(f"static/{path} does not exist")
        return f"/static/{self.stamp}/{path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._reply(scope)(scope, receive, send)

    def _reply(self, scope: Scope) -> Response:
        stamp, _, name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/").partition("/")
        body = self._files.get(name)
        if body is None or scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("Not found", 404)
        # An old page may ask with an old stamp: it gets today's file, but must not keep it.
        headers = {"Cache-Control": FOREVER if stamp == self.stamp else "no-cache"}
        if name in self._gzip:
            headers["Vary"] = "Accept-Encoding"
            if takes_gzip(dict(scope["headers"]).get(HEADER, b"")):
                body, headers["Content-Encoding"] = self._gzip[name], "gzip"
        return Response(body, headers=headers, media_type=mimetypes.guess_type(name)[0])


def _state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What tells whether a file has changed."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return frozenset((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)


@lru_cache(2)
def _packed(folder: Path, _state: frozenset[tuple[str, int, int]]) -> tuple[dict[str, bytes], dict[str, bytes], str]:
    """The files, those that are zipped, and the stamp of all; once for each state of the folder."""
    files = _read(folder)
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    zipped = {name: gzip.compress(body, 9, mtime=0) for name, body in files.items() if _zips(name)}
    return files, zipped, digest.hexdigest()[:10]


def _zips(name: str) -> bool:
    return Path(name).suffix in _ZIPPED


def _read(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files |= scripts.without_comments(files)
    if ROOM in files:
        files |= scripts.joined(files, ROOM)
    return files | _bundles(files)


def _bundles(files: dict[str, bytes]) -> dict[str, bytes]:
    """The style bundles: `css/<name>.css` is the files listed under that name in css/bundles.toml, in order."""
    listed = tomllib.loads(files.get("css/bundles.toml", b"").decode())
    return {
        f"css/{name}.css": b"\n".join(files[f"css/{part}"] for part in parts)
        for name, parts in listed.items()
        if isinstance(parts, list)
    }
