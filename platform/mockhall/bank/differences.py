"""Two edits of one question: the fields that differ, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from mockhall.bank import translations
from mockhall.bank.draft import Choice, Draft
from mockhall.exam.kinds import Kind


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


def changed_fields(old: Draft, new: Draft) -> list[str]:
    """What an edit changed, in words for the history: `Question`, `Choice C`, `Right answer`, `Explanation`."""
    found = []
    for label in (each.label for each in differences(old, new)):
        is_choice = label == "Right answer" and {old.kind, new.kind} <= {Kind.SINGLE, Kind.MULTIPLE}
        found += (_choice_changes(old, new) or ["Choices"]) if is_choice else [label]
    return found


def _choice_changes(old: Draft, new: Draft) -> list[str]:
    before = {each.handle: each for _, each in old.written}
    after = {each.handle: each for _, each in new.written}
    found = [name for letter, each in new.written if (name := _choice_change(letter, before.get(each.handle), each))]
    found += [f"Choice {letter} taken out" for letter, each in old.written if each.handle not in after]
    kept = [handle for handle in before if handle in after]
    if kept != [handle for handle in after if handle in before]:
        found.append("Order of the choices")
    if {each.handle for each in before.values() if each.right} != {
        each.handle for each in after.values() if each.right
    }:
        found.append("Right answer")
    return found


def _choice_change(letter: str, before: Choice | None, after: Choice) -> str:
    if before is None:
        return f"Choice {letter} added"
    if before.text.strip() != after.text.strip():
        return f"Choice {letter}"
    return "" if before.why.strip() == after.why.strip() else f"Why of choice {letter}"


def _in_words(draft: Draft) -> dict[str, str]:
    right = _RIGHT.get(draft.kind, _choices)
    passage = "\n".join(filter(None, (draft.passage_code, draft.passage.strip())))
    return {
        "Type": draft.kind, "Subject": draft.subject, "Topic": draft.topic, "Difficulty": draft.difficulty,
        "Passage": passage, "Question": draft.stem.strip(), "Right answer": right(draft),
        "Explanation": draft.solution.strip(), "Reference": draft.reference,
        "Marks": " ".join(filter(None, (draft.full, draft.wrong, draft.partial))), "Tags": draft.tags,
        "Hindi": _hindi(draft),
    }  # fmt: skip


def _choices(draft: Draft) -> str:
    rows = [
        f"{'✓' if each.right else '–'} {each.text.strip()}" + (f"\n{each.why.strip()}" if each.why.strip() else "")
        for each in draft.choices
        if each.text.strip()
    ]
    rules = {"The last choice stays last": draft.pin_last, "The choices keep their order": not draft.shuffle}
    return "\n".join([*rows, *(said for said, holds in rules.items() if holds)])


def _truth(draft: Draft) -> str:
    return {"t": "True", "f": "False"}.get(draft.truth, "")


def _number(draft: Draft) -> str:
    first = f"{draft.low} to {draft.high}" if draft.right_is == "range" else f"{draft.value} ± {draft.tolerance or 0}"
    per_cent = " %" if draft.tolerance_is == "percent" and draft.tolerance and draft.right_is != "range" else ""
    cut = f"{draft.places} decimals, {draft.places_how}" if draft.places else ""
    return "\n".join(filter(None, (f"{first}{per_cent} {draft.unit}".strip(), draft.also.strip(), cut)))


def _text(draft: Draft) -> str:
    rules = {"Capital letters matter": draft.case, "Spaces are ignored": draft.spaces, "Wildcards": draft.wildcards}
    return "\n".join([draft.answers.strip(), *(said for said, holds in rules.items() if holds)])


def _pairs(draft: Draft) -> str:
    return "\n".join(f"{each.left.strip() or '(nothing)'} → {each.right.strip()}" for each in draft.pairs if each.right)


def _steps(draft: Draft) -> str:
    return "\n".join(f"{at}. {each.text.strip()}" for at, each in enumerate(draft.steps, 1))


def _gaps(draft: Draft) -> str:
    return "\n".join(f"[[{gap.number}]] {gap.type}: {', '.join(gap.lines.split(chr(10)))}" for gap in draft.gaps)


def _hindi(draft: Draft) -> str:
    why = (each.hi_why for each in draft.choices)
    texts = (draft.hi_passage, draft.hi_stem, *(row.said for row in translations.rows(draft)), *why, draft.hi_solution)
    return "\n".join(filter(None, map(str.strip, texts)))


_RIGHT: dict[str, Callable[[Draft], str]] = {
    Kind.TRUE_FALSE: _truth, Kind.NUMERIC: _number, Kind.TEXT: _text, Kind.MATCH: _pairs, Kind.ORDER: _steps,
    Kind.CLOZE: _gaps,
}  # fmt: skip
