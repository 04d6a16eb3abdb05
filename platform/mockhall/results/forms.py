"""Parsing the addresses of results and reports. What can't be read counts as not given: a link may be old."""

from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from mockhall.results.report_filter import ReportFilter, read_filter
from mockhall.results.reviewed import Show

LAST_PAGE = 10_000


@dataclass(frozen=True)
class ReviewQuery:
    """`?show=wrong&page=2` of a review."""

    show: Show
    page: int


def review_query(request: Request) -> ReviewQuery:
    """Which questions of a review are asked for."""
    show, page = request.query_params.get("show", ""), request.query_params.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return ReviewQuery(Show(show) if show in list(Show) else Show.ALL, min(max(number, 1), LAST_PAGE))


def report_filter(request: Request) -> ReportFilter:
    """Which attempts of a report are asked for; days are those of the site's zone."""
    return read_filter(request.query_params, ZoneInfo(request.app.state.settings.timezone))


def code_before(request: Request) -> str:
    """`?before=<code>`: the attempt that a page of a report goes on from."""
    before = request.query_params.get("before", "")
    return before if before.isascii() and before.isalnum() and len(before) <= 24 else ""


AskedReview = Annotated[ReviewQuery, Depends(review_query)]
AskedReport = Annotated[ReportFilter, Depends(report_filter)]
Before = Annotated[str, Depends(code_before)]
