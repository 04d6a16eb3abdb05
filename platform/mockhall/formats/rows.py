"""The rows of `## Pairs` and `## Items`: what belongs together, and what comes after what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mockhall.formats.problems import Report, quoted

Line = tuple[int, str]

ARROW = re.compile(r"(?:^|[ \t]+)->(?=[ \t]|$)")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
ITEM = re.compile(r"[0-9]{1,2}\.[ \t]+(.*)$")


@dataclass(frozen=True)
class Pair:
    """A row of `## Pairs`; without a `left` it is one more right side that belongs to none."""

    line: int
    left: str
    right: str


def read_pairs(lines: list[Line], report: Report) -> Iterator[Pair]:
    """Rows of the form `- left -> right`; the first arrow outside of code divides."""
    for number, line in lines:
        if not line.strip():
            continue
        left, arrow, right = _divided(line.removeprefix("- "))
        if not line.startswith("- ") or not arrow or not right:
            said = f"A pair is written `- left -> right`, a right side of none `- -> right`; {quoted(line)} is neither."
            report.error(number, said)
            continue
        yield Pair(number, left, right)


def _divided(text: str) -> tuple[str, bool, str]:
    """The text before and behind the arrow; an arrow in code divides nothing."""
    hidden = CODE.sub(lambda found: "x" * len(found[0]), text)
    found = ARROW.search(hidden)
    if found is None:
        return text.strip(), False, ""
    return text[: found.start()].strip(), True, text[found.end() :].strip()


def read_items(lines: list[Line], report: Report) -> Iterator[Line]:
    """Rows of the form `1. text`, in the right order, further lines of one indented by three spaces."""
    starts = [place for place, (_, line) in enumerate(lines) if ITEM.match(line)]
    for number, line in lines[: starts[0] if starts else len(lines)]:
        if line.strip():
            report.error(number, f"An item is written `1. text`; {quoted(line)} isn't.")
    for start, end in pairwise([*starts, len(lines)]):
        yield _item(lines[start:end], report)


def _item(lines: list[Line], report: Report) -> Line:
    number, head = lines[0]
    for place, line in lines[1:]:
        if line.strip() and not line.startswith("   "):
            report.error(place, f"Indent the further lines of an item by three spaces; {quoted(line)} isn't.")
    first = head.partition(".")[2].strip()
    return number, "\n".join([first, *(line.removeprefix("   ") for _, line in lines[1:])]).strip()
