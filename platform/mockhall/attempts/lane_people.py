"""Who presses Start: the owner of a cookie, or a new guest, counted by address; many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Protocol

from mockhall.accounts.models import Role
from mockhall.accounts.sessions import GUEST_LIFE
from mockhall.attempts import lane_start_sql as sql
from mockhall.attempts.lane_sql import Run, listed, stamp
from mockhall.exam import entry
from mockhall.exam.entry import Access, Bar
from mockhall.papers.models import PaperVersion
from mockhall.web.codes import is_token, new_code, new_token, token_hash
from mockhall.web.errors import Refused

WINDOW = timedelta(minutes=10)
"""In which the new guests of one address are counted."""


class Press(Protocol):
    """What is known of a press of Start; `guests` is how many new ones an address may bring in WINDOW.

    A stranger to whom the paper is closed is refused, and becomes no guest."""

    @property
    def token(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def guests(self) -> int: ...
    @property
    def now(self) -> datetime: ...
    @property
    def slug(self) -> str: ...
    @property
    def version(self) -> PaperVersion: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who presses; `token` is a cookie to give, where they have none that is theirs."""

    id: int
    role: Role = Role.GUEST
    name: str = ""
    time_factor: Fraction = Fraction(1)
    token: str = ""

    @property
    def is_staff(self) -> bool:
        return self.role in {Role.EDITOR, Role.STAFF, Role.ADMIN}


def whoever_presses(run: Run, jobs: Sequence[Press]) -> dict[int, "Candidate | Refused"]:
    """Who each is; a browser nobody owns becomes a new guest, counted by its address."""
    rows = [(place, token_hash(job.token), stamp(job.now)) for place, job in enumerate(jobs) if job.token]
    found: dict[int, Candidate | Refused] = {}
    if rows:
        run(sql.LOCK_TOKENS, sorted(rows, key=lambda row: row[1]))
        for place, person, role, name, factor in run(sql.WHO, rows):
            found[place] = Candidate(person, Role(role), name, Fraction(factor))
    strangers = [place for place in range(len(jobs)) if place not in found]
    found |= {place: _refused(Bar.SIGN_IN_NEEDED, jobs[place]) for place in strangers if not _is_public(jobs[place])}
    new = [place for place in strangers if place not in found]
    if new:
        found |= _over_limit(run, jobs, new)
        found |= _guests(run, jobs, [place for place in new if place not in found])
    return found


def _over_limit(run: Run, jobs: Sequence[Press], new: Sequence[int]) -> dict[int, Refused]:
    """Those of an address that has brought more guests than it may."""
    by_address: dict[str, list[int]] = {}
    for place in new:
        by_address.setdefault(jobs[place].address, []).append(place)
    rows = [
        (f"guest:{address}"[:200], len(places), stamp(jobs[places[0]].now), stamp(jobs[places[0]].now + WINDOW))
        for address, places in sorted(by_address.items())
    ]
    counts = {str(key): int(count) for key, count in run(sql.COUNT_GUESTS, rows)}
    refused = {}
    for address, places in by_address.items():
        free = jobs[places[0]].guests - (counts[f"guest:{address}"[:200]] - len(places))
        refused.update(dict.fromkeys(places[max(0, free) :], too_many()))
    return refused


def barred(run: Run, jobs: Sequence[Press], who: Mapping[int, Candidate]) -> dict[int, Refused]:
    """Whom the paper isn't for at all; of papers that are not for cohorts nothing is looked up."""
    access = {place: Access(jobs[place].version.access) for place in who if not _is_public(jobs[place])}
    asked = [(place, jobs[place].version.id, who[place].id) for place in access if access[place] is Access.COHORT]
    members = {int(place) for (place,) in run(sql.MEMBERS, asked)} if asked else set()
    found = {}
    for place, wanted in access.items():
        has_account, is_staff = who[place].role is not Role.GUEST, who[place].is_staff
        if bar := entry.barred(wanted, has_account=has_account, is_member=place in members, is_staff=is_staff):
            found[place] = _refused(bar, jobs[place])
    return found


def _is_public(job: Press) -> bool:
    return job.version.access == Access.PUBLIC


def _refused(bar: Bar, job: Press) -> Refused:
    """403; `next` is the page to come back to from signing in."""
    return Refused(403, bar, bar.words, next=f"/papers/{job.slug}")


def too_many() -> Refused:
    """429: more new guests than one address may bring."""
    seconds = int(WINDOW.total_seconds())
    text = f"Too many tries. Wait {seconds // 60} minutes, then try again."
    return Refused(429, "too_many", text, retry_after=seconds)


def _guests(run: Run, jobs: Sequence[Press], places: Sequence[int]) -> dict[int, Candidate]:
    """People without credentials, each under the token its browser was offered; a used-up token is replaced."""
    if not places:
        return {}
    codes = {new_code(): place for place in places}
    people = [(code, jobs[place].name, stamp(jobs[place].now)) for code, place in codes.items()]
    run(sql.NEW_PEOPLE, people)
    ids = {codes[code]: person for code, person in listed(run, sql.PEOPLE, [(code,) for code in codes])}
    tokens = {place: jobs[place].token for place in places if is_token(jobs[place].token)}
    offered = [(place, token_hash(token)) for place, token in tokens.items()]
    for (place,) in run(sql.USED_TOKENS, offered) if offered else ():
        del tokens[place]
    tokens = {place: tokens.get(place) or new_token() for place in places}
    run(sql.NEW_SESSIONS, [
        (token_hash(token), ids[place], stamp(jobs[place].now), stamp(jobs[place].now + GUEST_LIFE))
        for place, token in tokens.items()
    ])  # fmt: skip
    return {place: Candidate(ids[place], name=jobs[place].name, token=tokens[place]) for place in places}
