"""Parsing what is sent about cohorts: names, lists of people, which page, and which cohort it is for."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from mockhall.accounts import roster
from mockhall.accounts.forms import LONGEST_NAME, clean_name, text_of
from mockhall.accounts.roster import Roster

NO_NAME = "Give the cohort a name."
LONG_NAME = f"Use at most {LONGEST_NAME} characters."
NO_LIST = "Paste at least one address, or choose a file."
NO_TEXT = "This file is not plain text. Save the sheet as CSV (UTF-8) and choose that."
_CODE = re.compile("[A-Za-z0-9-]{1,24}")
LONGEST_TEXT = 1_000_000  # characters, as much as the site takes in one form


@dataclass(frozen=True)
class CohortForm:
    """A name for a cohort and the button pressed; `error` says what is wrong with the name."""

    name: str = ""
    then: str = ""
    error: str = ""


@dataclass(frozen=True)
class SentList:
    """A list as it came: its text, whether accounts shall be made, and why it can't be read."""

    text: str = ""
    create: bool = False
    error: str = ""


@dataclass(frozen=True)
class ReadList:
    """The same, read."""

    sent: SentList
    roster: Roster

    @property
    def error(self) -> str:
        return self.sent.error or ("" if self.roster.people or self.roster.faults else NO_LIST)


async def cohort_form(request: Request) -> CohortForm:
    """The name of a cohort, and what to do."""
    form = await request.form(max_fields=20, max_files=0)
    name = clean_name(text_of(form, "name")[:10_000])
    error = NO_NAME if not name else LONG_NAME if len(name) > LONGEST_NAME else ""
    return CohortForm(name, text_of(form, "then"), error)


async def sent_list(request: Request) -> SentList:
    """A pasted list; a file takes its place."""
    async with request.form(max_fields=20, max_files=1, max_part_size=LONGEST_TEXT) as form:  # it closes the file
        create, file = text_of(form, "unknown") == "create", form.get("file")
        if isinstance(file, UploadFile) and file.size:
            text = decoded(await file.read(LONGEST_TEXT))
            return SentList(text or "", create, "" if text is not None else NO_TEXT)
        return SentList(text_of(form, "people"), create)


def decoded(data: bytes) -> str | None:
    """A file as text, as spreadsheets write it: UTF-8, or UTF-16 with its mark. None for anything else."""
    codec = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if data.startswith((b"PK\x03\x04", b"%PDF")) else text


def read_list(sent: Annotated[SentList, Depends(sent_list)]) -> ReadList:
    """The list, read in a thread before any session is taken: a long one takes its time."""
    return ReadList(sent, roster.read(sent.text))


@dataclass(frozen=True)
class PageQuery:
    """`?after=<code>&removed=<code>&show=archived` of the pages of cohorts."""

    after: str
    removed: str
    archived: bool


def page_query(request: Request) -> PageQuery:
    """Which page is asked for; what can't be read counts as not given."""
    given = request.query_params
    return PageQuery(_code(given.get("after", "")), _code(given.get("removed", "")), given.get("show") == "archived")


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) else ""


SentCohort = Annotated[CohortForm, Depends(cohort_form)]
SentPeople = Annotated[ReadList, Depends(read_list)]
AskedPage = Annotated[PageQuery, Depends(page_query)]
