"""The gaps of a cloze: found in the stem as `[[1]]`, each with its choices, accepted answers or number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockhall.bank.checked import LONGEST_OPTION, Checked
from mockhall.bank.draft import FEWEST, MOST, Draft, Gap
from mockhall.bank.keys import accepted
from mockhall.bank.numbers import line_of, number_line
from mockhall.bank.options import Right, folded, fresh_id
from mockhall.exam.errors import RuleError
from mockhall.exam.shape import GapKind

MOST_GAPS = 20
RIGHT = "* "
"""What stands before the right choice of a gap."""
_GAP = re.compile(r"\[\[([1-9][0-9]?)\]\]")
Before = Mapping[str, Sequence[Mapping[str, str]]]
"""The choices each gap had in the version the edit began from."""


def numbers_in(stem: str) -> list[int]:
    """The gaps of a stem in the order of their numbers; one that stands twice counts once here."""
    return sorted({int(number) for number in _GAP.findall(stem[:100_000])})


def with_gaps(draft: Draft) -> Draft:
    """The form with a row for each gap of the stem; a row whose gap is gone stays while something is written in it."""
    typed = {gap.number: gap for gap in draft.gaps}
    numbers = {gap.number for gap in draft.gaps if gap.lines.strip()} | set(numbers_in(draft.stem))
    return replace(draft, gaps=tuple(typed.get(number, Gap(number)) for number in sorted(numbers)))


def gaps(draft: Draft, before: Before, found: Checked) -> Right:
    """Options and key of a cloze, with an error beside each gap that doesn't fit."""
    _check_stem(draft.stem, found)
    rows = {gap.number: gap for gap in draft.gaps}
    right = Right(key={"gaps": {}})
    for number in numbers_in(draft.stem)[:MOST_GAPS]:
        _add(right, rows.get(number, Gap(number)), before.get(str(number), []), found)
    for gap in draft.gaps:
        if gap.number not in numbers_in(draft.stem) and gap.lines.strip():
            found.errors[f"gap-{gap.number}"] = (
                f"The question has no [[{gap.number}]]. Put it where the gap belongs, or empty this field."
            )
    return right


def _check_stem(stem: str, found: Checked) -> None:
    written = [int(number) for number in _GAP.findall(stem[:100_000])]
    said = ""
    if not written:
        said = "Put [[1]] where the first gap belongs, [[2]] where the next does."
    elif len(set(written)) < len(written):
        twice = next(number for number in written if written.count(number) > 1)
        said = f"[[{twice}]] stands twice. Give each gap a number of its own."
    elif sorted(written) != list(range(1, len(written) + 1)):
        said = f"Number the gaps from [[1]] to [[{len(written)}]], leaving none out."
    elif len(written) > MOST_GAPS:
        said = f"A question has at most {MOST_GAPS} gaps. This one has {len(written)}."
    if said:
        found.errors.setdefault("stem", said)


def _add(right: Right, gap: Gap, before: Sequence[Mapping[str, str]], found: Checked) -> None:
    control = f"gap-{gap.number}"
    found.text(control, gap.lines, 10 * LONGEST_OPTION, f"Gap {gap.number} has no answer yet. Write what fits it.")
    row: dict[str, Any] = {"id": f"g{gap.number}", "gap": gap.number, "type": gap.type, "choices": []}
    try:
        if gap.type == GapKind.CHOICE:
            row["choices"], key = _chosen(gap, before, control)
        elif gap.type == GapKind.NUMBER:
            key = number_line(gap.lines.strip(), control)
        elif gap.type == GapKind.TEXT:
            key = {"answers": accepted(gap.lines, gap.case, control), "case": gap.case}
        else:
            raise RuleError(control, "Choose how this gap is filled.")
    except RuleError as error:
        found.errors.setdefault(error.field, error.text)
        return
    right.options.append(row)
    right.key["gaps"][str(gap.number)] = key


def _chosen(gap: Gap, before: Sequence[Mapping[str, str]], control: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The choices of a gap, in the order written, and the key among them."""
    lines = lines_of(gap.lines)
    texts = [text for text, _ in lines]
    if not FEWEST <= len(texts) <= MOST:
        raise RuleError(control, f"A gap has {FEWEST} to {MOST} choices, one a line. This has {len(texts)}.")
    if len({folded(text) for text in texts if len(text) <= LONGEST_OPTION}) < len(texts):
        raise RuleError(control, "Two choices of this gap are the same. Change or remove one of them.")
    if sum(is_right for _, is_right in lines) != 1:
        raise RuleError(control, "Put * and a space before the one right choice of this gap.")
    ids = kept_ids(texts, before)
    right = [made for made, (_, is_right) in zip(ids, lines, strict=True) if is_right]
    return [{"id": made, "text": text} for made, text in zip(ids, texts, strict=True)], {"options": right}


def lines_of(written: str) -> list[tuple[str, bool]]:
    """The choices of a gap as written, and whether each is marked as right."""
    lines = list(filter(None, map(str.strip, written.split("\n"))))
    return [(line.removeprefix(RIGHT).strip(), line.startswith(RIGHT)) for line in lines]


def kept_ids(texts: Sequence[str], before: Sequence[Mapping[str, str]]) -> list[str]:
    """An option id for each line: that of the same text before; for a line that was reworded, while there are as many
    lines as before, that of the line at its place; else a new one."""
    same = {folded(row["text"]): row["id"] for row in before}
    ids = [same.get(folded(text), "") for text in texts]
    if len(texts) == len(before):
        ids = [made or (row["id"] if row["id"] not in ids else "") for made, row in zip(ids, before, strict=True)]
    return [made or fresh_id() for made in ids]


def of_stored(options: Iterable[Mapping[str, Any]], key: Mapping[str, Any]) -> tuple[Gap, ...]:
    """The rows of a stored cloze."""
    return tuple(_row(option, key["gaps"].get(str(option["gap"]), {})) for option in options)


def _row(option: Mapping[str, Any], key: Mapping[str, Any]) -> Gap:
    if option["type"] == GapKind.CHOICE:
        right = key.get("options", [])
        lines = [f"{RIGHT if row['id'] in right else ''}{row['text']}" for row in option.get("choices", [])]
    elif option["type"] == GapKind.TEXT:
        lines = list(key.get("answers", []))
    else:
        lines = [line_of(key)]
    return Gap(int(option["gap"]), option["type"], "\n".join(lines), bool(key.get("case", False)))
