"""Instants in the fields of a form, which know no time zone: they are read in the site's."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_FIELD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


def local_text(at: datetime | None, zone: ZoneInfo) -> str:
    """The value of a `datetime-local` field, to the minute; empty for none."""
    return "" if at is None else at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def instant(
    typed: str | None, stored: datetime | None, zone: ZoneInfo, name: str, errors: dict[str, str]
) -> datetime | None:
    """What a field means, with an error beside `name` when it means nothing.

    A field that wasn't sent, or still says what is stored, leaves that exactly as it is: a field knows no seconds, and
    can't tell the two equal hours of an autumn night apart.
    """
    if typed is None or (stored is not None and typed == local_text(stored, zone)):
        return stored
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed if _FIELD.fullmatch(typed) else "")
        found = at.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        errors[name] = "Write a date and a time, such as 2027-01-31T09:00."
        return None
    if local_text(found, zone) != at.strftime("%Y-%m-%dT%H:%M"):
        errors[name] = "The clocks are put forward at that time, so it doesn't exist. Write an hour later."
        return None
    if not 2000 <= found.year <= 2200:
        errors[name] = "Write a year from 2000 to 2200."
        return None
    return found
