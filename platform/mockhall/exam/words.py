"""A text as the words a search finds it by: the same for what is kept and for what is asked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 40  # letters of a word that count
MOST_KEPT = 4_000  # different words of a question
MOST_ASKED = 12
# Vowel signs and the like belong to their word: without them सूची would be स and च.
MARKS = "".join(sign for sign in map(chr, range(0x300, 0x10000)) if unicodedata.category(sign).startswith("M"))
_WORD = re.compile(rf"([^\W_](?:[^\W_]|[{MARKS}])*)([+#%]*)")
_UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d\u00ad"))  # joiners and the soft hyphen
_PIECE = 2_000  # composing takes the square of how many accents stand in a row


def _pieces(text: str) -> Iterator[str]:
    """The text in parts, cut at spaces where it has any."""
    for run in text.split():
        yield from (run[at : at + _PIECE] for at in range(0, len(run), _PIECE))


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each word, and the signs that belong to it, as in C++, C# and 100%."""
    for piece in _pieces(text.translate(_UNSEEN)):
        for word, signs in _WORD.findall(unicodedata.normalize("NFKC", piece).casefold()):
            yield word[:LONGEST], signs[:3]


def words_of(texts: Iterable[str]) -> list[str]:
    """Every word of these texts once, in the order found; C++ is found as C too."""
    kept: dict[str, None] = {}
    for text in texts:
        for word, signs in _found(text):
            kept[word] = None
            if signs:
                kept[word + signs] = None
    return list(kept)[:MOST_KEPT]


def asked(text: str) -> list[str]:
    """The words of a search. Operators and other signs are no words, so they do nothing."""
    return [word + signs for word, signs in _found(text)][:MOST_ASKED]
