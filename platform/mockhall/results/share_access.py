"""Who may open a shared result: anybody with its link, who may not try out many; and what its owner sends."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from mockhall.accounts import limits
from mockhall.accounts.access import client_address
from mockhall.results import sharing
from mockhall.results.sheet import Sheet, sheet
from mockhall.web.errors import NotYours
from mockhall.web.now import Now

MISSES = 200
"""Unknown links one address may try in ten minutes: one that was taken back is opened by a whole class."""
GONE = "This link opens nothing. It may have been taken back by whoever shared it, or not be complete."


@dataclass(frozen=True)
class Shared:
    """A result as anybody with its link sees it."""

    sheet: Sheet
    name: str


def found_share(request: Request, token: str, now: Now) -> Shared:
    """The result behind a link; misses are counted by address."""
    state = request.app.state

    def find(db: Session) -> Shared | None:
        found = sharing.opened(db, token)
        if found is None:
            return None
        return Shared(sheet(db, found.attempt, now, state.settings.grace), found.name)

    key = f"shared:{client_address(request)}"
    shared = limits.guessed(state.database, limits.limit_of(MISSES, 10), key, now, find)
    if shared is None:
        raise NotYours(GONE)
    return shared


FoundShare = Annotated[Shared, Depends(found_share, scope="function", max_concurrency=2)]


@dataclass(frozen=True)
class ShareForm:
    """What the owner's form sends: the name to show or not, or that sharing ends."""

    shows_name: bool
    stops: bool


async def share_form(request: Request) -> ShareForm:
    """The fields `name` and `then`; nonsense counts as not given, which shows less."""
    form = await request.form(max_fields=10, max_files=0)
    return ShareForm(form.get("name") == "1", form.get("then") == "stop")


AskedShare = Annotated[ShareForm, Depends(share_form)]
