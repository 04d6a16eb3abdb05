"""Answers that are not the page asked for, in the house's look or as JSON."""

from datetime import datetime
from typing import Any

from fastapi import HTTPException


class Refused(HTTPException):
    """A refusal with a machine's `reason` and a sentence for people.

    `extra` goes into the JSON beside `reason` (for example `opens_at`)."""

    def __init__(self, status: int, reason: str, text: str, **extra: Any) -> None:
        super().__init__(status)
        self.reason, self.text, self.extra = reason, text, extra


class NotYours(Refused):
    """404: what isn't yours looks like what doesn't exist."""

    def __init__(self, text: str = "There is nothing at this address, or it isn't yours to see.") -> None:
        super().__init__(404, "not_found", text)


def iso(value: datetime | None) -> str | None:
    """An instant for JSON and data attributes: UTC with milliseconds and `Z`."""
    return value.isoformat(timespec="milliseconds").replace("+00:00", "Z") if value else None
