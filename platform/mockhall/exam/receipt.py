"""The receipt of an attempt: the exact text its fingerprint is made of, and both as people read and type them.

The text is JSON with its names sorted, no blanks and no escapes but those JSON asks for, in UTF-8 (RFC 8785 gives the
same). `format` names the version: a later form gets a new one, and receipts of the old one stay checkable.
The attempt's code, which only its owner and staff know, is in the text: without it nobody can try out answers against
a fingerprint that is public.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mockhall.exam.paper import Answer

FORMAT = "mockhall-receipt/1"
PREFIX = "MH"
LENGTH = 12  # characters after the prefix, in groups of four
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Final:
    """A question's final answer; `certainty` is 0 where the paper doesn't ask for it."""

    number: int
    answer: Answer
    certainty: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a receipt is of: the attempt's code, the paper version's title and number, the recorded finish."""

    attempt: str
    receipt: str
    paper: str
    version: int
    finished_at: datetime


def document(of: Heading, answers: Iterable[Final]) -> str:
    """The text of a receipt; blank answers are in it too. Marks for review and times are not: they are no answers."""
    return json.dumps(
        {
            "format": FORMAT,
            "attempt": of.attempt,
            "receipt": of.receipt,
            "paper": of.paper,
            "version": of.version,
            "finished_at": _instant(of.finished_at),
            "answers": [_written(each) for each in sorted(answers, key=lambda each: each.number)],
        },
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip


def _written(final: Final) -> dict[str, object]:
    given = final.answer
    return {
        "number": final.number, "choice": list(given.choice), "text": given.text, "parts": dict(given.parts),
        "certainty": final.certainty,
    }  # fmt: skip


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fingerprint(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def named(code: str) -> str:
    """The number of a receipt made of a random code of LENGTH characters: `MH-7K3Q-AB4C-9XYZ`."""
    return "-".join([PREFIX, *(code.upper()[place : place + 4] for place in range(0, LENGTH, 4))])


def read_number(typed: str) -> str:
    """A number as somebody typed it, with or without dashes and capitals; "" when it can't be one."""
    plain = re.sub(r"[\s\u2010-\u2015-]", "", typed[:80]).upper().removeprefix(PREFIX)
    return named(plain) if len(plain) == LENGTH and plain.isascii() and plain.isalnum() else ""


def read_fingerprint(typed: str) -> str:
    """A fingerprint as somebody pasted it, in groups or not; "" when it can't be one."""
    plain = "".join(typed[:400].split()).lower()
    return plain if _FINGERPRINT.fullmatch(plain) else ""


def grouped(digest: str) -> str:
    """A fingerprint in groups of eight, to be compared by eye."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
