"""PDF files from templates/pdf/*.typ by typst: values go in as JSON and are shown as text, never read as markup."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import Depends

from mockhall import paths
from mockhall.web.errors import Refused
from mockhall.web.made import MadeReply

log = logging.getLogger("mockhall")
FOLDER = paths.TEMPLATES / "pdf"
FONTS = paths.STATIC / "fonts" / "pdf"
PRESS = Path(__file__).with_name("press.py")
LONGEST = 120
"""Seconds after which the making of one is given up."""
# Half a character, and what no font draws: JSON or typst would refuse the whole file for it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def is_installed() -> bool:
    """Is typst there, which the extra `pdf` brings? Without it no link to a PDF is shown."""
    return find_spec("typst") is not None


def _required() -> None:
    if not is_installed():
        raise Refused(404, "not_installed", "PDF is not installed on this site. Whoever runs it can add it.")


Required = Depends(_required)
"""For the `dependencies` of a route that answers with a PDF."""


def make(template: str, data: Mapping[str, Any], now: datetime, folder: Path = FOLDER) -> bytes:
    """The file made from `templates/pdf/<template>.typ`; `now` is what it says of its making.

    Raises Refused when it can't be made; what typst says of it goes into the log."""
    asked = {
        "template": str(folder / f"{template}.typ"),
        "root": str(folder),
        "fonts": str(FONTS),
        "timestamp": int(now.timestamp()),
        "data": _printable(data),
    }
    command = [sys.executable, "-P", str(PRESS)]  # -P: this folder's files must not pass for the standard library's
    written = json.dumps(asked).encode()
    try:
        ran = subprocess.run(command, input=written, capture_output=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise _refused(template, f"nothing after {LONGEST} s") from None
    said = ran.stderr.decode(errors="replace").strip()
    if ran.returncode:
        raise _refused(template, said)
    if said:
        log.warning("PDF %s: %s", template, said)
    return ran.stdout


def _refused(template: str, why: str) -> Refused:
    log.error("PDF %s could not be made: %s", template, why)
    return Refused(503, "not_made", "This PDF could not be made. Try again, or take one of the other files.")


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value


class PdfReply(MadeReply):
    """A PDF that is made once the route is over. `made` gives the bytes; `disposition` names the file."""

    def __init__(self, made: Callable[[], bytes], disposition: str) -> None:
        super().__init__(made, disposition, "application/pdf")
