"""Fenced code blocks in Markdown: where they stand, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A fence may stand right behind an option's box. Backticks later in the line make it inline code.
FENCE = re.compile(r"([ \t]*)(?:- \[[ xX]?\][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})(.*)$")


@dataclass(frozen=True)
class Block:
    """A code block: places of its fences in the list of lines, `last` None when it is never closed."""

    first: int
    last: int | None
    fence: str
    info: str
    code: str


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The code blocks in their order."""
    opened: tuple[int, re.Match[str]] | None = None
    for place, line in enumerate(lines):
        if opened is None:
            found = FENCE.match(line)
            opened = (place, found) if found else None
        elif _closes(line.strip(), opened[1][2]):
            yield _block(lines, opened, place)
            opened = None
    if opened:
        yield _block(lines, opened, None)


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and line == fence[0] * len(line)


def _block(lines: Sequence[str], opened: tuple[int, re.Match[str]], last: int | None) -> Block:
    first, found = opened
    pad = len(found[1])
    code = [line[pad:] if not line[:pad].strip() else line.lstrip() for line in lines[first + 1 : last]]
    return Block(first, last, found[2], found[3].strip(), "\n".join(code))
