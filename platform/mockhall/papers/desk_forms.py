"""Parsing what the desk of papers sends, and which paper an editor may change."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session, select
from starlette.datastructures import FormData

from mockhall.accounts.access import Editor, EditorForUpdate
from mockhall.db import Reading, Writing
from mockhall.papers.models import Paper
from mockhall.papers.queries import Shown, find
from mockhall.web.errors import NotYours

# ---------------------------------------------------------------- which paper


def _editable(db: Session, slug: str, *, lock: bool) -> Shown:
    if "\0" not in slug:  # PostgreSQL refuses to look for one
        if lock:
            db.exec(select(Paper.id).where(Paper.slug == slug).with_for_update()).first()
        found = find(db, slug)
        if found is not None:
            return found
    raise NotYours


def editable_paper(db: Reading, _person: Editor, slug: str) -> Shown:
    """The paper at this address, for editors."""
    return _editable(db, slug, lock=False)


def editable_paper_for_update(db: Writing, _person: EditorForUpdate, slug: str) -> Shown:
    """The same, on the session that writes; on PostgreSQL the row is locked, so that of two changes one is stale."""
    return _editable(db, slug, lock=True)


EditablePaper = Annotated[Shown, Depends(editable_paper)]
EditablePaperForUpdate = Annotated[Shown, Depends(editable_paper_for_update)]


MOST_FIELDS = 2_000  # a tick for each of many questions


# ---------------------------------------------------------------- one small form: a button beside a row


@dataclass(frozen=True)
class Press:
    """A button of the desk: what it does, on which version of the paper it was decided, and a field or two."""

    then: str = ""
    version: int | None = None
    question: str = ""
    section: int = 0
    title: str = ""
    what: str = ""
    to: str = ""
    sure: bool = False  # it had been asked
    questions: tuple[str, ...] = ()  # where several are put in at once


async def press(request: Request) -> Press:
    """The small forms around a paper."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    codes = [each.casefold() for each in form.getlist("question") if isinstance(each, str)]
    return Press(
        then=text_of(form, "then"), version=whole(text_of(form, "version")), title=text_of(form, "title"),
        question=text_of(form, "question").casefold(), section=whole(text_of(form, "section")) or 0,
        what=text_of(form, "what"), to=text_of(form, "to"), sure=text_of(form, "sure") == "1",
        questions=tuple(dict.fromkeys(codes)),
    )  # fmt: skip


Pressed = Annotated[Press, Depends(press)]


def text_of(form: FormData, name: str) -> str:
    """The field on one line, runs of spaces as one; nothing for a file."""
    value = form.get(name, "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def whole(text: str) -> int | None:
    """A whole number of at most eight digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else None


def title_trouble(title: str) -> str:
    """What is wrong with a title of a paper or section; nothing when it is fine."""
    if not title:
        return "Write a title."
    if len(title) > 160:
        return f"A title has at most 160 characters. This has {len(title)}."
    return "" if title.isprintable() else "The title holds a character that can't be kept. Type it again."
