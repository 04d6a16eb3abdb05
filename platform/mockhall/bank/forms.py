"""Parsing what the desk of questions sends: the form of a question, and the filters of the list."""

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from mockhall.bank.draft import MOST, Choice, Draft
from mockhall.bank.models import QuestionStatus
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.web.errors import Refused

SAVING = {"", "save", "save_new"}
_HANDLE = re.compile(r"[a-z][a-z0-9]{0,63}")
_LARGEST_VERSION = 1_000_000
FIELDS = (
    "kind", "stem", "right_is", "value", "tolerance", "tolerance_is", "low", "high", "unit", "answers", "solution",
    "reference", "subject", "topic", "difficulty", "tags", "full", "wrong", "partial", "status",
)  # fmt: skip
KEPT = ("kind", "subject", "topic", "difficulty", "full", "wrong", "partial")  # by Save & new


@dataclass(frozen=True)
class Sent:
    """The question as it was sent, and the button that sent it."""

    draft: Draft
    then: str

    @property
    def saves(self) -> bool:
        return self.then in SAVING


async def sent_question(request: Request) -> Sent:
    """The form of a question. What is wrong in a field is said later, beside it; only a broken form is refused."""
    form = await request.form(max_fields=200, max_files=0)
    texts = {name: _text(form, name) for name in FIELDS if name in form}
    draft = Draft(
        **texts, choices=_choices(form), pin_last=_ticked(form, "pin_last"), shuffle=_ticked(form, "shuffle"),
        case=_ticked(form, "case"), version=_version(form),
    )  # fmt: skip
    return Sent(draft, _text(form, "then"))


SentQuestion = Annotated[Sent, Depends(sent_question)]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return _lines(value) if isinstance(value, str) else ""


def _lines(text: str) -> str:
    """Browsers send each line's end as two characters; files and tests know one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _ticked(form: FormData, name: str) -> bool:
    return form.get(name) == "1"


def _version(form: FormData) -> int:
    text = _text(form, "version")
    if not (text.isascii() and text.isdigit()):
        return 0
    return min(int(text[:8]), _LARGEST_VERSION)


def _choices(form: FormData) -> tuple[Choice, ...]:
    """The rows of choices. No page of ours sends a key that names none of them: such a form is refused whole."""
    handles, texts = _texts(form, "option_id"), _texts(form, "option_text")
    right, pinned = set(_texts(form, "key")), set(_texts(form, "pinned"))
    if len(handles) != len(texts) or len(handles) > MOST + 10 or len(set(handles)) < len(handles):
        raise _broken()
    if not all(_HANDLE.fullmatch(handle) for handle in handles) or not right <= set(handles):
        raise _broken()
    rows = zip(handles, texts, strict=True)
    return tuple(Choice(handle, _lines(text), handle in right, handle in pinned) for handle, text in rows)


def _texts(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


def _broken() -> Refused:
    text = "The choices of this form don't fit together, so nothing was changed. Go back, reload and try again."
    return Refused(422, "nonsense", text)


# ---------------------------------------------------------------- the list


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty means any. `after` and `before` are cursors of queries.py."""

    q: str = ""
    topic: str = ""
    kind: str = ""
    difficulty: str = ""
    status: str = ""
    after: str = ""
    before: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, for addresses and their labels."""
        names = ("q", "topic", "kind", "difficulty", "status")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def filters(
    q: str = "", topic: str = "", kind: str = "", difficulty: str = "", status: str = "",
    after: str = "", before: str = "",
) -> Filters:  # fmt: skip
    """The filters of an address; a value nothing can have counts as not set."""
    # NUL can stand in no text of the database, and PostgreSQL refuses to look for it.
    q, topic = (" ".join(text.replace("\0", "").split())[:120] for text in (q, topic))
    return Filters(
        q, topic, kind if kind in list(Kind) else "", difficulty if difficulty in list(Difficulty) else "",
        status if status in list(QuestionStatus) else "", after, before,
    )  # fmt: skip


Filtered = Annotated[Filters, Depends(filters)]


def kept_fields(
    kind: str = "", subject: str = "", topic: str = "", difficulty: str = "", full: str = "", wrong: str = "",
    partial: str = "",
) -> dict[str, str]:  # fmt: skip
    """What the address of a new question takes along; unknown values fall back to the blank form's."""
    given = {"subject": subject, "topic": topic, "full": full, "wrong": wrong, "partial": partial}
    kept = {name: text[:120] for name, text in given.items() if text}
    if kind in list(Kind):
        kept["kind"] = kind
    if difficulty in list(Difficulty):
        kept["difficulty"] = difficulty
    return kept


Kept = Annotated[dict[str, str], Depends(kept_fields)]
