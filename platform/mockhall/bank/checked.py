"""What checking a form finds: contents to store, and sentences beside the fields that don't fit."""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

LONGEST_STEM = 20_000
LONGEST_OPTION = 2_000


@dataclass
class Checked:
    """What the form says when it is right: `contents` has the keys of actions.CONTENTS. Errors are by control id."""

    contents: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    subject: str = ""
    topic: str = ""
    note: str = ""

    def text(self, name: str, written: str, longest: int, missing: str = "") -> str:
        """The text as it is kept, with an error beside `name` when it is missing, too long or can't be stored."""
        said = trouble(written, longest) or ("" if written.strip() else missing)
        if said:
            self.errors.setdefault(name, said)
        return written


def trouble(text: str, longest: int) -> str:
    """Why a text can't be kept; empty when it can."""
    if len(text) > longest:
        return f"This is longer than {longest:,} characters. It has {len(text):,}."
    # PostgreSQL stores no NUL, and half a surrogate pair can't be sent to a page.
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n" for sign in text):
        return "This holds a character that can't be kept. Type the place again."
    return ""


def trimmed(text: str) -> str:
    """Without blank lines around; spaces before the first line may mean code."""
    return text.rstrip().lstrip("\n")


def on_a_line(text: str) -> str:
    """The text on one line, runs of spaces as one."""
    return " ".join(text.split())
