"""Parsing the form of a question, and what the address of a new one takes along."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData

from mockhall.bank.draft import MOST_PAIRS, Choice, Draft, Gap, Pair, Step
from mockhall.bank.gaps import MOST_GAPS, with_gaps
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.web.errors import Refused
from mockhall.web.utf8 import utf8_form

SAVING = {"", "save", "save_new"}
MOST_FIELDS, _ANYWAY = 500, "_anyway"
# Buttons and what the page knows of drafts and pictures are no part of what is typed.
_NOT_TYPED = {"then", "page", "kept", "picture", "picture_for", "alike_too", "preview_language"}
_HANDLE = re.compile(r"[a-z][a-z0-9]{0,63}")
_PAGE = re.compile(r"[a-z0-9]{8,20}")
_GAP = re.compile(r"[1-9][0-9]?")
_LARGEST_VERSION = 1_000_000
_MOST_ROWS = 2 * MOST_PAIRS
FIELDS = (
    "kind", "stem", "truth", "right_is", "value", "tolerance", "tolerance_is", "low", "high", "also", "places",
    "places_how", "unit", "answers", "passage_code", "passage", "solution", "reference", "subject", "topic",
    "difficulty", "tags", "full", "wrong", "partial", "note", "hi_stem", "hi_passage", "hi_solution",
)  # fmt: skip
TICKS = ("pin_last", "shuffle", "case", "spaces", "wildcards", "passage_everywhere", "place_is_new")
KEPT = ("kind", "subject", "topic", "difficulty", "full", "wrong", "partial", "passage_code")  # by Save & new


@dataclass(frozen=True)
class Sent:
    """The question as it was sent, and the button that sent it."""

    draft: Draft
    then: str = ""
    fields: tuple[tuple[str, str], ...] = ()  # each control as it came, for the draft
    page: str = ""  # a random name of the page it was typed into
    kept: str = ""  # the `stamp` of the draft that the page knows of
    alike_too: bool = False  # the editor has seen which questions say the same
    language: str = ""  # of the preview; empty where the page offers no other

    @property
    def saves(self) -> bool:
        return self.then in SAVING


async def sent_question(request: Request) -> Sent:
    """The form of a question. What is wrong in a field is said later, beside it; only a broken form is refused."""
    return read(await utf8_form(request, MOST_FIELDS))


def read(form: FormData) -> Sent:
    """The same of a form that has come in."""
    typed: dict[str, Any] = {name: _text(form, name) for name in FIELDS if name in form}
    typed |= {name: _ticked(form, name) for name in TICKS}
    draft = Draft(
        **typed, choices=_choices(form), pairs=_pairs(form), steps=_steps(form), gaps=_gaps(form),
        hi_rows=tuple(zip(*_columns(form, "hi_for", "hi_text", most=200), strict=True)), version=_version(form),
    )  # fmt: skip
    fields = tuple(
        (name, text) for name, text in form.multi_items() if isinstance(text, str) and name not in _NOT_TYPED
    )
    # "Save all the same" is one of the other buttons, pressed knowingly.
    pressed, page = _text(form, "then"), _text(form, "page")
    return Sent(
        with_gaps(draft), pressed.removesuffix(_ANYWAY), fields, page if _PAGE.fullmatch(page) else "",
        _text(form, "kept"), _ticked(form, "alike_too") or pressed.endswith(_ANYWAY), _text(form, "preview_language"),
    )  # fmt: skip


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
    handles, texts = _rows(form, "option_id", "option_text")
    right, pinned = set(_texts(form, "key")), set(_texts(form, "pinned"))
    if not right <= set(handles):
        raise _broken()
    why, hi_why = (
        dict(zip(*_columns(form, f"{name}_for", f"{name}_text", most=_MOST_ROWS), strict=True))
        for name in ("why", "hi_why")
    )
    return tuple(
        Choice(each, text, each in right, each in pinned, why.get(each, ""), hi_why.get(each, ""))
        for each, text in zip(handles, texts, strict=True)
    )


def _pairs(form: FormData) -> tuple[Pair, ...]:
    columns = _rows(form, "pair_id", "pair_left", "pair_right_id", "pair_right")
    if not all(not handle or _HANDLE.fullmatch(handle) for handle in columns[2]):
        raise _broken()
    return tuple(Pair(*row) for row in zip(*columns, strict=True))


def _steps(form: FormData) -> tuple[Step, ...]:
    return tuple(Step(*row) for row in zip(*_rows(form, "step_id", "step_text"), strict=True))


def _gaps(form: FormData) -> tuple[Gap, ...]:
    numbers, types, lines = _columns(form, "gap", "gap_type", "gap_lines", most=2 * MOST_GAPS)
    if len(set(numbers)) < len(numbers) or not all(_GAP.fullmatch(number) for number in numbers):
        raise _broken()
    cased = set(_texts(form, "gap_case"))
    return tuple(Gap(int(n), type_, text, n in cased) for n, type_, text in zip(numbers, types, lines, strict=True))


def _rows(form: FormData, *names: str) -> list[list[str]]:
    """The columns of rows that have handles, in the first of them."""
    columns = _columns(form, *names, most=_MOST_ROWS)
    handles = columns[0]
    if len(set(handles)) < len(handles) or not all(_HANDLE.fullmatch(handle) for handle in handles):
        raise _broken()
    return columns


def _columns(form: FormData, *names: str, most: int) -> list[list[str]]:
    columns = [[_lines(text) for text in _texts(form, name)] for name in names]
    if len({len(column) for column in columns}) > 1 or len(columns[0]) > most:
        raise _broken()
    return columns


def _texts(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


def _broken() -> Refused:
    text = "The rows of this form don't fit together, so nothing was changed. Go back, reload and try again."
    return Refused(422, "nonsense", text)


def kept_fields(
    kind: str = "", subject: str = "", topic: str = "", difficulty: str = "", full: str = "", wrong: str = "",
    partial: str = "", passage_code: str = "",
) -> dict[str, str]:  # fmt: skip
    """What the address of a new question takes along; unknown values fall back to the blank form's."""
    given = {"subject": subject, "topic": topic, "full": full, "wrong": wrong, "partial": partial}
    given["passage_code"] = passage_code
    kept = {name: text[:120] for name, text in given.items() if text}
    if kind in list(Kind):
        kept["kind"] = kind
    if difficulty in list(Difficulty):
        kept["difficulty"] = difficulty
    return kept


Kept = Annotated[dict[str, str], Depends(kept_fields)]
