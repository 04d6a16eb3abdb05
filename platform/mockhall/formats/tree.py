"""YAML as nodes that know their line. Scalars stay text: `0.10` is "0.10", and `no` is no boolean.

Built from parser events, so nesting can't exhaust the stack, and aliases are refused before they multiply.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Protocol

import yaml

from mockhall.formats.problems import Report, quoted
from mockhall.formats.source import CONTROL

MAX_DEPTH = 8
MAX_EVENTS = 10_000


@dataclass(frozen=True)
class Scalar:
    """A word, number or text as written; `plain` when it stood without quotes."""

    line: int
    text: str
    plain: bool

    @property
    def empty(self) -> bool:
        return self.text.strip() == "" or (self.plain and self.text.lower() in ("~", "null"))


@dataclass(frozen=True)
class Items:
    """A YAML list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Table:
    """A YAML mapping; each key stands once."""

    line: int
    pairs: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.text == key), None)


Node = Scalar | Items | Table


class Mark(Protocol):
    """A place in the text, by PyYAML's own parser or the C one."""

    @property
    def index(self) -> int: ...


class _Refused(Exception):
    """YAML that is well formed, but not for us."""

    def __init__(self, mark: Mark | None, text: str) -> None:
        super().__init__(text)
        self.mark = mark


def read_table(text: str, first: int, report: Report) -> Table | None:
    """The mapping written in `text`, which begins at line `first` of the file; None and an error if there is none."""
    lines = _Lines(text, first)
    try:
        node = _build(text, lines, report)
    except _Refused as refused:
        report.error(lines.of(refused.mark), str(refused))
    except yaml.MarkedYAMLError as error:
        report.error(lines.of(error.problem_mark), f"This isn't YAML: {error.problem}. {_hint(error)}")
    except (yaml.YAMLError, ValueError, OverflowError):  # the last two escape from PyYAML on odd numbers in escapes
        report.error(first, "This isn't YAML. Look for odd characters or escapes.")
    else:
        if isinstance(node, Table):
            return node
        report.error(first, "Lines of the form `name: value` are expected here.")
    return None


def _hint(error: yaml.MarkedYAMLError) -> str:
    if "tab" in str(error) or "'\\t'" in str(error):
        return "Indent with spaces, never with tabs."
    return "Put a value holding `: `, ` #` or a sign at its start between quotes, and line up what belongs together."


class _Lines:
    """Line numbers counted anew: PyYAML takes U+0085, U+2028 and U+2029 for line ends too, editors don't."""

    def __init__(self, text: str, first: int) -> None:
        self.first = first
        self.ends = [place for place, char in enumerate(text) if char == "\n"]

    def of(self, mark: Mark | None) -> int:
        return self.first + (bisect_left(self.ends, mark.index) if mark else 0)


class _Open:
    """A list or mapping whose end hasn't come yet."""

    def __init__(self, line: int, table: bool) -> None:
        self.line = line
        self.table = table
        self.nodes: list[Node] = []

    def close(self, report: Report) -> Node:
        if not self.table:
            return Items(self.line, tuple(self.nodes))
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(self.nodes[::2], self.nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                report.error(key.line, "A name before a colon has to be a word, not a list.")
            elif key.text in pairs:
                report.error(key.line, f"{quoted(key.text)} stands twice. Keep one.")
            else:
                pairs[key.text] = (key, value)
        return Table(self.line, tuple(pairs.values()))


def _build(text: str, lines: _Lines, report: Report) -> Node | None:
    documents = _Open(lines.first, table=False)
    stack = [documents]
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        line = lines.of(event.start_mark)
        if count > MAX_EVENTS:
            raise _Refused(event.start_mark, f"There are over {MAX_EVENTS} values. Split the file.")
        _refuse(event, len(stack), len(documents.nodes))
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Open(line, isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            stack[-1].nodes.append(done.close(report))
        elif isinstance(event, yaml.ScalarEvent):
            stack[-1].nodes.append(Scalar(line, event.value, event.implicit[0]))
    return documents.nodes[0] if documents.nodes else None


def _refuse(event: yaml.Event, depth: int, documents: int) -> None:
    mark = event.start_mark
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused(mark, "YAML's `&` and `*` aren't used here. Write the value out, or put it between quotes.")
    if getattr(event, "tag", None):
        raise _Refused(mark, "YAML's `!` tags aren't used here. Leave the tag out, or put the value between quotes.")
    if depth > MAX_DEPTH:
        raise _Refused(mark, f"Lists within lists are {MAX_DEPTH} deep here. Write it flatter.")
    if documents and isinstance(event, yaml.DocumentStartEvent):
        raise _Refused(mark, "A second `---` begins another document. Keep one.")
    if isinstance(event, yaml.ScalarEvent) and CONTROL.search(event.value):
        raise _Refused(mark, "An escape in this value makes a control character. Leave it out.")
