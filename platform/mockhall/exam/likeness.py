"""Do two questions say the same? What a question is recognised by, and where "nearly the same" begins.

Two questions are alike when at least ALIKE of the pairs of neighbouring words in both are common, and all of what is
no plain word is equal: numbers, signs, formulas, code, pictures, the passage. One other number makes another exercise
of the same sort, and other code under "What is printed?" another question; neither is a duplicate. Case, spaces and
Markdown around words make no difference. About one changed word in twenty makes none either.

A stem of a few plain words ("Which is right?") says too little to tell questions apart: there the choices count too.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

ALIKE = 0.8
FEW = 6  # plain words
# Questions as like as ALIKE share one of BANDS values with a probability of 1 - (1 - 0.8^3)^10, 99.9 %; those that
# have half in common, 74 %, and are then compared in full.
BANDS, ROWS = 10, 3
_PRIME = (1 << 61) - 1
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# No bracket within its own pair: what a text begins a thousand times and never ends would be gone through each time.
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(([^()\s]*)(?:[ \t][^()\n]*)?\)")
_AROUND = "*_#>~.,;:!?()\"'“”‘’–—…।- "
_SIGNS = re.compile(r"[\d\[\]{}<>=+/\\|@%^&$]")


@dataclass(frozen=True)
class Likeness:
    """What a question is recognised by: `exact` must be equal, of `pairs` most must be common."""

    exact: int
    pairs: frozenset[int]

    def share(self, other: "Likeness") -> float:
        """How much of both is common, 0 to 1."""
        if self.exact != other.exact:
            return 0.0
        both = self.pairs | other.pairs
        return len(self.pairs & other.pairs) / len(both) if both else 1.0

    @property
    def values(self) -> list[int]:
        """Numbers of 64 bits to look up by: questions that are alike have at least one in common."""
        lowest = [min(((a * pair + b) % _PRIME for pair in self.pairs), default=0) for a, b in _FACTORS]
        bands = (lowest[at * ROWS : (at + 1) * ROWS] for at in range(BANDS))
        return [_number(f"{self.exact} {at} {band}") for at, band in enumerate(bands)]


def likeness(stem: str, passage: str = "", choices: Iterable[str] = ()) -> Likeness:
    """What a question is recognised by."""
    words, exact = _pieces(stem)
    pairs = [f"{one} {other}" for one, other in itertools.pairwise(words)] or words
    if len(words) < FEW and not exact:
        pairs = [*pairs, *(" ".join(_pieces(each)[0] + _pieces(each)[1]) for each in choices)]
    exact = [*exact, "\0", *passage.split()]
    return Likeness(_number("\n".join(exact)), frozenset(map(_number, pairs)))


def _pieces(text: str) -> tuple[list[str], list[str]]:
    """The plain words of a text, and all else that makes it this text and no other."""
    text = unicodedata.normalize("NFKC", text)
    code = [_code(found[2]) for found in _FENCE.finditer(text)]
    text = _FENCE.sub("\n", text)
    pictures = _PICTURE.findall(text)
    words: list[str] = []
    signs: list[str] = []
    for piece in _PICTURE.sub(" ", text).replace("`", "").replace("**", "").casefold().split():
        bare = piece.strip(_AROUND)
        if bare:
            (signs if _SIGNS.search(bare) else words).append(bare)
    return words, [*signs, *pictures, *code]


def _code(text: str) -> str:
    """Code without what doesn't show: blank lines and spaces at the ends of lines. Case and indentation count."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


# Fixed for ever: the values are stored.
_FACTORS = [(abs(_number(f"a{at}")) % _PRIME, abs(_number(f"b{at}")) % _PRIME) for at in range(BANDS * ROWS)]
