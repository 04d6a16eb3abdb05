"""Parsing what candidates write beside a question of the review, and staff beside a report."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from mockhall.attempts.fields import read_fields
from mockhall.results import notes, reported
from mockhall.results.notes import Reason
from mockhall.results.reported import Kind
from mockhall.web.errors import Refused


@dataclass(frozen=True)
class Written:
    """A choice and a text as they were sent, with what is wrong beside each; `then` is the button pressed.

    `refused`: no form at all. That is said later, to who may write here and not to strangers."""

    choice: str = ""
    text: str = ""
    then: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None

    def need(self) -> None:
        """Raise what made it unreadable."""
        if self.refused:
            raise self.refused


async def _read(request: Request, name: str) -> Written:
    try:
        fields = await read_fields(request, 10)
    except Refused as refused:
        return Written(refused=refused)
    last = {key: values[-1] for key, values in fields.items()}
    text = last.get("text", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return Written(last.get(name, "")[:20], text, last.get("then", "")[:10])


def text_error(text: str, longest: int, missing: str = "") -> str:
    """Why a text can't be kept; empty when it can."""
    if len(text) > longest:
        return f"This is longer than {longest:,} characters. It has {len(text):,}."
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n" for sign in text):
        return "This holds a character that can't be kept. Type the place again."
    return "" if text else missing


def _with(written: Written, **errors: str) -> Written:
    found = {name: text for name, text in errors.items() if text}
    return Written(written.choice, written.text, written.then, found, written.refused)


async def note_form(request: Request) -> Written:
    """A note: `reason` and `text`; `then=delete` takes it away."""
    written = await _read(request, "reason")
    if written.then == "delete":
        return written
    reason = "" if written.choice in list(Reason) else "Choose what it was."
    return _with(written, reason=reason, text=text_error(written.text, notes.LONGEST))


async def report_form(request: Request) -> Written:
    """A reported error: `kind` and `text`."""
    written = await _read(request, "kind")
    kind = "" if written.choice in list(Kind) else "Choose what is wrong."
    missing = "Say what is wrong, so that it can be found."
    return _with(written, kind=kind, text=text_error(written.text, reported.LONGEST, missing))


async def outcome_form(request: Request) -> Written:
    """What became of a report: `text`."""
    written = await _read(request, "")
    missing = "Say what became of it: whoever reported it reads this."
    return _with(written, text=text_error(written.text, reported.LONGEST, missing))


async def bookmark_form(request: Request) -> Written:
    """A bookmark: `on` is 1 or 0."""
    return await _read(request, "on")


SentNote = Annotated[Written, Depends(note_form)]
SentReport = Annotated[Written, Depends(report_form)]
SentOutcome = Annotated[Written, Depends(outcome_form)]
SentBookmark = Annotated[Written, Depends(bookmark_form)]
