"""The translation of a question into Hindi: which fields there are, and what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mockhall.bank.checked import LONGEST_OPTION, LONGEST_STEM, Checked, trimmed
from mockhall.bank.draft import LETTERS, Choice, Draft, Gap, Pair, Step
from mockhall.bank.gaps import RIGHT, lines_of
from mockhall.bank.options import Right, folded
from mockhall.bank.stored import Before
from mockhall.exam.kinds import Kind
from mockhall.exam.shape import GapKind

TRUTHS = {"t": "सत्य", "f": "असत्य"}


@dataclass(frozen=True)
class Row:
    """One field of the translation beside the English: `control` is the id of the control that holds that."""

    control: str
    label: str
    text: str
    said: str


def rows(draft: Draft) -> list[Row]:
    """The fields for what this kind of question lets one choose from."""
    said = dict(draft.hi_rows)
    return [Row(control, label, text, said.get(control, "")) for control, label, text in _english(draft)]


def is_begun(draft: Draft) -> bool:
    """Is anything said in Hindi?"""
    said = (draft.hi_stem, draft.hi_passage, draft.hi_solution, *(row.said for row in rows(draft)))
    return bool("".join((*said, *(row.hi_why for row in draft.choices))).strip())


def in_hindi(draft: Draft) -> Draft:
    """The question as it is read in Hindi; what is not translated yet stays English."""
    said = {control: text for control, text in draft.hi_rows if text.strip()}
    rights = {row.text: row.said for row in rows(draft) if row.control.startswith("right-") and row.said.strip()}
    return replace(
        draft, stem=_either(draft.hi_stem, draft.stem), passage=_either(draft.hi_passage, draft.passage),
        solution=_either(draft.hi_solution, draft.solution),
        choices=tuple(_choice(row, said) for row in draft.choices),
        pairs=tuple(_pair(row, said, rights) for row in draft.pairs),
        steps=tuple(Step(row.handle, said.get(f"step-{row.handle}", row.text)) for row in draft.steps),
        gaps=tuple(_gap(gap, said) for gap in draft.gaps),
    )  # fmt: skip


def _either(said: str, english: str) -> str:
    return said if said.strip() else english


def _choice(row: Choice, said: Mapping[str, str]) -> Choice:
    return replace(row, text=said.get(f"option-{row.handle}", row.text), why=_either(row.hi_why, row.why))


def _pair(row: Pair, said: Mapping[str, str], rights: Mapping[str, str]) -> Pair:
    """A right that stands twice is translated once."""
    return replace(row, left=said.get(f"left-{row.handle}", row.left), right=rights.get(row.right, row.right))


def _gap(gap: Gap, said: Mapping[str, str]) -> Gap:
    """Choices are translated line by line; while their numbers differ, they are shown as they are."""
    texts = [text for text, _ in lines_of(said.get(f"gap-{gap.number}", ""))]
    marks = [right for _, right in lines_of(gap.lines)]
    if gap.type != GapKind.CHOICE or len(texts) != len(marks):
        return gap
    lines = (f"{RIGHT if right else ''}{text}" for text, right in zip(texts, marks, strict=True))
    return replace(gap, lines="\n".join(lines))


def kept(draft: Draft) -> list[tuple[str, str]]:
    """What is said of rows that this type doesn't show: it goes along, so that changing the type back loses nothing.
    Of rows that are gone nothing stays: a new row could come to have their name."""
    shown = {row.control for row in rows(draft)}
    others = _controls(draft) - shown
    return [(control, said) for control, said in draft.hi_rows if control in others and said.strip()]


def _controls(draft: Draft) -> set[str]:
    """The controls of all rows of the form, whatever its type."""
    found = {f"option-{row.handle}" for row in draft.choices} | {f"step-{row.handle}" for row in draft.steps}
    found |= {f"{side}-{row.handle}" for row in draft.pairs for side in ("left", "right")}
    return found | {f"gap-{gap.number}" for gap in draft.gaps}


def _english(draft: Draft) -> list[tuple[str, str, str]]:
    if draft.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        letters = [*LETTERS, *map(str, range(len(LETTERS) + 1, len(draft.choices) + 1))]
        return [(f"option-{r.handle}", f"Choice {n}", r.text) for n, r in zip(letters, draft.choices, strict=False)]
    if draft.kind == Kind.MATCH:
        return _sides(draft)
    if draft.kind == Kind.ORDER:
        return [(f"step-{row.handle}", f"Step {at}", row.text) for at, row in enumerate(draft.steps, 1)]
    if draft.kind == Kind.CLOZE:
        return [
            (f"gap-{gap.number}", f"Choices of gap {gap.number}, in the same order",
             "\n".join(text for text, _ in lines_of(gap.lines)))
            for gap in draft.gaps if gap.type == GapKind.CHOICE
        ]  # fmt: skip
    return []


def _sides(draft: Draft) -> list[tuple[str, str, str]]:
    """Both sides of each pair, a right that stands twice once. One that is empty may be about to be written."""
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for at, pair in enumerate(draft.pairs, 1):
        left, right = f"left-{pair.handle}", f"right-{pair.handle}"
        found["left", left] = (left, f"Left side {at}", pair.left)
        found.setdefault(("right", folded(pair.right) or right), (right, f"Right side {at}", pair.right))
    return list(found.values())


def check(draft: Draft, right: Right, before: Before, found: Checked) -> None:
    """Put what the fields say into the contents; languages the form doesn't show stay as they are."""
    stem = found.text("hi_stem", trimmed(draft.hi_stem), LONGEST_STEM)
    passage = found.text("hi_passage", trimmed(draft.hi_passage), LONGEST_STEM)
    solution = found.text("hi_solution", trimmed(draft.hi_solution), LONGEST_STEM)
    options = _truths(draft, before) if draft.kind == Kind.TRUE_FALSE else _options(draft, right, found)
    if options and not stem:
        found.errors["hi_stem"] = "Translate the question too: its choices are translated."
    said: dict[str, Any] = {"stem": stem, "options": options}
    said |= {"passage": passage} if passage else {}
    found.contents["translations"] = _with(before.translations, said if stem else None)
    found.contents["solution_translations"] = _with(before.solution_translations, solution or None)
    if passage and not stem:
        found.errors["hi_stem"] = "Translate the question too: its passage is translated."


def _with(stored: Mapping[str, Any], said: Any) -> dict[str, Any]:
    others = {language: text for language, text in stored.items() if language != "hi"}
    return others | ({"hi": said} if said else {})


def _truths(draft: Draft, before: Before) -> dict[str, str]:
    """True and false: the usual words, or those a file gave them."""
    said = before.translations.get("hi", {}).get("options", {})
    return (said if set(said) == set(TRUTHS) else TRUTHS) if draft.hi_stem.strip() else {}


def _options(draft: Draft, right: Right, found: Checked) -> dict[str, str]:
    """Each option's text by its id: all of them or none, for half a question can't be answered."""
    # A side of a pair may be empty: a right too many has no left.
    asked = [row for row in rows(draft) if draft.kind != Kind.MATCH or row.text.strip()]
    if not any(row.said.strip() for row in asked):
        return {}
    texts: dict[str, str] = {}
    for row in asked:
        name = f"hi-{row.control}"
        found.text(name, row.said, 10 * LONGEST_OPTION, f"{row.label}: translate it too, or none of them.")
        if draft.kind == Kind.CLOZE:
            texts |= _lines(row, right, found)
        elif row.control in right.ids:
            texts[right.ids[row.control]] = row.said.strip()
    return texts


def _lines(row: Row, right: Right, found: Checked) -> dict[str, str]:
    """The choices of one gap, a line each, in the order of the English."""
    number = row.control.removeprefix("gap-")
    choices: Sequence[Mapping[str, str]] = next(
        (each.get("choices", []) for each in right.options if str(each["gap"]) == number), []
    )
    lines = list(filter(None, map(str.strip, row.said.split("\n"))))
    if len(lines) != len(choices) and choices:
        said = f"Gap {number} has {len(choices)} choices, and {len(lines)} are translated. Write one a line."
        found.errors.setdefault(f"hi-{row.control}", said)
        return {}
    return {choice["id"]: line for choice, line in zip(choices, lines, strict=False)}
