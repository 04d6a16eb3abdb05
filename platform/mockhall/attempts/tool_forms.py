"""Parsing what the room's tools send."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from mockhall.attempts.fields import nonsense, read_whole
from mockhall.exam.scratchpad import LONGEST
from mockhall.web.errors import Refused


@dataclass(frozen=True)
class ScratchForm:
    """The scratchpad's text, and the revision it was written over; or why it can't be read."""

    text: str = ""
    base: str = ""
    refused: Refused | None = None


async def scratch_form(request: Request) -> ScratchForm:
    """The text as it came. What can't be read is said later: to who may write it, not to strangers."""
    try:
        return await _scratch(request)
    except Refused as refused:
        return ScratchForm(refused=refused)


async def _scratch(request: Request) -> ScratchForm:
    """The text's line ends may double its length on the way."""
    form = await read_whole(request, 10)
    if "text" not in form:
        raise nonsense("text")
    return ScratchForm(_text(form["text"][-1], 4 * LONGEST), _text(form.get("base", [""])[-1], 16))


Scratch = Annotated[ScratchForm, Depends(scratch_form)]


@dataclass(frozen=True)
class LanguageForm:
    """The language wanted, and the question to go back to."""

    language: str
    number: int = 0


async def language_form(request: Request) -> LanguageForm:
    """A language's code such as `hi`."""
    form = await request.form(max_fields=10, max_files=0)
    number = _text(form.get("number"), 6)
    return LanguageForm(_text(form.get("language"), 8), int(number) if number.isascii() and number.isdigit() else 0)


Language = Annotated[LanguageForm, Depends(language_form)]


def _text(value: object, longest: int) -> str:
    text = value if isinstance(value, str) else ""
    if len(text) > longest:
        raise Refused(422, "nonsense", "That is too long to be kept. Shorten it; nothing was changed.", saved=False)
    return text
