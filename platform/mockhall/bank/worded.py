"""Two texts word by word: what stayed, what was taken out, what was added; in bounded time, however long they are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from mockhall.exam.words import MARKS


class Mark(StrEnum):
    """What became of a piece of text; `folded` is a number of letters that stayed and are not shown."""

    SAME = "same"
    OUT = "out"
    IN = "in"
    FOLDED = "folded"


@dataclass(frozen=True)
class Piece:
    """A run of text with one mark."""

    mark: Mark
    text: str


# First lines, then within those that changed sentences, then words and the signs and spaces between them.
_LEVELS = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r"[^.!?;:]+[.!?;:]*\s*|[.!?;:]+\s*"),
    re.compile(rf"[\w{MARKS}]+|[^\w{MARKS}\s]|\s+"),
)
MOST_WORK = 500_000
"""Pairs of equal parts looked at in all; what would take more is shown as taken out and written anew."""
AROUND, LONG = 160, 500
"""Letters shown at either end of what stayed, where that is long."""


@dataclass
class _Budget:
    left: int = MOST_WORK

    def pays(self, work: int) -> bool:
        if work > self.left:
            return False
        self.left -= work
        return True


def compared(old: str, new: str) -> list[Piece]:
    """The pieces that make both texts: those marked same and out the old one, same and in the new one."""
    pieces = list(_joined(_pieces(old, new, 0, _Budget())))
    return list(_joined(part for place, _ in enumerate(pieces) for part in _whole(pieces, place)))


def _whole(pieces: Sequence[Piece], place: int) -> Iterator[Piece]:
    """A space that stayed between two changes is a part of them: three new words are one change, not three."""
    piece = pieces[place]
    if piece.mark == Mark.SAME and piece.text.isspace() and 0 < place < len(pieces) - 1:
        yield from (Piece(Mark.OUT, piece.text), Piece(Mark.IN, piece.text))
    else:
        yield piece


def folded(pieces: Sequence[Piece]) -> list[Piece]:
    """The same with the middle of long unchanged runs left out; the first and the last run keep one end."""
    last = len(pieces) - 1
    return [part for place, piece in enumerate(pieces) for part in _folded(piece, place > 0, place < last)]


def _folded(piece: Piece, after: bool, before: bool) -> list[Piece]:
    if piece.mark != Mark.SAME or len(piece.text) <= LONG or not (after or before):
        return [piece]
    head, tail = piece.text[: AROUND if after else 0], piece.text[-AROUND if before else len(piece.text) :]
    hidden = Piece(Mark.FOLDED, f"{len(piece.text) - len(head) - len(tail):,}")
    return [*([Piece(Mark.SAME, head)] if head else []), hidden, *([Piece(Mark.SAME, tail)] if tail else [])]


def _pieces(old: str, new: str, level: int, budget: _Budget) -> Iterator[Piece]:
    if level == len(_LEVELS) or not old or not new:
        yield from (Piece(mark, text) for mark, text in ((Mark.OUT, old), (Mark.IN, new)) if text)
        return
    one, other = _LEVELS[level].findall(old), _LEVELS[level].findall(new)
    for tag, a, b, c, d in _steps(one, other, budget):
        before, after = "".join(one[a:b]), "".join(other[c:d])
        if tag == "equal":
            yield Piece(Mark.SAME, before)
        else:
            yield from _pieces(before, after, level + 1, budget)


def _steps(one: list[str], other: list[str], budget: _Budget) -> Iterator[tuple[str, int, int, int, int]]:
    """As difflib's opcodes. Equal ends cost nothing: most edits change one place of a long text."""
    shorter = min(len(one), len(other))
    head = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    tail = next((n for n in range(shorter - head) if one[-1 - n] != other[-1 - n]), shorter - head)
    a, b, c, d = head, len(one) - tail, head, len(other) - tail
    if head:
        yield "equal", 0, head, 0, head
    if a < b or c < d:
        yield from _middle(one[a:b], other[c:d], head, budget)
    if tail:
        yield "equal", b, len(one), d, len(other)


def _middle(one: list[str], other: list[str], shift: int, budget: _Budget) -> Iterator[tuple[str, int, int, int, int]]:
    counts = Counter(other)
    if not budget.pays(len(one) + len(other) + sum(counts[each] for each in one)):
        yield "replace", shift, shift + len(one), shift, shift + len(other)
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield tag, shift + a, shift + b, shift + c, shift + d


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one mark as one; of a change first all that went, then all that came."""
    same, out, new = "", "", ""
    for piece in pieces:
        if piece.mark == Mark.SAME:
            yield from _change(out, new)
            same, out, new = same + piece.text, "", ""
            continue
        if same:
            yield Piece(Mark.SAME, same)
        same, out = "", out + (piece.text if piece.mark == Mark.OUT else "")
        new += piece.text if piece.mark == Mark.IN else ""
    yield from _change(out, new)
    if same:
        yield Piece(Mark.SAME, same)


def _change(out: str, new: str) -> Iterator[Piece]:
    yield from (Piece(mark, text) for mark, text in ((Mark.OUT, out), (Mark.IN, new)) if text)
