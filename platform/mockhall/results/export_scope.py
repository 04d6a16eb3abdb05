"""What an export is of: a paper, the attempts that are asked for, and how the file says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper
from mockhall.results.models import ScoreRow
from mockhall.results.report_filter import ReportFilter, conditions
from mockhall.web.errors import iso


@dataclass(frozen=True)
class Scope:
    """The attempts of a paper that an export is of. `filters` are those of the address, by name."""

    paper: Paper
    filters: Mapping[str, str]
    conditions: Sequence[Any]
    section: int | None
    now: datetime
    grace: timedelta

    @property
    def paper_id(self) -> int:
        return self.paper.id or 0

    @property
    def slug(self) -> str:
        return self.paper.slug

    @property
    def title(self) -> str:
        return self.paper.title

    def name(self, what: str = "report") -> str:
        """The file's name without its ending: `report-mock-1-state-scored`."""
        return "-".join([what, self.slug, *(f"{key}-{value}" for key, value in self.filters.items())])

    @property
    def address(self) -> str:
        """The filters as they follow an address: `?state=scored`, or nothing."""
        return f"?{urlencode(dict(self.filters))}" if self.filters else ""

    def head(self) -> dict[str, Any]:
        """What JSON says before the rows."""
        return {"paper": self.slug, "title": self.title, "filters": dict(self.filters), "made_at": iso(self.now)}

    def count(self, db: Session) -> int:
        """How many attempts these are."""
        query = sa.select(sa.func.count()).select_from(Attempt).where(*self.conditions)
        return int(db.execute(query).scalar_one())


def scope_of(paper: Paper, asked: ReportFilter, now: datetime, grace: timedelta, *, people: bool = False) -> Scope:
    """The attempts a report's address asks for; `people`: of each person only the one that counts in the ranking."""
    filters, wanted = asked.as_query, conditions(asked, paper, now, grace)
    if people:
        filters = filters | {"people": "1"}
        ranked = sa.select(col(ScoreRow.attempt_id)).where(col(ScoreRow.paper_id) == paper.id, col(ScoreRow.is_ranked))
        wanted = [*wanted, col(Attempt.id).in_(ranked)]
    return Scope(paper, filters, wanted, asked.section, now, grace)
