"""Parsing what the exam room sends. Nonsense is 422; the stored answer stays as it was."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from mockhall.attempts.fields import Fields, nonsense, read_fields, read_whole
from mockhall.exam import navigator
from mockhall.exam.paper import Answer
from mockhall.exam.saving import Incoming

DAY_MS = 86_400_000
MOST_PARTS, LONGEST_PART = 100, 1000
SAVED = {"choice", "text", "certainty", "marked", "visited", "active_ms", "seq", "tab", "base", "then", "claimed_at"}
LARGEST = 2_000_000_000  # fits the integer columns of both databases


class SaveForm(NamedTuple):
    """One save: the whole state of a question, and which button sent it."""

    choice: tuple[str, ...] = ()
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    certainty: int = 0
    marked: bool = False
    visited: tuple[int, ...] = ()
    active_ms: int = 0
    seq: int | None = None
    tab: str = ""
    base: int | None = None
    then: str = ""
    claimed_at: datetime | None = None  # when the device says it was answered; asked only where it comes too late

    @property
    def leaves(self) -> bool:
        """Was the question left by the navigator, Back or Review and hand in, which in a strict paper keep nothing?"""
        return self.then in {"back", "review"} or self.then.startswith("goto:")

    def incoming(self, answer: Answer) -> Incoming:
        """The save as the rules see it. The button Clear empties the answer, Mark & next sets the mark."""
        kept = Answer() if self.then == "clear" else answer
        marked = self.marked or self.then == "mark_next"
        certainty, tab = self.certainty or None, self.tab or None
        return Incoming(kept.choice, kept.text, kept.parts, marked, certainty, self.seq, tab, self.base)

    @property
    def answer(self) -> Answer:
        """What was answered, not yet checked against the question."""
        return Answer(self.choice, self.text, self.parts)

    def goes_to(self, number: int, total: int) -> int | None:
        """The question shown next to a plain form; None for the summary."""
        if self.then in {"next", "mark_next"}:
            return navigator.after(number, total)
        if self.then == "review":
            return None
        if self.then == "back":
            return navigator.before(number) or number
        if self.then.startswith("goto:"):
            target = _number(self.then.removeprefix("goto:"), "then", total)
            return target or number
        return number

    def current(self, number: int) -> int:
        """The question the candidate is at after this save, as far as the form tells."""
        if self.then.startswith("goto:"):
            return _number(self.then.removeprefix("goto:"), "then") or number
        if self.visited:
            return self.visited[-1]
        return number + 1 if self.then in {"next", "mark_next"} else number


async def save_form(request: Request) -> SaveForm:
    """The form of a save, each field checked for its shape."""
    form = await read_whole(request, 3000)
    if not any(name in SAVED or name.startswith(("pair.", "gap.")) for name in form):
        raise nonsense("form")  # it says nothing, not even that the answer is empty
    return SaveForm(
        choice=_texts(form, "choice", 60, 50),
        text=_text(form, "text", 10_000),
        parts=_parts(form),
        certainty=_number(_text(form, "certainty", 4), "certainty", 3),
        marked=_text(form, "marked", 1) == "1",
        visited=tuple(_number(each, "visited", 10_000) for each in _texts(form, "visited", 6, 2000)),
        active_ms=min(_number(_text(form, "active_ms", 20), "active_ms"), DAY_MS),
        seq=_optional(form, "seq"),
        tab=_text(form, "tab", 40),
        base=_optional(form, "base"),
        then=_then(form),
        claimed_at=_instant(form["claimed_at"][-1]) if "claimed_at" in form else None,
    )


@dataclass(frozen=True)
class StartForm:
    """What the front page asks before a start."""

    name: str = ""
    language: str = ""  # of the questions, where the test offers several
    roll: str = ""
    code: str = field(default="", repr=False)


async def start_form(request: Request) -> StartForm:
    """The form of a start; control characters are left out of a name."""
    form = await read_fields(request, 20)
    return StartForm(
        _line(form, "name", 200)[:80], _text(form, "language", 8), _line(form, "roll", 200), _line(form, "code", 200)
    )


def _line(form: Fields, name: str, longest: int) -> str:
    """A line of text; blanks in a row are one."""
    text = _text(form, name, longest)
    return " ".join((text if text.isprintable() else "".join(filter(str.isprintable, text))).split())


async def handed_in_by_itself(request: Request) -> bool:
    """Did the page hand in because its clock ran out? It sends `time_up=1` then."""
    return _text(await read_fields(request, 20), "time_up", 1) == "1"


ByItself = Annotated[bool, Depends(handed_in_by_itself)]


def _texts(form: Fields, name: str, longest: int, most: int) -> tuple[str, ...]:
    values = form.get(name)
    if values is None:
        return ()
    if len(values) > most or any(len(value) > longest for value in values):
        raise nonsense(name)
    return tuple(value for value in values if value)


def _parts(form: Fields) -> tuple[tuple[str, str], ...]:
    """The pairs of a match and the gaps of a cloze: `pair.<left id>` and `gap.<k>`; one sent twice is nonsense."""
    found: dict[str, str] = {}
    for key, values in [each for each in form.items() if "." in each[0]]:  # none in most forms
        side, _, name = key.partition(".")
        if side not in {"pair", "gap"}:
            continue
        if name in found or len(values) > 1 or len(found) >= MOST_PARTS or len(name) > 40:
            raise nonsense(f"{side}.{name[:40]}")
        found[name] = _text(form, key, LONGEST_PART)
    return tuple(sorted((name, value) for name, value in found.items() if value))


def _text(form: Fields, name: str, longest: int) -> str:
    values = form.get(name)
    if values is None:
        return ""
    value = values[-1]
    if len(value) > longest or "\0" in value:
        raise nonsense(name)
    return value


def _then(form: Fields) -> str:
    then = _text(form, "then", 20)
    if then.startswith("goto:"):
        _number(then.removeprefix("goto:"), "then")
    return then


def _instant(value: str) -> datetime | None:
    """An instant with its zone; what can't be read counts as not said, for an answer must not be lost by it."""
    try:
        found = datetime.fromisoformat(value) if value and len(value) <= 40 else None
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _optional(form: Fields, name: str) -> int | None:
    text = _text(form, name, 20)
    return _number(text, name) if text else None


def _number(text: str, name: str, largest: int = LARGEST) -> int:
    """A whole number from 0; empty is 0."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or (number := int(text)) > largest:
        raise nonsense(name)
    return number
