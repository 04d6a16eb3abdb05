"""What is wrong in a file: where it stands, what it is, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Level = Literal["error", "notice"]


@dataclass(frozen=True)
class Problem:
    """One finding. `line` counts from 1; 0 means the file or folder as a whole."""

    file: str
    line: int
    text: str
    level: Level = "error"
    question: str = ""

    def __str__(self) -> str:
        """`file:line: text`, as editors and terminals know it."""
        mild = "" if self.level == "error" else f"{self.level}: "
        return f"{self.file}:{self.line}: {mild}{self.text}"


class Report:
    """Collects the problems of one file; `failed` once an error is among them."""

    def __init__(self, file: str, question: str = "") -> None:
        self.file = printable(file)
        self.question = printable(question)
        self.problems: list[Problem] = []

    @property
    def failed(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    def error(self, line: int, text: str) -> None:
        self.problems.append(Problem(self.file, line, printable(text), "error", self.question))

    def notice(self, line: int, text: str) -> None:
        self.problems.append(Problem(self.file, line, printable(text), "notice", self.question))


def printable(text: str) -> str:
    """The text with what a terminal, a log or a database can't hold written as an escape."""
    clean = "".join(char if char == "\n" or char.isprintable() else repr(char)[1:-1] for char in text)
    return clean.encode("utf-8", "backslashreplace").decode()


def quoted(text: str) -> str:
    """What stands in the file, between backticks and cut to a length that fits a message."""
    flat = " ".join(text.split())
    return f"`{flat if len(flat) <= 60 else flat[:57] + '...'}`"


def listed(names: Iterable[str]) -> str:
    """`a`, `b` or `c`; "" for none."""
    each = [f"`{name}`" for name in names]
    return " or ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))


def suggestion(word: str, known: Iterable[str]) -> str:
    """` Did you mean ...?` where a known word is near, else nothing."""
    spelled = {name.lower(): name for name in known}
    close = get_close_matches(word[:60].lower(), list(spelled), n=1, cutoff=0.6)
    return f" Did you mean `{spelled[close[0]]}`?" if close else ""
