"""The buttons of the form that store nothing: another row, a row up, down or away, the fields of another type."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mockhall.bank.draft import MOST, MOST_PAIRS, Choice, Draft, Pair, Step
from mockhall.exam.kinds import Kind

ROWS: dict[str, tuple[str, str, int, Callable[[str], Any]]] = {
    Kind.SINGLE: ("choices", "option", MOST, Choice),
    Kind.MULTIPLE: ("choices", "option", MOST, Choice),
    Kind.MATCH: ("pairs", "left", MOST_PAIRS, Pair),
    Kind.ORDER: ("steps", "step", MOST, Step),
}
"""For each kind with rows: the draft's field, what the row's control is called, how many there may be, a new row."""


def edited(draft: Draft, then: str) -> Draft | None:
    """The form after `add_row`, `remove:2`, `up:2`, `down:2`, `kind` or `preview`; None for any other button."""
    verb, _, place = then.partition(":")
    if verb in {"kind", "preview"}:
        return replace(draft, focus=verb)
    if draft.kind not in ROWS:
        return None
    if verb == "add_row":
        return _added(draft)
    change = _ROW_BUTTONS.get(verb)
    at = int(place) - 1 if place.isascii() and place.isdigit() and len(place) < 3 else -1
    if change is None or not 0 <= at < len(_rows(draft)):
        return None
    return change(draft, at)


def _rows(draft: Draft) -> list[Any]:
    return list(getattr(draft, ROWS[draft.kind][0]))


def _with(draft: Draft, rows: list[Any], focus: str, **changes: Any) -> Draft:
    new: dict[str, Any] = {ROWS[draft.kind][0]: tuple(rows)}
    return replace(draft, focus=focus, **new, **changes)


def _added(draft: Draft) -> Draft:
    _, control, most, new = ROWS[draft.kind]
    rows = _rows(draft)
    if len(rows) >= most:
        return replace(draft, focus="add-row")
    taken = {each.handle for each in rows}
    handle = next(name for name in (f"new{n}" for n in range(1, most + 2)) if name not in taken)
    return _with(draft, [*rows, new(handle)], f"{control}-{handle}")


def _removed(draft: Draft, at: int) -> Draft:
    rows, control = _rows(draft), ROWS[draft.kind][1]
    kept = rows[:at] + rows[at + 1 :]
    focus = f"{control}-{kept[min(at, len(kept) - 1)].handle}" if kept else "add-row"
    # The pin was meant for the choice that goes.
    pin_last = draft.pin_last and (control != "option" or at < len(kept))
    return _with(draft, kept, focus, pin_last=pin_last)


def _up(draft: Draft, at: int) -> Draft:
    return _swapped(draft, at, at - 1, "up")


def _down(draft: Draft, at: int) -> Draft:
    return _swapped(draft, at, at + 1, "down")


def _swapped(draft: Draft, at: int, other: int, button: str) -> Draft:
    rows = _rows(draft)
    focus = f"{button}-{rows[at].handle}"
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return _with(draft, rows, focus)


_ROW_BUTTONS: dict[str, Callable[[Draft, int], Draft]] = {"remove": _removed, "up": _up, "down": _down}
