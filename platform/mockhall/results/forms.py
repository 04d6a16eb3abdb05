"""Parsing the addresses of results and reports. What can't be read counts as not given: a link may be old."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from mockhall.attempts.models import AttemptState
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


@dataclass(frozen=True)
class ReportQuery:
    """`?state=scored&before=<code>` of a report."""

    state: AttemptState | None
    before: str


def report_query(request: Request) -> ReportQuery:
    """Which attempts of a report are asked for."""
    state, before = request.query_params.get("state", ""), request.query_params.get("before", "")
    is_code = before.isascii() and before.isalnum() and len(before) <= 24
    return ReportQuery(AttemptState(state) if state in list(AttemptState) else None, before if is_code else "")


AskedReview = Annotated[ReviewQuery, Depends(review_query)]
AskedReport = Annotated[ReportQuery, Depends(report_query)]
