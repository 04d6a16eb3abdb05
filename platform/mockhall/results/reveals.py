"""What of a finished attempt may be seen at an instant: the paper's reveal matrix against its closing time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, AttemptState
from mockhall.exam import reveal
from mockhall.exam.reveal import Item, Matrix, moment, visible
from mockhall.papers.models import Paper, PaperAccommodation, PaperStatus, PaperVersion

# What a review is for: without any of these it could only repeat the candidate's own answers.
JUDGED = frozenset({Item.CORRECTNESS, Item.RIGHT_ANSWER, Item.GENERAL_FEEDBACK, Item.SPECIFIC_FEEDBACK})


@dataclass(frozen=True)
class Policy:
    """The reveal matrix an attempt started with. `closes_at`: the last instant at which anybody can still answer."""

    matrix: Matrix
    submitted_at: datetime | None
    closes_at: datetime | None
    is_scored: bool = True

    def seen(self, now: datetime) -> frozenset[Item]:
        """What may be seen now; nothing before the attempt is handed in and marked."""
        if self.submitted_at is None or not self.is_scored:
            return frozenset()
        return visible(self.matrix, moment(now, self.submitted_at, self.closes_at))

    def opens_at(self, item: Item, now: datetime) -> datetime | None:
        """From when on the item may be seen; None when that is unknown or never."""
        return reveal.opens_at(self.matrix, item, now, self.submitted_at, self.closes_at) if self.is_scored else None

    def may_review(self, now: datetime) -> bool:
        """Is it time for the review? A paper that never reveals more shows the own answers at once."""
        seen = self.seen(now)
        return Item.ATTEMPT in seen and (bool(seen & JUDGED) or not self._judges)

    def review_opens_at(self, now: datetime) -> datetime | None:
        """When the review opens; None when that is unknown or never."""
        turns = (self.opens_at(item, now) for item in JUDGED | {Item.ATTEMPT})
        return min((at for at in turns if at is not None and self.may_review(at)), default=None)

    @property
    def _judges(self) -> bool:
        return bool(JUDGED & (self.matrix.immediately | self.matrix.later | self.matrix.closed))


_newest = aliased(PaperVersion)
_running = aliased(Attempt)
# Extra time lets somebody answer after the paper has closed. It is looked up only where a paper closes at all.
_last_deadline = (
    sa.select(sa.func.max(_running.deadline_at))
    .where(col(_running.state).in_(RUNNING), col(_running.deadline_at) > col(PaperVersion.closes_at))
    .where(col(_running.paper_id) == col(Paper.id))
    .correlate(Paper, PaperVersion)
    .scalar_subquery()
)
# A closing of somebody's own, too; a cohort's passes no hard close.
_last_own = (
    sa.select(sa.func.max(PaperAccommodation.closes_at))
    .where(col(PaperAccommodation.paper_id) == col(Paper.id))
    .where(sa.or_(col(PaperAccommodation.person_id).is_not(None), ~col(_newest.hard_close)))
    .correlate(Paper, _newest)
    .scalar_subquery()
)
COLUMNS: tuple[Any, ...] = (
    col(PaperVersion.reveal).label("reveal"),
    col(PaperVersion.closes_at).label("closes_at"),
    col(_newest.closes_at).label("newest_closes_at"),
    sa.case((col(PaperVersion.closes_at).is_not(None), _last_deadline)).label("last_deadline"),
    sa.case((col(PaperVersion.closes_at).is_not(None), _last_own)).label("last_own"),
    col(Paper.status).label("paper_status"),
)
"""What `policy_of` needs of a row of `joined`."""


def joined(query: sa.Select[Any]) -> sa.Select[Any]:
    """A query on attempts with the tables of COLUMNS joined on."""
    return (
        query.join(PaperVersion, col(PaperVersion.id) == col(Attempt.paper_version_id))
        .join(Paper, col(Paper.id) == col(Attempt.paper_id))
        .join(_newest, sa.and_(col(_newest.paper_id) == col(Paper.id), col(_newest.number) == col(Paper.version)))
    )


def policy_of(row: Any, state: str, submitted_at: datetime | None, grace: timedelta) -> Policy:
    """The policy of an attempt from its row of COLUMNS."""
    matrix = Matrix.from_json(row.reveal)
    return Policy(matrix, submitted_at, _closes_at(row, grace), state == AttemptState.SCORED)


def last_close(db: Session, version: PaperVersion, grace: timedelta) -> datetime | None:
    """The last instant at which anybody could answer this newest version if it is published: for its preview."""
    query = sa.select(*COLUMNS).select_from(PaperVersion).join(Paper, col(Paper.id) == col(PaperVersion.paper_id))
    query = query.join(_newest, sa.and_(col(_newest.paper_id) == col(Paper.id), col(_newest.number) == Paper.version))
    row = db.execute(query.where(col(PaperVersion.id) == version.id)).mappings().one()
    return _closes_at(SimpleNamespace(**dict(row) | {"paper_status": PaperStatus.PUBLISHED}), grace)


def _closes_at(row: Any, grace: timedelta) -> datetime | None:
    """Candidates of a newer version sit the same questions: a paper that stays open for them has not closed."""
    still_starts = row.paper_status == PaperStatus.PUBLISHED
    if row.closes_at is None or (still_starts and row.newest_closes_at is None):
        return None
    starts = [row.newest_closes_at, row.last_own] if still_starts else []
    ends: list[datetime | None] = [row.closes_at, row.last_deadline, *starts]
    return max(end for end in ends if end is not None) + grace
