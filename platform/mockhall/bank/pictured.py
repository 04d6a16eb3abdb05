"""Pictures in the texts of a form: where one can go, and whether each has words and is there."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from mockhall.bank.checked import Checked
from mockhall.bank.draft import LETTERS, Draft
from mockhall.bank.images import SHOWN
from mockhall.exam.kinds import Kind

WORDLESS = "The picture has no words. Say between [ and ] what can be seen in it, for who can't see it."
GONE = "The picture {} is not here (one that is not used is kept for a day). Add it again."
_TEXTS = {
    "stem": "Question", "solution": "Explanation", "passage": "Passage", "hi_stem": "Question in Hindi",
    "hi_passage": "Passage in Hindi", "hi_solution": "Explanation in Hindi",
}  # fmt: skip
# Each control of a row: the draft's rows it is of, and the row's field.
_ROWS = {"option": ("choices", "text"), "why": ("choices", "why"), "hi-why": ("choices", "hi_why"),
         "left": ("pairs", "left"), "right": ("pairs", "right"), "step": ("steps", "text")}  # fmt: skip
_OF_KIND = {Kind.SINGLE: ("option", "why", "hi-why"), Kind.MULTIPLE: ("option", "why", "hi-why"),
            Kind.MATCH: ("left", "right"), Kind.ORDER: ("step",)}  # fmt: skip
_CALLED = {"option": "Choice {}", "why": "Why choice {} is right or wrong",
           "hi-why": "Why choice {} is right or wrong, in Hindi", "left": "Left side of pair {}",
           "right": "Right side of pair {}", "step": "Step {}"}  # fmt: skip
_ROW = re.compile(r"(option|why|hi-why|left|right|step)-([a-z][a-z0-9]*)")


def places(draft: Draft) -> list[tuple[str, str]]:
    """The controls that take a picture, each with its name."""
    return [(control, name) for control, name, _ in _written(draft) if not control.startswith(("hi", "why"))]


def texts(draft: Draft) -> list[str]:
    """All that the form says where a picture can be."""
    return [text for _, _, text in _written(draft)]


def _written(draft: Draft) -> list[tuple[str, str, str]]:
    found = [(name, words, str(getattr(draft, name))) for name, words in _TEXTS.items()]
    for control in _OF_KIND.get(Kind(draft.kind) if draft.kind in list(Kind) else Kind.TEXT, ()):
        rows, field = _ROWS[control]
        for at, row in enumerate(getattr(draft, rows)):
            called = LETTERS[at : at + 1] if rows == "choices" else ""
            words = _CALLED[control].format(called or at + 1)
            found.append((f"{control}-{row.handle}", words, getattr(row, field)))
    return found


def check(draft: Draft, missing: AbstractSet[str], found: Checked) -> None:
    """Each picture has words and is there; `missing` are the addresses that hold none."""
    for control, _, text in _written(draft):
        for words, address in SHOWN.findall(text):
            if not words.strip():
                found.errors.setdefault(control, WORDLESS)
            elif address in missing:
                found.errors.setdefault(control, GONE.format(address))


def with_picture(draft: Draft, control: str, address: str) -> Draft:
    """The form with a picture at the end of one of its texts: of the question, where there is no such control."""
    text, row = f"![](/images/{address})", _ROW.fullmatch(control)
    rows, field = _ROWS[row[1]] if row else ("", "")
    if row is None or not any(each.handle == row[2] for each in getattr(draft, rows)):
        name = control if control in _TEXTS else "stem"
        said: str = getattr(draft, name).rstrip()
        return _with(draft, name, name, f"{said}\n\n{text}".lstrip())
    changed = tuple(
        replace(each, **{field: f"{getattr(each, field)} {text}".lstrip()}) if each.handle == row[2] else each
        for each in getattr(draft, rows)
    )
    return _with(draft, control, rows, changed)


def _with(draft: Draft, focus: str, name: str, value: object) -> Draft:
    new: dict[str, Any] = {name: value}
    return replace(draft, focus=focus, **new)
