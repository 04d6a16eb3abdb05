"""What the address of a preview says: the moment, which page, which question, in which language."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from mockhall.attempts.fields import read_fields
from mockhall.papers.desk_times import instant, local_text

PAGES = ("front", "room", "result", "review")


@dataclass(frozen=True)
class Look:
    """A look at a test: `at` is the moment, `typed` what the field holds, said wrong in `errors`."""

    at: datetime
    typed: str
    zone: str
    page: str = "front"
    number: int = 1
    language: str = "en"
    errors: dict[str, str] = field(default_factory=dict)

    def query(self, **changes: str | int) -> str:
        """The address of another look from here."""
        said: dict[str, str | int] = {"at": self.typed, "page": self.page, "n": self.number, "language": self.language}
        return urlencode({name: value for name, value in (said | changes).items() if value})

    def local(self, at: datetime) -> str:
        """An instant as the field writes it."""
        return local_text(at, ZoneInfo(self.zone))


def look(request: Request) -> Look:
    """The look asked for; without a moment, or with one that can't be read, it is now."""
    asked, state = request.query_params, request.app.state
    zone, now, errors = state.settings.timezone, state.clock(), dict[str, str]()
    typed = asked.get("at", "")
    at = instant(typed, None, ZoneInfo(zone), "at", errors) or now
    page, n, language = asked.get("page", ""), asked.get("n", ""), asked.get("language", "en")
    number = int(n) if n.isascii() and n.isdigit() and len(n) < 6 else 1
    shown = typed[:40] if errors else local_text(at, ZoneInfo(zone))
    return Look(at, shown, zone, page if page in PAGES else "front", number, language[:8], errors)


async def pressed(request: Request) -> str:
    """The button of the question's form."""
    return (await read_fields(request, 3000)).get("then", [""])[-1][:20]


AskedLook = Annotated[Look, Depends(look)]
PressedButton = Annotated[str, Depends(pressed)]
