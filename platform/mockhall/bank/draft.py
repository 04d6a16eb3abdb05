"""A question as it stands in the form: half-written, every field as typed, and the buttons that change its choices."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mockhall.bank.models import Question, QuestionStatus, QuestionVersion
from mockhall.exam.exact import parse_exact, plain
from mockhall.exam.kinds import Difficulty, Kind

FEWEST, MOST = 2, 10
LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True)
class Choice:
    """One row of the choices. `handle` is the option's id, or `new1`, `new2`, ... while it has none."""

    handle: str
    text: str = ""
    right: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Draft:
    """Everything the form holds. `version` is the number the edit began from, 0 for a new question."""

    kind: str = Kind.SINGLE
    stem: str = ""
    choices: tuple[Choice, ...] = ()
    pin_last: bool = False
    shuffle: bool = True
    right_is: str = "value"  # or range
    value: str = ""
    tolerance: str = ""
    tolerance_is: str = "absolute"  # or percent
    low: str = ""
    high: str = ""
    unit: str = ""
    answers: str = ""
    case: bool = False
    solution: str = ""
    reference: str = ""
    subject: str = ""
    topic: str = ""
    difficulty: str = Difficulty.MEDIUM
    tags: str = ""
    full: str = ""
    wrong: str = ""
    partial: str = ""
    status: str = QuestionStatus.DRAFT
    version: int = 0
    focus: str = ""  # the id of the control that gets the focus when the form is shown

    @property
    def written(self) -> list[tuple[str, Choice]]:
        """The choices that say something, with the letters a candidate would see."""
        return list(zip(LETTERS, (each for each in self.choices if each.text.strip()), strict=False))


def blank(**kept: str) -> Draft:
    """An empty form with four rows of choices; `kept` is what Save & new takes along."""
    return replace(Draft(), choices=tuple(Choice(f"new{place}") for place in range(1, 5)), **kept)  # type: ignore[arg-type]


def of_version(question: Question, version: QuestionVersion, subject: str, topic: str) -> Draft:
    """The form of a stored question."""
    key, scheme = version.key, version.scheme or {}
    right = key.get("options", [])
    options = version.options
    rows = [Choice(row["id"], row["text"], row["id"] in right, bool(row.get("pinned"))) for row in options]
    return Draft(
        kind=version.kind, stem=version.stem, choices=tuple(rows) or blank().choices,
        pin_last=bool(rows) and rows[-1].pinned, shuffle=version.shuffle,
        unit=version.unit, solution=version.solution, reference=version.reference, subject=subject, topic=topic,
        difficulty=version.difficulty, tags=", ".join(version.tags), full=_shown(scheme, "full"),
        wrong=_shown(scheme, "wrong"), partial=str(scheme.get("partial", "")), status=question.status,
        version=version.number, **_typed_key(key),
    )  # fmt: skip


def _shown(scheme: dict[str, Any], name: str) -> str:
    return str(scheme.get(name, "")).replace("-", "−")


def _typed_key(key: dict[str, Any]) -> dict[str, Any]:
    """The fields that hold a number's or a text's key."""
    percent = key.get("relative")
    return {
        "right_is": "range" if "low" in key else "value",
        "value": key.get("value", ""),
        "tolerance": plain(parse_exact(percent, "relative") * 100) if percent else key.get("tolerance") or "",
        "tolerance_is": "percent" if percent else "absolute",
        "low": key.get("low", ""),
        "high": key.get("high", ""),
        "answers": "\n".join(key.get("answers", [])),
        "case": bool(key.get("case", False)),
    }


def fraction_of(percent: Fraction) -> Fraction:
    """Per cent as the share that is stored."""
    return percent / 100


# ---------------------------------------------------------------- the buttons beside the choices


def edited(draft: Draft, then: str) -> Draft | None:
    """The form after `add_option`, `remove:2`, `up:2`, `down:2`, `kind` or `preview`; None for any other button."""
    verb, _, place = then.partition(":")
    if verb in {"kind", "preview"}:
        return replace(draft, focus=verb)
    if verb == "add_option":
        return _added(draft)
    change = _ROW_BUTTONS.get(verb)
    at = int(place) - 1 if place.isascii() and place.isdigit() and len(place) < 3 else -1
    if change is None or not 0 <= at < len(draft.choices):
        return None
    return change(draft, at)


def _added(draft: Draft) -> Draft:
    if len(draft.choices) >= MOST:
        return replace(draft, focus="add-option")
    taken = {each.handle for each in draft.choices}
    handle = next(name for name in (f"new{n}" for n in range(1, MOST + 2)) if name not in taken)
    return replace(draft, choices=(*draft.choices, Choice(handle)), focus=f"option-{handle}")


def _removed(draft: Draft, at: int) -> Draft:
    kept = draft.choices[:at] + draft.choices[at + 1 :]
    focus = f"option-{kept[min(at, len(kept) - 1)].handle}" if kept else "add-option"
    # The pin was meant for the choice that goes.
    pin_last = draft.pin_last and at < len(kept)
    return replace(draft, choices=kept, pin_last=pin_last, focus=focus)


def _up(draft: Draft, at: int) -> Draft:
    return _swapped(draft, at, at - 1, "up")


def _down(draft: Draft, at: int) -> Draft:
    return _swapped(draft, at, at + 1, "down")


def _swapped(draft: Draft, at: int, other: int, button: str) -> Draft:
    rows = list(draft.choices)
    focus = f"{button}-{rows[at].handle}"
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return replace(draft, choices=tuple(rows), focus=focus)


_ROW_BUTTONS: dict[str, Callable[[Draft, int], Draft]] = {"remove": _removed, "up": _up, "down": _down}


# ---------------------------------------------------------------- two edits of one question


@dataclass(frozen=True)
class Difference:
    """A field two editors wrote differently, in words."""

    label: str
    theirs: str
    mine: str


def differences(theirs: Draft, mine: Draft) -> list[Difference]:
    """What stands differently in two drafts of a question, in the order of the page."""
    stored, sent = _in_words(theirs), _in_words(mine)
    return [Difference(label, stored[label], sent[label]) for label in sent if stored[label] != sent[label]]


def _in_words(draft: Draft) -> dict[str, str]:
    rows = [f"{'✓' if each.right else '–'} {each.text.strip()}" for each in draft.choices if each.text.strip()]
    number = f"{draft.low} to {draft.high}" if draft.right_is == "range" else f"{draft.value} ± {draft.tolerance or 0}"
    right = {Kind.NUMERIC: f"{number} {draft.unit}".strip(), Kind.TEXT: draft.answers.strip()}
    return {
        "Type": draft.kind, "Subject": draft.subject, "Topic": draft.topic, "Difficulty": draft.difficulty,
        "Question": draft.stem.strip(), "Right answer": right.get(Kind(draft.kind), "\n".join(rows))
        if draft.kind in list(Kind) else "", "Explanation": draft.solution.strip(), "Reference": draft.reference,
        "Marks": " ".join(filter(None, (draft.full, draft.wrong, draft.partial))), "Tags": draft.tags,
        "Status": draft.status,
    }  # fmt: skip
