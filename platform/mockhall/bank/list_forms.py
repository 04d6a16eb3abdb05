"""The address of the list: what it is narrowed to, in which order, and where a page of it begins."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request

from mockhall.bank.models import QuestionStatus
from mockhall.exam.kinds import Difficulty, Kind

USED = {"yes": "In a test", "no": "In no test"}
HEALTH = {"flagged": "Needs a look", "sound": "Sound", "none": "No figures yet"}
VERIFIED = {
    "month": "In the last 30 days", "year": "Over a year ago", "due": "Due again", "never": "Never",
}  # fmt: skip
FILES = "files"  # the author of what nobody wrote at the desk
ORDERS = {
    "-edited": "Edited, newest first", "edited": "Edited, oldest first", "question": "Question, A to Z",
    "-question": "Question, Z to A", "topic": "Topic, A to Z", "-topic": "Topic, Z to A",
    "-used": "Used, most first", "used": "Used, least first", "facility": "Facility, hardest first",
    "-facility": "Facility, easiest first", "verified": "Verified, longest ago first",
    "-verified": "Verified, newest first",
}  # fmt: skip
NEWEST = "-edited"
LONGEST = 120
_KNOWN: dict[str, list[str]] = {
    "kind": list(Kind), "difficulty": list(Difficulty), "status": list(QuestionStatus), "used": list(USED),
    "health": list(HEALTH), "verified": list(VERIFIED), "sort": list(ORDERS),
}  # fmt: skip
_FREE = ("q", "topic", "tag", "author", "paper", "section")  # words, looked up: see `listing.unknown`


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty means any. `after` and `before` are cursors of list_order.py."""

    q: str = ""
    topic: str = ""
    kind: str = ""
    difficulty: str = ""
    status: str = ""
    tag: str = ""
    author: str = ""
    used: str = ""
    health: str = ""
    verified: str = ""
    paper: str = ""  # the test, and its section, that questions are picked for: no filters, but they go along
    section: str = ""
    sort: str = NEWEST
    after: str = ""
    before: str = ""

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters in force by name."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def kept(self) -> dict[str, str]:
        """What a view kept of the list holds: the filters in force, and the order where it isn't the usual one."""
        return self.narrowing | ({} if self.sort == NEWEST else {"sort": self.sort})

    @property
    def chosen(self) -> dict[str, str]:
        """The same with the order, where it isn't the usual one, and what it is for: all an address of it holds."""
        return self.kept | self.picking

    @property
    def picking(self) -> dict[str, str]:
        """The test and the section that questions are picked for."""
        return {name: value for name in ("paper", "section") if (value := getattr(self, name))}

    def url(self, **changes: str) -> str:
        """This list from its first page with something changed; a page of it with `after` or `before`."""
        query = urlencode({name: value for name, value in (self.chosen | changes).items() if value})
        return "/desk/questions" + (f"?{query}" if query else "")

    @property
    def place(self) -> dict[str, str]:
        """Where this page of the list begins."""
        return {name: value for name in ("after", "before") if (value := getattr(self, name))}

    def page_url(self) -> str:
        """This page of the list."""
        return self.url(**self.place)

    def url_after(self, change: str) -> str:
        """Where a change is told: on the page it was made on, but at the front where it moved the rows there."""
        return self.url(**(self.place if self.column != "edited" else {}), done=change)

    def sorted_url(self, name: str, *, first_down: bool = False) -> str:
        """The list in the order of a column: the other way round where it is in that already."""
        goes_down = not self.is_descending if self.column == name else first_down
        return replace(self, sort=f"-{name}" if goes_down else name).url()

    @property
    def column(self) -> str:
        """The column in whose order the list is."""
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def has_rare(self) -> bool:
        """Is one of the filters in force that are folded away?"""
        return any(getattr(self, name) for name in ("tag", "author", "used", "health", "verified"))


NO_FILTERS = {"paper", "section", "sort", "after", "before"}
FILTERS = tuple(each.name for each in fields(Filters) if each.name not in NO_FILTERS)


def filters(request: Request) -> Filters:
    """The filters of an address; a value nothing can have counts as not set."""
    return read_filters(request.query_params)


def read_filters(given: Mapping[str, Any]) -> Filters:
    """The same from anything that has names and values, such as the fields of a form."""
    get = given.get
    known = {name: value for name, values in _KNOWN.items() if (value := _word(get(name))) in values}
    free = {name: _word(get(name)) for name in _FREE}
    if known.get("health") == "none" and known.get("sort", "").endswith("facility"):
        del known["sort"]  # without figures there is no order by them, and every row would be looked at in vain
    return Filters(**known, **free, after=str(get("after") or "")[:1000], before=str(get("before") or "")[:1000])


def _word(value: Any) -> str:
    """On one line; NUL can stand in no text of the database, and PostgreSQL refuses to look for it."""
    return " ".join(value.replace("\0", "")[:4000].split())[:LONGEST] if isinstance(value, str) else ""


Filtered = Annotated[Filters, Depends(filters)]
