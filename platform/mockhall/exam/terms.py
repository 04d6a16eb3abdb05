"""When and how often a paper may be sat: by everybody, or by one person with an accommodation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for somebody; None is no limit. `own_close`: the close is the person's own, the very instant."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts: int | None = None
    wait: timedelta | None = None
    hard_close: bool = False
    own_close: bool = False

    @property
    def exact(self) -> bool:
        """Is the close one that extra time doesn't move?"""
        return self.hard_close or self.own_close


@dataclass(frozen=True, slots=True)
class Accommodation:
    """What is otherwise for a person (`is_own`), or for the people of a cohort; None, 0 and False leave it as it is."""

    is_own: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    more_attempts: int = 0
    no_wait: bool = False


def terms_with(test: Terms, given: Iterable[Accommodation]) -> Terms:
    """What holds for who has these. Each of the four by itself: the person's own, else the most generous of the
    cohorts', else the test's. Only an own closing of the person passes a hard close."""
    every = list(given)
    own = next((each for each in every if each.is_own), Accommodation(is_own=True))
    cohorts = [each for each in every if not each.is_own]
    closes = own.closes_at or _cohorts_close(test, cohorts)
    more = own.more_attempts or max((each.more_attempts for each in cohorts), default=0)
    return replace(
        test,
        opens_at=own.opens_at or min((at for each in cohorts if (at := each.opens_at)), default=test.opens_at),
        closes_at=closes,
        attempts=None if test.attempts is None else test.attempts + more,
        wait=None if any(each.no_wait for each in every) else test.wait,
        own_close=own.closes_at is not None,
    )


def _cohorts_close(test: Terms, cohorts: Sequence[Accommodation]) -> datetime | None:
    latest = max((at for each in cohorts if (at := each.closes_at)), default=test.closes_at)
    if test.hard_close and latest is not None and test.closes_at is not None:
        return min(latest, test.closes_at)
    return latest
