"""Whether a start may be, by the paper's rules: when it opens and closes for this person, how often, how soon again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mockhall.attempts import lane_start_sql as sql
from mockhall.attempts.beginning import Pattern
from mockhall.attempts.lane_people import Candidate
from mockhall.attempts.lane_sql import Run, instant
from mockhall.exam.entry import may_start_from
from mockhall.exam.terms import Accommodation, Terms, terms_with
from mockhall.papers.models import PaperVersion
from mockhall.web.errors import Refused


class Press(Protocol):
    """What is asked here of a press of Start; `blocked` is why no attempt can begin at all."""

    @property
    def now(self) -> datetime: ...
    @property
    def version(self) -> PaperVersion: ...
    @property
    def pattern(self) -> Pattern: ...
    @property
    def blocked(self) -> Refused | None: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """Attempts a person has begun of a paper before, and when the last of them was finished."""

    count: int = 0
    last_finished: datetime | None = None


def taken(run: Run, jobs: Sequence[Press], who: Mapping[int, Candidate]) -> dict[int, Taken]:
    """What each has begun of the paper, where that is limited."""
    limited = [
        (place, jobs[place].version.paper_id, each.id)
        for place, each in who.items()
        if _is_limited(jobs[place].version) and not each.token
    ]
    rows = run(sql.TAKEN, limited) if limited else ()
    return {int(place): Taken(int(count), instant(last)) for place, count, last in rows}


def _is_limited(version: PaperVersion) -> bool:
    return version.attempts_allowed is not None or version.wait_minutes is not None


def terms(
    run: Run, jobs: Sequence[Press], who: Mapping[int, Candidate], otherwise: Collection[int | None]
) -> dict[int, Terms]:
    """What holds for each. `otherwise` are the versions whose papers somebody has otherwise: of others, and of guests
    who are new, nothing is looked up."""
    asked = [
        (place, jobs[place].version.paper_id, each.id)
        for place, each in who.items()
        if jobs[place].version.id in otherwise and not each.token
    ]
    given: dict[int, list[Accommodation]] = {}
    for place, is_own, opens, closes, more, no_wait in run(sql.ACCOMMODATIONS, asked) if asked else ():
        own = Accommodation(bool(is_own), instant(opens), instant(closes), int(more), bool(no_wait))
        given.setdefault(int(place), []).append(own)
    plain = {place: jobs[place].pattern.terms for place in who}
    return plain | {place: terms_with(plain[place], several) for place, several in given.items()}


def refusal(job: Press, person: Candidate, taken: Taken, terms: Terms) -> Refused | None:
    """Why these terms don't let this person start now; `taken` is what was begun before."""
    if terms.opens_at is not None and job.now < terms.opens_at:
        return Refused(409, "not_open", "This test has not opened yet.", opens_at=terms.opens_at)
    if terms.closes_at is not None and job.now >= terms.closes_at:
        return Refused(409, "closed", "This test has closed.")
    if terms.attempts is not None and not person.is_staff and taken.count >= terms.attempts:
        return Refused(409, "no_attempts_left", f"You have used all {terms.attempts} attempts of this test.")
    opens_at = may_start_from(taken.last_finished, None if person.is_staff else terms.wait)
    if opens_at is not None and job.now < opens_at:
        return Refused(409, "wait", "There is a wait between two attempts of this test.", opens_at=opens_at)
    return job.blocked
