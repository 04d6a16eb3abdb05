"""The scratchpad of an attempt: one text that two pages may write, and neither loses a word of it silently."""

import hashlib

from mockhall.exam.errors import RuleError

LONGEST = 20_000  # characters
BETWEEN = "--- From another page ---"


def tidied(text: str) -> str:
    """What is kept of a typed text: plain line ends. RuleError beside `text` when it is too long or holds a NUL."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise RuleError("text", "The scratchpad can't hold this character.")
    if len(text) > LONGEST:
        raise RuleError("text", f"The scratchpad holds {LONGEST:,} characters; this is {len(text):,}.")
    return text


def revision(text: str) -> str:
    """A short name of exactly this text: a page says by it which text its own was written over."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def together(stored: str, incoming: str, base: str) -> str:
    """The text to keep: `incoming` where it was written over what is stored, else both, one below the other.

    RuleError beside `text` when both don't fit: then nothing is changed."""
    if base == revision(stored) or _holds(incoming, stored):
        return incoming
    if _holds(stored, incoming):
        return stored
    both = f"{stored}\n{BETWEEN}\n{incoming}"
    if len(both) > LONGEST:
        raise RuleError("text", "Another page has changed the scratchpad, and both texts together are too long for it.")
    return both


def _holds(longer: str, shorter: str) -> bool:
    """Is the one a part of the other, so that nothing is lost by keeping the longer?"""
    return shorter.strip() in longer
