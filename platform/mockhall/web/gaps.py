"""The gaps of a cloze in its rendered text: `[[1]]` becomes the place of a field."""

import re
from typing import NamedTuple

from markupsafe import Markup

WRITTEN = re.compile(r"\[\[([0-9]{1,2})\]\]")
# One private sign stands for a gap while the text is rendered: neither Markdown nor the colours of code take it apart.
FIRST = 0xE000
_SIGNS = re.compile("[\ue000-\ue063]")
_PIECES = re.compile('(<[^>"]*(?:"[^"]*"[^>"]*)*>)|([\ue000-\ue063])')


class Piece(NamedTuple):
    """Some of the text, and the number of the gap behind it; empty behind the last piece."""

    html: Markup
    gap: str


def gap_signs(text: str) -> str:
    """The text with a sign for each gap, to be rendered; such a sign in the text itself is left out."""
    return WRITTEN.sub(lambda found: chr(FIRST + int(found[1])), _SIGNS.sub("", text))


def gap_pieces(html: Markup) -> list[Piece]:
    """The rendered text cut at its gaps; inside of a tag, as in the words for a picture, is no place for a field."""
    pieces, kept = [], ""
    start = 0
    for found in _PIECES.finditer(html):
        kept += str(html)[start : found.start()]
        start = found.end()
        if found[2]:
            pieces.append(Piece(Markup(kept), str(ord(found[2]) - FIRST)))  # from richtext, already sanitised
            kept = ""
        else:
            kept += _SIGNS.sub("", found[1])
    return [*pieces, Piece(Markup(kept + str(html)[start:]), "")]
