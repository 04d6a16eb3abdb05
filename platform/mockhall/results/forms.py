"""Parsing addresses and forms of results and reports; an address may be old: what can't be read of it is none."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from mockhall.attempts.fields import read_fields
from mockhall.exam.analysis import Chosen
from mockhall.exam.what_if import WhatIf
from mockhall.results import chips
from mockhall.results.chips import Chips
from mockhall.results.item_report import Sort
from mockhall.results.report_filter import ReportFilter, read_filter

LAST_PAGE = 10_000
MOST_REASON = 200  # characters


@dataclass(frozen=True)
class ReviewQuery:
    """`?show=wrong&show=slow&page=2` of a review."""

    chosen: Chips
    page: int


def review_query(request: Request) -> ReviewQuery:
    """Which questions of a review are asked for."""
    page = request.query_params.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return ReviewQuery(chips.read(request.query_params.getlist("show")), min(max(number, 1), LAST_PAGE))


def report_filter(request: Request) -> ReportFilter:
    """Which attempts of a report are asked for; days are those of the site's zone."""
    return read_filter(request.query_params, ZoneInfo(request.app.state.settings.timezone))


def code_before(request: Request) -> str:
    """`?before=<code>`: the attempt that a page of a report goes on from."""
    before = request.query_params.get("before", "")
    return before if before.isascii() and before.isalnum() and len(before) <= 24 else ""


@dataclass(frozen=True)
class ItemQuery:
    """`?version=2&attempts=highest&sort=-facility&show=flagged` of an item analysis."""

    version: int | None
    chosen: Chosen
    sort: Sort
    highest_first: bool
    flagged: bool

    def url(self, path: str, **others: str) -> str:
        """An address that asks for the same but for `others`; an empty one takes a field away."""
        said = {
            "version": str(self.version or ""), "attempts": "" if self.chosen is Chosen.FIRST else self.chosen.value,
            "sort": self.sorted_by, "show": "flagged" if self.flagged else "",
        }  # fmt: skip
        query = {name: value for name, value in (said | others).items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    @property
    def sorted_by(self) -> str:
        """The sort as it stands in the address; empty for the paper's own order."""
        sign = "-" if self.highest_first else ""
        return "" if self.sort is Sort.NUMBER and not sign else f"{sign}{self.sort}"

    def turned(self, sort: str) -> str:
        """What a column's heading asks for: the lowest first, and turned round when it is that already."""
        return f"-{sort}" if self.sort == sort and not self.highest_first else sort


def item_query(request: Request) -> ItemQuery:
    """Which item analysis is asked for."""
    query = request.query_params
    version, chosen, sort = query.get("version", ""), query.get("attempts", ""), query.get("sort", "")
    return ItemQuery(
        int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None,
        Chosen(chosen) if chosen in list(Chosen) else Chosen.FIRST,
        Sort(sort.removeprefix("-")) if sort.removeprefix("-") in list(Sort) else Sort.NUMBER,
        sort.startswith("-") and sort[1:] in list(Sort),
        query.get("show", "") == "flagged",
    )


@dataclass(frozen=True)
class VerbForm:
    """Why staff do something to an attempt, and for how many minutes where that matters; as typed."""

    reason: str = ""
    minutes: str = "10"
    knows: bool = False  # that the candidate could read the right answers


async def verb_form(request: Request) -> VerbForm:
    """The form that voids an attempt or opens it again."""
    fields = await read_fields(request, 10)
    reason = " ".join(fields.get("reason", [""])[-1].replace("\0", "").split())
    minutes, knows = fields.get("minutes", ["10"])[-1], fields.get("shown", [""])[-1] == "1"
    return VerbForm(reason[:MOST_REASON], minutes.replace("\0", "")[:10], knows)


SentVerb = Annotated[VerbForm, Depends(verb_form)]
AskedItems = Annotated[ItemQuery, Depends(item_query)]


def asked_what_if(request: Request) -> WhatIf | None:
    """`?scheme=gate`: the scheme to show question by question."""
    scheme = request.query_params.get("scheme", "")
    return WhatIf(scheme) if scheme in list(WhatIf) else None


AskedWhatIf = Annotated[WhatIf | None, Depends(asked_what_if)]
AskedReview = Annotated[ReviewQuery, Depends(review_query)]
AskedReport = Annotated[ReportFilter, Depends(report_filter)]
Before = Annotated[str, Depends(code_before)]
