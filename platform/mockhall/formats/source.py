"""A file's bytes as text with plain line feeds, or the reason why it can't be read."""

from __future__ import annotations

import re
from pathlib import Path

from mockhall.formats.problems import Report

MAX_BYTES = 256 * 1024

# What no question needs and PostgreSQL, XML exports or terminals choke on. Tab, line feed and return stay.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_source(path: Path, home: Path, report: Report) -> str | None:
    """The file's text. None, with an error in the report, when it isn't a clean text file inside `home`."""
    try:
        if not path.resolve().is_relative_to(home.resolve()):
            report.error(0, "This is a link that leads out of the folder. Put the file itself here.")
            return None
        if not path.is_file():
            report.error(0, "This isn't a file that can be read. Put a plain text file here.")
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links before Python 3.13
        report.error(0, f"The file can't be read: {getattr(error, 'strerror', None) or error}.")
        return None
    return decode(data, report)


def decode(data: bytes, report: Report) -> str | None:
    """UTF-8 with or without a byte order mark, any line ends, no control characters; else None and an error."""
    if len(data) > MAX_BYTES:
        report.error(0, f"The file is over {MAX_BYTES // 1024} kB. Split it or shorten it.")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        report.error(line, f"Byte {error.start + 1} isn't UTF-8. Save the file as UTF-8.")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        report.error(line, f"Control character U+{ord(found[0]):04X} in the text. Delete it.")
        return None
    return text
