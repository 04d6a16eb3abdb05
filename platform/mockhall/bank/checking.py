"""From a filled form to what a version says, or a sentence beside each field that doesn't fit."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from mockhall.bank.draft import FEWEST, LETTERS, MOST, Choice, Draft
from mockhall.bank.keys import number_key, text_key
from mockhall.bank.models import QuestionStatus
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Partial, parse_marks, scheme_of
from mockhall.web.codes import new_code

LONGEST_STEM = 20_000
LONGEST_OPTION = 2_000
MOST_TAGS, LONGEST_TAG = 20, 40


@dataclass
class Checked:
    """What the form says when it is right: `contents` has the keys of actions.CONTENTS. Errors are by control id."""

    contents: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    subject: str = ""
    topic: str = ""
    status: str = QuestionStatus.DRAFT

    def text(self, name: str, written: str, longest: int, missing: str = "") -> str:
        """The text as it is kept, with an error beside `name` when it is missing, too long or can't be stored."""
        said = _trouble(written, longest) or ("" if written.strip() else missing)
        if said:
            self.errors.setdefault(name, said)
        return written


def check(draft: Draft, known: Collection[str], scheme: dict[str, Any] | None = None) -> Checked:
    """Check every field, in the order of the page. `known` are the option ids this question ever had; `scheme` is
    its stored marking, which the form shows only in part."""
    found = Checked()
    found.contents = {"kind": draft.kind, "difficulty": draft.difficulty, "options": [], "shuffle": draft.shuffle}
    _check_place(draft, found)
    stem = found.text("stem", _trimmed(draft.stem), LONGEST_STEM, "Write the question.")
    found.contents |= {"stem": stem} | _answer(draft, known, found)
    found.contents["unit"] = found.text("unit", _line(draft.unit), 40) if draft.kind == Kind.NUMERIC else ""
    _check_solution(draft, found)
    found.contents |= {"reference": _reference(draft, found), "tags": _tags(draft, found)}
    found.contents["scheme"] = _scheme(draft, found, scheme)
    return found


def _check_place(draft: Draft, found: Checked) -> None:
    """Type, topic, difficulty and status."""
    if draft.kind not in list(Kind):
        found.errors["kind"] = "Choose one of the types."
    found.subject = found.text("subject", _line(draft.subject), 120, "Name the subject, such as FastAPI.")
    found.topic = found.text("topic", _line(draft.topic), 120, "Name the topic within the subject.")
    found.contents["topic"] = found.topic
    if draft.difficulty not in list(Difficulty):
        found.errors["difficulty"] = "Choose one of the difficulties."
    found.status = draft.status
    if draft.status not in list(QuestionStatus):
        found.errors["status"] = "Choose one of the states."


def _answer(draft: Draft, known: Collection[str], found: Checked) -> dict[str, Any]:
    """`key`, and `options` where the kind has them."""
    try:
        if draft.kind == Kind.NUMERIC:
            return {"key": number_key(draft)}
        if draft.kind == Kind.TEXT:
            return {"key": text_key(draft)}
    except RuleError as error:
        found.errors[error.field] = error.text
        return {"key": {}}
    return _options(draft, known, found)


def _options(draft: Draft, known: Collection[str], found: Checked) -> dict[str, Any]:
    _check_rows(draft.choices, known, found)
    right = [each for each in draft.choices if each.right]
    if not FEWEST <= len(draft.choices) <= MOST:
        found.errors["options"] = f"A question has {FEWEST} to {MOST} choices. This one has {len(draft.choices)}."
    elif not right:
        one = "the right choice" if draft.kind == Kind.SINGLE else "each right choice"
        found.errors["options"] = f"No choice is marked as right. Tick {one}."
    elif draft.kind == Kind.SINGLE and len(right) > 1:
        found.errors["options"] = "More than one choice is marked as right. Keep one, or ask for several answers."
    # Ids are random, never from place or key: what a candidate is sent must not tell the answer.
    ids = {each.handle: each.handle if each.handle in known else f"c{new_code(6)}" for each in draft.choices}
    last = len(draft.choices) - 1
    rows = [
        {"id": ids[each.handle], "text": each.text.strip(), "pinned": draft.pin_last if at == last else each.pinned}
        for at, each in enumerate(draft.choices)
    ]
    return {"options": rows, "key": {"options": sorted(ids[each.handle] for each in right)}}


def _check_rows(choices: tuple[Choice, ...], known: Collection[str], found: Checked) -> None:
    seen: dict[str, str] = {}
    for at, each in enumerate(choices):
        letter, name = LETTERS[at] if at < MOST else str(at + 1), f"option-{each.handle}"
        if each.handle not in known and not _is_new(each.handle):
            found.errors[name] = f"Choice {letter} came from another question. Remove it and write it again."
        found.text(name, each.text, LONGEST_OPTION, f"Choice {letter} is empty. Write it or remove it.")
        # Comparing takes the square of the length, and what is longer is refused already.
        first = seen.setdefault(folded(each.text[: LONGEST_OPTION + 1]), letter)
        if first != letter and each.text.strip():
            found.errors.setdefault(name, f"Choice {letter} is the same as {first}. Change or remove one of them.")


def _is_new(handle: str) -> bool:
    return handle.startswith("new") and handle[3:].isdigit()


def folded(text: str) -> str:
    """A choice as it looks on a page: runs of spaces show as one, but not in a code block. Case is kept: in code
    `True` and `true` are two answers."""
    text = unicodedata.normalize("NFC", text)
    return text.strip() if "```" in text or "~~~" in text else " ".join(text.split())


def _check_solution(draft: Draft, found: Checked) -> None:
    missing = "Write why the key is right: a verified question has an explanation."
    verified = draft.status == QuestionStatus.VERIFIED
    solution = found.text("solution", _trimmed(draft.solution), LONGEST_STEM, missing if verified else "")
    found.contents["solution"] = solution


def _reference(draft: Draft, found: Checked) -> str:
    url = found.text("reference", draft.reference.strip(), 500)
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        fits = not url or (is_web and not set(url) & set(' \n\t<>"'))
    except ValueError:  # half an IPv6 address
        fits = False
    if not fits:
        found.errors.setdefault("reference", "Write a whole address, such as https://docs.python.org/3/.")
    return url


def _tags(draft: Draft, found: Checked) -> list[str]:
    tags: dict[str, str] = {}
    for tag in filter(None, map(_line, draft.tags.split(","))):
        tags.setdefault(tag.casefold(), tag)
    if len(tags) > MOST_TAGS:
        found.errors["tags"] = f"A question has at most {MOST_TAGS} tags. These are {len(tags)}."
    for tag in tags.values():
        found.text("tags", tag, LONGEST_TAG)
    return list(tags.values())


def _scheme(draft: Draft, found: Checked, stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """The marks of this question alone; None where the test's hold."""
    written = {name: getattr(draft, name).strip() for name in ("full", "wrong", "partial")}
    scheme: dict[str, Any] = {}
    for name, text in written.items():
        try:
            if text and name == "partial":
                scheme[name] = str(_partial(text))
            elif text:
                scheme[name] = plain(parse_marks(text, name))
            scheme_of(scheme)
        except RuleError as error:
            found.errors.setdefault(error.field, error.text)
            scheme.pop(name, None)
    return _with_hidden(scheme, stored)


def _partial(text: str) -> Partial:
    if text not in list(Partial):
        raise RuleError("partial", "Choose one of the rules.")
    return Partial(text)


def _with_hidden(scheme: dict[str, Any], stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """The marks with what a file may have said besides (a floor): the form doesn't show it, so an edit keeps it."""
    hidden = {name: value for name, value in (stored or {}).items() if name not in ("full", "wrong", "partial")}
    return hidden | scheme if scheme else None


def _trouble(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"This is longer than {longest:,} characters. It has {len(text):,}."
    # PostgreSQL stores no NUL, and half a surrogate pair can't be sent to a page.
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n" for sign in text):
        return "This holds a character that can't be kept. Type the place again."
    return ""


def _trimmed(text: str) -> str:
    """Without blank lines around; spaces before the first line may mean code."""
    return text.rstrip().lstrip("\n")


def _line(text: str) -> str:
    return " ".join(text.split())
