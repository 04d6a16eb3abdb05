"""Marks in a text that templates make once: what stands in their place is put in for each attempt, or each time.

Nobody who writes a question or an answer can know them."""

import re
import secrets
from collections.abc import Mapping, Sequence

_SECRET = f"m{secrets.token_hex(12)}"
_MARK = re.compile(f"{_SECRET}_([a-z_]+)_{_SECRET}")


def mark(name: str) -> str:
    """The mark of this name: letters, digits and underscores, which no escaping changes."""
    return f"{_SECRET}_{name}_{_SECRET}"


def cut(text: str) -> list[str]:
    """The text cut at its marks: text and names of marks in turn, text first and last."""
    return _MARK.split(text)


def filled(pieces: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """What `cut` made, with values in place of names. They must be escaped where that is needed."""
    found = list(pieces)
    found[1::2] = [values[name] for name in pieces[1::2]]
    return found
