"""Options and keys of the kinds with rows: choices, true or false, pairs, steps; beside each row what doesn't fit."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockhall.bank.checked import LONGEST_OPTION, Checked
from mockhall.bank.draft import FEWEST, LETTERS, MOST, MOST_PAIRS, Draft, Pair
from mockhall.exam.key import FEWEST_IN_ORDER
from mockhall.exam.kinds import Kind
from mockhall.web.codes import new_code

TRUTHS = {"t": "True", "f": "False"}


@dataclass
class Right:
    """What counts as right: options and key as they are stored, and which option each control of the form writes."""

    options: list[dict[str, Any]] = field(default_factory=list)
    key: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def fresh_id() -> str:
    """Ids are random, never from place or key: what a candidate is sent must not tell the answer."""
    return f"c{new_code(6)}"


def choices(draft: Draft, known: Iterable[str], found: Checked) -> Right:
    """The rows of a question with one or several right choices."""
    _check_rows([(f"option-{each.handle}", each.handle, each.text) for each in draft.choices], known, found)
    _check_key(draft, found)
    ids = _ids((each.handle for each in draft.choices), known)
    last = len(draft.choices) - 1
    rows = [
        {"id": ids[each.handle], "text": each.text.strip(), "pinned": draft.pin_last if at == last else each.pinned}
        for at, each in enumerate(draft.choices)
    ]
    for each in draft.choices:
        found.text(f"why-{each.handle}", each.why, LONGEST_OPTION)
        found.text(f"hi-why-{each.handle}", each.hi_why, LONGEST_OPTION)
    right = sorted(ids[each.handle] for each in draft.choices if each.right)
    return Right(rows, {"options": right}, {f"option-{handle}": made for handle, made in ids.items()})


def explanations(draft: Draft, right: Right, stored: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Why each choice is right or wrong, by its id. Languages the form doesn't show stay as they are, of the choices
    that stay."""
    if draft.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
        return {}
    ids = {row["id"] for row in right.options}
    handles = [(right.ids[f"option-{each.handle}"], each) for each in draft.choices]
    said = {
        "en": {option: each.why.strip() for option, each in handles if each.why.strip()},
        "hi": {option: each.hi_why.strip() for option, each in handles if each.hi_why.strip()},
    }
    others = {
        language: {option: why for option, why in texts.items() if option in ids}
        for language, texts in stored.items()
        if language not in said
    }
    return {language: texts for language, texts in (said | others).items() if texts}


def _check_key(draft: Draft, found: Checked) -> None:
    right = [each for each in draft.choices if each.right]
    if not FEWEST <= len(draft.choices) <= MOST:
        found.errors["options"] = f"A question has {FEWEST} to {MOST} choices. This one has {len(draft.choices)}."
    elif not right:
        one = "the right choice" if draft.kind == Kind.SINGLE else "each right choice"
        found.errors["options"] = f"No choice is marked as right. Tick {one}."
    elif draft.kind == Kind.SINGLE and len(right) > 1:
        found.errors["options"] = "More than one choice is marked as right. Keep one, or ask for several answers."


def truth(draft: Draft, found: Checked) -> Right:
    """True or false."""
    if draft.truth not in TRUTHS:
        found.errors["truth"] = "Say whether the statement is true or false."
    rows = [{"id": name, "text": text, "pinned": True} for name, text in TRUTHS.items()]
    return Right(rows, {"options": [draft.truth]})


def steps(draft: Draft, known: Iterable[str], found: Checked, stood: Sequence[str] = ()) -> Right:
    """What is put in order. The options are stored as they `stood`, new ones by their random ids behind them: the
    order in which they are stored says nothing of the right one."""
    rows = [(f"step-{each.handle}", each.handle, each.text) for each in draft.steps]
    _check_rows(rows, known, found, "Step")
    if not FEWEST_IN_ORDER <= len(rows) <= MOST:
        found.errors["options"] = f"An order has {FEWEST_IN_ORDER} to {MOST} steps. This one has {len(rows)}."
    ids = _ids((each.handle for each in draft.steps), known)
    options = [{"id": ids[each.handle], "text": each.text.strip(), "pinned": False} for each in draft.steps]
    return Right(
        sorted(options, key=_standing(stood)), {"order": [ids[each.handle] for each in draft.steps]},
        {f"step-{handle}": made for handle, made in ids.items()},
    )  # fmt: skip


# ---------------------------------------------------------------- pairs


def pairs(draft: Draft, known: Iterable[str], found: Checked, stood: Sequence[str] = ()) -> Right:
    """What is matched. Rows of the same right share its option; rights are stored as `steps` are."""
    rows = [each for each in draft.pairs if each.left.strip() or each.right.strip()]
    _check_pairs(rows, known, found)
    ids = _ids((each.handle for each in rows if each.left.strip()), known)
    rights = _rights(rows, known)
    lefts = [{"id": ids[row.handle], "text": row.left.strip(), "side": "left"} for row in rows if row.left.strip()]
    shown = {rights[folded(row.right)]: row.right.strip() for row in rows}
    right_rows = [{"id": made, "text": text, "side": "right"} for made, text in shown.items()]
    key = {ids[row.handle]: rights[folded(row.right)] for row in rows if row.left.strip()}
    controls = {f"left-{handle}": made for handle, made in ids.items()}
    controls |= {f"right-{row.handle}": rights[folded(row.right)] for row in rows}
    return Right([*lefts, *sorted(right_rows, key=_standing(stood))], {"pairs": key}, controls)


def _standing(stood: Sequence[str]) -> Callable[[dict[str, Any]], tuple[int, str]]:
    places = {handle: place for place, handle in enumerate(stood)}
    return lambda row: (places.get(row["id"], len(places)), row["id"])


def _check_pairs(rows: list[Pair], known: Iterable[str], found: Checked) -> None:
    lefts = [row for row in rows if row.left.strip()]
    if not FEWEST <= len(lefts) <= MOST or len(rows) > MOST_PAIRS:
        found.errors["options"] = (
            f"A match has {FEWEST} to {MOST} pairs, and {MOST_PAIRS} rows with those that match nothing. "
            f"This one has {len(lefts)} and {len(rows)}."
        )
    _check_rows([(f"left-{row.handle}", row.handle, row.left) for row in lefts], known, found, "Left side")
    for row in rows:
        name = f"right-{row.handle}"
        found.text(name, row.right, LONGEST_OPTION, "Write what belongs to this, or remove the row.")
        if row.right_handle and row.right_handle not in known:
            found.errors[name] = "This came from another question. Remove the row and write it again."
    many = {folded(row.right[: LONGEST_OPTION + 1]) for row in rows}
    if len(lefts) >= FEWEST and len(many) < FEWEST:
        found.errors.setdefault("options", "All rows have the same right side, so there is nothing to match.")


def _rights(rows: list[Pair], known: Iterable[str]) -> dict[str, str]:
    """An id for each text on the right: its own while it has one that no other text took."""
    found: dict[str, str] = {}
    for row in rows:
        own = row.right_handle if row.right_handle in known else ""
        made = own if own and own not in found.values() else fresh_id()
        found.setdefault(folded(row.right), made)
    return found


# ---------------------------------------------------------------- rows of all kinds


def _ids(handles: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Each row's option id: the one it has, or a new one."""
    return {handle: handle if handle in known else fresh_id() for handle in handles}


def _check_rows(rows: list[tuple[str, str, str]], known: Iterable[str], found: Checked, word: str = "Choice") -> None:
    """Rows are (control, handle, text)."""
    seen: dict[str, str] = {}
    for at, (name, handle, text) in enumerate(rows):
        letter = LETTERS[at] if at < MOST and word == "Choice" else str(at + 1)
        if handle not in known and not _is_new(handle):
            found.errors[name] = f"{word} {letter} came from another question. Remove it and write it again."
        found.text(name, text, LONGEST_OPTION, f"{word} {letter} is empty. Write it or remove it.")
        # Comparing takes the square of the length, and what is longer is refused already.
        first = seen.setdefault(folded(text[: LONGEST_OPTION + 1]), letter)
        if first != letter and text.strip():
            found.errors.setdefault(name, f"{word} {letter} is the same as {first}. Change or remove one of them.")


def _is_new(handle: str) -> bool:
    return handle.startswith("new") and handle[3:].isdigit()


def folded(text: str) -> str:
    """A choice as it looks on a page: runs of spaces show as one, but not in a code block. Case is kept: in code
    `True` and `true` are two answers."""
    text = unicodedata.normalize("NFC", text)
    return text.strip() if "```" in text or "~~~" in text else " ".join(text.split())
