"""A list of people brought into a cohort: checked first, then added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.accounts import audit
from mockhall.accounts.actions import LINK_LIFE
from mockhall.accounts.cohorts import batches, insert_new, row_of
from mockhall.accounts.models import Cohort, CohortMember, Joined, OneTimeLink, Person, Role
from mockhall.accounts.roster import Fault, Roster, Wanted
from mockhall.web.codes import new_code, new_token, token_hash

MOST_ACCOUNTS = 2_000  # made at once: their links are shown on one page
SHUT = "This account is disabled."


@dataclass(frozen=True)
class Checked:
    """What a list would do. `ids` are the accounts there are, by address."""

    new: Sequence[Wanted] = ()
    already: Sequence[Wanted] = ()
    unknown: Sequence[Wanted] = ()
    faults: Sequence[Fault] = ()
    ids: dict[str, int] | None = None

    @property
    def may_create(self) -> bool:
        return 0 < len(self.unknown) <= MOST_ACCOUNTS


@dataclass(frozen=True)
class Added:
    """What adding a list did; `links` are the one-time links of new accounts, readable this once."""

    people: int
    links: Sequence[tuple[Wanted, str]]


def check(db: Session, cohort: Cohort, roster: Roster) -> Checked:
    """What adding the list would do now; nothing is stored."""
    columns = (col(Person.email), col(Person.id), col(Person.disabled_at), col(CohortMember.person_id))
    mine = sa.and_(col(CohortMember.person_id) == col(Person.id), col(CohortMember.cohort_id) == cohort.id)
    query = sa.select(*columns).outerjoin(CohortMember, mine)
    known: dict[str, Any] = {}
    for some in batches([each.email for each in roster.people]):
        known |= {row[0]: row for row in db.execute(query.where(col(Person.email).in_(some)))}
    new, already, unknown, faults = [], [], [], list(roster.faults)
    for each in roster.people:
        _, _, disabled_at, member = known.get(each.email, (None,) * 4)
        if each.email not in known:
            unknown.append(each)
        elif member is not None:
            already.append(each)
        elif disabled_at is not None:
            faults.append(Fault(each.line, SHUT, each.email))
        else:
            new.append(each)
    faults.sort(key=lambda fault: fault.line)
    return Checked(new, already, unknown, faults, {email: row[1] for email, row in known.items()})


def add(
    db: Session, cohort: Cohort, checked: Checked, now: datetime, actor_id: int | None, *, create: bool = False
) -> Added:
    """Add whom the list names; with `create`, make an account for each address without one."""
    ids, coming = dict(checked.ids or {}), list(checked.new)
    links: list[tuple[Wanted, str]] = []
    if create and checked.may_create:
        made = _accounts(db, checked.unknown, now, actor_id)
        links = [(each, made[each.email][1]) for each in checked.unknown if each.email in made]
        ids |= {email: person_id for email, (person_id, _) in made.items()}
        coming += [each for each, _ in links]
    assert cohort.id is not None
    rows = [row_of(cohort.id, ids[each.email], Joined.LIST, now, each.roll) for each in coming]
    came = [row[0] for row in insert_new(db, CohortMember, rows, CohortMember.person_id)]
    codes: list[str] = []
    for some in batches(came):
        codes += db.execute(sa.select(col(Person.code)).where(col(Person.id).in_(some))).scalars()
    subjects = [f"person {code} to cohort {cohort.code}" for code in codes]
    audit.write_all(db, actor_id, [("cohort add", subject) for subject in subjects], now)
    return Added(len(came), links)


def _accounts(db: Session, wanted: Sequence[Wanted], now: datetime, actor_id: int | None) -> dict[str, tuple[int, str]]:
    """New students by address: their id, and the token that sets their password."""
    rows = [
        {
            "code": new_code(),
            "email": each.email,
            "name": each.name,
            "role": Role.STUDENT,
            "created_at": now,
            "time_factor": Fraction(1),
        }
        for each in wanted
    ]
    made = insert_new(db, Person, rows, Person.id, Person.email, Person.code)
    tokens = {email: new_token() for _, email, _ in made}
    insert_new(db, OneTimeLink, [
        {
            "token_hash": token_hash(tokens[email]), "person_id": person_id, "created_at": now,
            "expires_at": now + LINK_LIFE,
        }
        for person_id, email, _ in made
    ], OneTimeLink.id)  # fmt: skip
    lines = [(verb, subject) for _, _, code in made for verb, subject in _told(code)]
    audit.write_all(db, actor_id, lines, now)
    return {email: (person_id, tokens[email]) for person_id, email, _ in made}


def _told(code: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("add", f"{Role.STUDENT} {code}"), ("link", f"person {code}")
