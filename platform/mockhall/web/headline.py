"""A stem in one line of plain text, for lists and titles: Markdown read, not shown."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape, unescape
from typing import Self

from mockhall.web.gaps import WRITTEN
from mockhall.web.plain_maths import in_line

LONGEST_READ = 2_000  # characters of a stem: a headline shows the first of them
PICTURE, GAP = "Picture", "___"
_SHORT = 50  # a text as short as this ("What is printed?") is told by its code too
_KEPT = 0xE000  # one private sign stands for each piece while the signs around it are taken away
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
_PIECES = re.compile(
    r"(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\\(?P<plain>[!-/:-@\[-`{-~])"
    r"|\$\$(?P<shown>[^$]+)\$\$"
    # As the page reads it: where a space or a digit stands beside the dollar, it is a price.
    r"|(?<![\d$])\$(?![\s$])(?P<maths>(?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)"
    r"|\[\[(?P<gap>\d{1,2})\]\]"
    r"|!\[(?P<picture>[^\]\n]*)\]\([^)\n]*\)"
    r"|\[(?P<link>[^\[\]\n]+)\]\([^)\n]*\)",
    re.DOTALL,
)
_EMPHASIS = re.compile(
    r"(\*{1,3})(?=[^\s*])(.{1,300}?)(?<=[^\s*])\1"
    r"|(?<!\w)(_{1,3})(?=[^\s_])(.{1,300}?)(?<=[^\s_])\3(?!\w)"
)
_OPENS = frozenset(("", *"([{*_~\"'“‘"))  # after these a picture's words can begin
_BEGINNING = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t|:*_=-]+$", re.MULTILINE)


class Headline(str):
    """The line as plain text wherever it is taken as one; a page that shows it shows its code as code."""

    __slots__ = ("pieces",)
    pieces: Sequence[tuple[str, bool]]  # texts, and whether each is code

    def __new__(cls, pieces: Sequence[tuple[str, bool]]) -> Self:
        """Of pieces in their order."""
        made = super().__new__(cls, "".join(text for text, _ in pieces))
        made.pieces = pieces
        return made

    def __html__(self) -> str:
        return "".join(f"<code>{escape(text)}</code>" if code else escape(text) for text, code in self.pieces)

    @property
    def plain(self) -> str:
        """For a title or an attribute, where no element can stand."""
        return str.__str__(self)


@lru_cache(maxsize=4096)
def headline(stem: str, longest: int = 160) -> Headline:
    """A stem in one line: its text, and where that is short ("What is printed?") a line of its code to tell it by."""
    pieces = _FENCE.split(_PRIVATE.sub("", stem[:LONGEST_READ]))  # text, code, text, ...
    said = _said("\n".join(pieces[::2]))
    code = next((line.strip() for piece in pieces[1::2] for line in piece.split("\n") if _tells(line)), "")
    if code and sum(len(text) for text, _ in said) < _SHORT:
        said = [*said, *([(" ", False)] if said else []), (WRITTEN.sub(GAP, code), True)]
    return Headline(_cut(said, longest))


def _tells(line: str) -> bool:
    """Not the lines that most programs begin with."""
    return bool(line.strip()) and not line.startswith(("import ", "from ", "#", "@", "app = "))


def _said(text: str) -> list[tuple[str, bool]]:
    """The texts between the code and the code, on one line."""
    kept: list[tuple[str, bool]] = []
    without = _TABLE.sub("", text)
    text = without if without.strip() else _RULE.sub("", text).replace("|", " ")  # a table alone: what stands in it

    def keep(found: re.Match[str]) -> str:
        kept.append(_piece(found))
        sign = chr(_KEPT + len(kept) - 1)
        return sign if found["picture"] is None else _apart(found, sign)

    text = _PIECES.sub(keep, text)
    text = _BULLET.sub("• ", _BEGINNING.sub("", _RULE.sub("", text)))
    for _ in range(3):  # bold in italics, italics in bold
        text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    parts = re.split("([\ue000-\uf8ff])", " ".join(text.split()))
    said = (kept[ord(each) - _KEPT] if _PRIVATE.fullmatch(each) else (_plain(each), False) for each in parts)
    return [each for each in said if each[0]]


def _plain(text: str) -> str:
    """Entities are read only here: one of a private sign (Word's bullet is one) is no piece that was kept."""
    return _PRIVATE.sub("", unescape(text))


def _apart(found: re.Match[str], sign: str) -> str:
    """The words of a picture are no part of the word that it touches."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return ("" if before in _OPENS else " ") + sign + (" " if after.isalnum() else "")


def _piece(found: re.Match[str]) -> tuple[str, bool]:
    """What one piece of Markdown says, and whether it is code."""
    kind = found.lastgroup or ""
    text = " ".join(found[kind].split())
    if kind == "code":
        return WRITTEN.sub(GAP, text), True
    if kind in {"shown", "maths"}:
        return in_line(text), False
    return {"gap": GAP, "picture": text or PICTURE}.get(kind, text), False


def _cut(pieces: list[tuple[str, bool]], longest: int) -> list[tuple[str, bool]]:
    """The pieces, cut at a word where they are longer."""
    text = "".join(text for text, _ in pieces)
    if len(text) <= longest:
        return pieces
    room, found = len(text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:")), []
    for said, code in pieces:
        found.append((said[:room], code))
        room -= len(said)
        if room <= 0:
            break
    return [*found, ("…", False)]
