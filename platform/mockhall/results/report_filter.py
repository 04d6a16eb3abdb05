"""Which attempts of a paper a report is about: state, cohort, days and section, as the address says."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import col

from mockhall.accounts.cohort_queries import members
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.papers.models import Paper


@dataclass(frozen=True)
class ReportFilter:
    """What was asked for; empty and None take all. Days are those of `zone`, both included; they are of the start."""

    state: AttemptState | None = None
    cohort: str = ""
    since: date | None = None
    until: date | None = None
    section: int | None = None
    zone: tzinfo = UTC

    @property
    def is_on(self) -> bool:
        """Does it leave anything out?"""
        return bool(self.as_query)

    @property
    def as_query(self) -> dict[str, str]:
        """The fields of an address that asks for the same."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "zone"}
        return {name: str(value) for name, value in said.items() if value}

    def url(self, path: str, **others: str) -> str:
        """An address with this filter; `others` are further fields, an empty one takes a field away."""
        query = {name: value for name, value in (self.as_query | others).items() if value}
        return f"{path}?{urlencode(query)}" if query else path


def read_filter(query: Mapping[str, str], zone: tzinfo) -> ReportFilter:
    """The filter of an address. What can't be read counts as not given: a link may be old."""
    state, section, cohort = query.get("state", ""), query.get("section", ""), query.get("cohort", "")
    return ReportFilter(
        AttemptState(state) if state in list(AttemptState) else None,
        cohort if cohort.isascii() and cohort.isalnum() and len(cohort) <= 24 else "",
        _day(query.get("since", "")),
        _day(query.get("until", "")),
        int(section) if section.isascii() and section.isdigit() and 0 < len(section) < 4 and int(section) else None,
        zone,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def conditions(asked: ReportFilter, paper: Paper, now: datetime, grace: timedelta) -> list[Any]:
    """What holds for the attempts asked for, as conditions on `Attempt`. The section leaves out none."""
    found: list[Any] = [col(Attempt.paper_id) == paper.id]
    if asked.state is not None:
        found.append(state_at(now, grace) == asked.state)
    if asked.cohort:
        found.append(col(Attempt.person_id).in_(members(asked.cohort)))
    if asked.since is not None:
        found.append(col(Attempt.started_at) >= _midnight(asked.since, asked.zone))
    if asked.until is not None and asked.until < date.max:
        found.append(col(Attempt.started_at) < _midnight(asked.until + timedelta(days=1), asked.zone))
    return found


def _midnight(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day; of years no clock has been set to, what UTC says."""
    return datetime.combine(day, time(), zone if 1 < day.year < 9999 else UTC)


def state_at(now: datetime, grace: timedelta) -> Any:
    """The state at this instant, for the database: whose time is over is overdue until the sweep comes."""
    is_due = sa.and_(col(Attempt.state).in_(RUNNING), col(Attempt.deadline_at) < now - grace)
    return sa.case((is_due, sa.literal(AttemptState.OVERDUE.value)), else_=col(Attempt.state))
