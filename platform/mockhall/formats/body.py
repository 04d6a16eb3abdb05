"""The Markdown of a question taken apart: stem, options, explanation, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from mockhall.formats.fences import blocks
from mockhall.formats.problems import Report, quoted, suggestion
from mockhall.formats.rows import Line, Pair, read_items, read_pairs

OPTION = re.compile(r"- \[([ xX])\](?:[ \t]+(.*))?$")
PIN = "{pinned}"
LISTS = ("Options", "Pairs", "Items")
PARTS = (*LISTS, "Explanation")


@dataclass(frozen=True)
class Choice:
    """An option as it stands in the file, `why` it is right or wrong where the file says so."""

    line: int
    text: str
    right: bool
    pinned: bool
    why: str = ""


@dataclass(frozen=True)
class Body:
    """The parts of a question's text; `options_line` is None where there is no `## Options`."""

    stem: str
    solution: str
    choices: tuple[Choice, ...]
    options_line: int | None
    first_line: int
    pairs: tuple[Pair, ...] = ()
    items: tuple[Choice, ...] = ()
    headings: Mapping[str, int] = field(default_factory=dict)


def read_body(text: str, first: int, report: Report) -> Body | None:
    """The parts of the Markdown whose first line is line `first` of the file. None when a code block is left open."""
    lines = [(first + place, line.rstrip()) for place, line in enumerate(text.split("\n"))]
    fenced = _fenced(lines, report)
    if fenced is None:
        return None
    parts = _parts(lines, fenced, report)
    stem, options, pairs, items, solution = (parts.get(name, []) for name in ("", *PARTS))
    return Body(
        stem=_joined(stem[1:]),
        solution=_joined(solution[1:]),
        choices=tuple(_choices(options[1:], fenced, report)),
        options_line=options[0][0] if options else None,
        first_line=first,
        pairs=tuple(read_pairs(pairs[1:], report)),
        items=tuple(Choice(number, text, right=False, pinned=False) for number, text in read_items(items[1:], report)),
        headings={name: rows[0][0] for name, rows in parts.items() if name},
    )


def _joined(lines: list[Line]) -> str:
    return "\n".join(line for _, line in lines).strip("\n")


def _fenced(lines: list[Line], report: Report) -> set[int] | None:
    """The numbers of the lines in code blocks, fences too: what looks like a heading there is code."""
    inside: set[int] = set()
    for block in blocks([line for _, line in lines]):
        if block.last is None:
            number = lines[block.first][0]
            report.error(number, f"The code block opened here is never closed. Add a line of just {block.fence}")
            return None
        inside.update(number for number, _ in lines[block.first : block.last + 1])
    return inside


def _parts(lines: list[Line], fenced: set[int], report: Report) -> dict[str, list[Line]]:
    """The lines of each part, its heading's first. The stem is named "" and its heading is a made-up one."""
    parts: dict[str, list[Line]] = {"": [(lines[0][0], "")]}
    name = ""
    for number, line in lines:
        title = line[3:].strip(" \t#") if line.startswith("## ") and number not in fenced else ""
        if title in PARTS:
            name = _begin(title, number, parts, report)
        else:
            parts[name].append((number, line))
            hint = suggestion(title, PARTS)
            if hint:
                report.error(number, f"The heading {quoted(line)} isn't known.{hint}")
    return parts


def _begin(name: str, number: int, parts: dict[str, list[Line]], report: Report) -> str:
    if name in parts:
        report.error(number, f"`## {name}` stands twice. Join the two.")
    elif name in LISTS and "Explanation" in parts:
        report.error(number, f"`## {name}` stands behind `## Explanation`. Put it before.")
    parts.setdefault(name, [(number, "")])
    return name


def _choices(lines: list[Line], fenced: set[int], report: Report) -> Iterator[Choice]:
    starts = [place for place, (_, line) in enumerate(lines) if OPTION.match(line)]
    for number, line in lines[: starts[0] if starts else len(lines)]:
        if line:
            report.error(number, _not_an_option(line))
    for start, end in pairwise([*starts, len(lines)]):
        yield _choice(lines[start:end], fenced, report)


def _not_an_option(line: str) -> str:
    return f"An option begins with `- [ ] ` or, where it is right, `- [x] `; {quoted(line)} doesn't."


def _choice(lines: list[Line], fenced: set[int], report: Report) -> Choice:
    number, head = lines[0]
    found = OPTION.match(head)
    mark, start = (found[1], found[2] or "") if found else (" ", head)
    for place, line in lines[1:]:
        if line and not line.startswith("  "):
            code = "Indent the lines of an option's code block by two spaces." if place in fenced else ""
            report.error(place, code or f"{_not_an_option(line)} Indent the further lines of an option by two spaces.")
    rest, why = _explained(lines[1:], fenced, report)
    text = "\n".join([start, *(line.removeprefix("  ") for _, line in rest)]).strip()
    pinned = text.endswith(PIN)
    text = text.removesuffix(PIN).rstrip()
    if not text:
        report.error(number, "This option has no text. Write one or delete the line.")
    return Choice(number, text, mark in "xX", pinned, why)


def _explained(lines: list[Line], fenced: set[int], report: Report) -> tuple[list[Line], str]:
    """The further lines of an option's text, and what its lines with `> ` say: why it is right or wrong."""
    first = next((at for at, (number, line) in enumerate(lines) if _is_why(number, line, fenced)), len(lines))
    for number, line in lines[first:]:
        if line and not _is_why(number, line, fenced):
            # Shown with the option it would be read before it may be.
            report.error(number, "Lines with `> ` explain an option and stand behind all of its text. Move this line.")
    why = "\n".join(line.strip().removeprefix(">").removeprefix(" ") for _, line in lines[first:])
    return lines[:first], why.strip()


def _is_why(number: int, line: str, fenced: set[int]) -> bool:
    return line.startswith("  >") and number not in fenced
