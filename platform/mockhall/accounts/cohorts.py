"""Verbs on cohorts: made, renamed, archived, opened, joined, left."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import Cohort, CohortMember, Joined, Person
from mockhall.web.codes import new_code

BATCH = 500  # rows of a statement: SQLite takes 32,766 values
T = TypeVar("T")


def new(db: Session, name: str, now: datetime, actor_id: int | None) -> Cohort | None:
    """An empty cohort, its join code not yet open. None when the name is taken."""
    cohort = Cohort(code=new_code(), name=name, join_code=new_code(8), created_at=now)
    if not _named(db, cohort, name):
        return None
    audit.write(db, actor_id, "cohort made", f"cohort {cohort.code}", now)
    return cohort


def rename(db: Session, cohort: Cohort, name: str, now: datetime, actor_id: int | None) -> bool:
    """Call it by another name; False when that is taken."""
    if not _named(db, cohort, name):
        return False
    audit.write(db, actor_id, "cohort renamed", f"cohort {cohort.code}", now)
    return True


def _named(db: Session, cohort: Cohort, name: str) -> bool:
    """Store the cohort under this name, unless another has it."""
    if db.exec(select(Cohort.id).where(Cohort.name == name, Cohort.code != cohort.code)).first() is not None:
        return False
    try:
        with db.begin_nested():  # the same name may be given in another process right now
            cohort.name = name
            db.add(cohort)
            db.flush()
    except IntegrityError:
        return False
    return True


def archive(db: Session, cohort: Cohort, now: datetime, actor_id: int | None) -> None:
    """Put it away: its people and results stay, nobody joins, no filter offers it."""
    cohort.archived_at, cohort.join_open = now, False
    _write(db, cohort, "cohort archived", now, actor_id)


def bring_back(db: Session, cohort: Cohort, now: datetime, actor_id: int | None) -> None:
    """Take it out of the archive; the join code stays off."""
    cohort.archived_at = None
    _write(db, cohort, "cohort back", now, actor_id)


def set_open(db: Session, cohort: Cohort, is_open: bool, now: datetime, actor_id: int | None) -> None:
    """Turn joining by code on or off."""
    cohort.join_open = is_open and cohort.archived_at is None
    _write(db, cohort, "cohort code on" if cohort.join_open else "cohort code off", now, actor_id)


def change_code(db: Session, cohort: Cohort, now: datetime, actor_id: int | None) -> None:
    """Another join code; the one before opens nothing any more."""
    cohort.join_code = new_code(8)
    _write(db, cohort, "cohort code new", now, actor_id)


def press(db: Session, cohort: Cohort, then: str, now: datetime, actor_id: int | None) -> str:
    """Do what a button says; returns what to tell, nothing where there is no such button."""
    if then == "archive":
        archive(db, cohort, now, actor_id)
        return "Archived. Its people and their results stay."
    if then == "bring_back":
        bring_back(db, cohort, now, actor_id)
        return "Back from the archive. The join code is off."
    if then in {"open", "close"}:
        set_open(db, cohort, then == "open", now, actor_id)
        return "The join code is on." if cohort.join_open else "The join code is off."
    if then == "new_code":
        change_code(db, cohort, now, actor_id)
        return "There is a new join code; the one before opens nothing any more."
    return ""


def _write(db: Session, cohort: Cohort, verb: str, now: datetime, actor_id: int | None) -> None:
    db.add(cohort)
    db.flush()
    audit.write(db, actor_id, verb, f"cohort {cohort.code}", now)


def open_by_code(db: Session, join_code: str, *, lock: bool = False) -> Cohort | None:
    """The cohort that this code opens now."""
    query = select(Cohort).where(Cohort.join_code == join_code.replace("\0", "").strip().casefold())
    query = query.where(col(Cohort.join_open), col(Cohort.archived_at).is_(None))
    return db.exec(query.with_for_update() if lock else query).first()


def is_in(db: Session, cohort: Cohort, person: Person) -> bool:
    """Is this person in it?"""
    return db.get(CohortMember, (cohort.id, person.id)) is not None


def join(db: Session, cohort: Cohort, person: Person, now: datetime) -> bool:
    """Come in by the code; False for who is in already."""
    return _put(db, cohort, person, Joined.CODE, now, person.id)


def put_back(db: Session, cohort: Cohort, person: Person, now: datetime, actor_id: int | None) -> bool:
    """Undo a removal."""
    return _put(db, cohort, person, Joined.LIST, now, actor_id)


def _put(db: Session, cohort: Cohort, person: Person, how: Joined, now: datetime, actor_id: int | None) -> bool:
    assert cohort.id is not None
    assert person.id is not None
    if not insert_new(db, CohortMember, [row_of(cohort.id, person.id, how, now)], CohortMember.person_id):
        return False
    audit.write(db, actor_id, "cohort add", f"person {person.code} to cohort {cohort.code}", now)
    return True


def take_out(db: Session, cohort: Cohort, person: Person, now: datetime, actor_id: int | None) -> bool:
    """End a membership, by staff or by the person; the results stay. False for who isn't in."""
    member = db.get(CohortMember, (cohort.id, person.id))
    if member is None:
        return False
    db.delete(member)
    db.flush()
    audit.write(db, actor_id, "cohort remove", f"person {person.code} from cohort {cohort.code}", now)
    return True


def give_to(db: Session, guest_id: int, person_id: int) -> None:
    """Move memberships to the account that somebody signed in to; one that it has already stays one."""
    mine = sa.select(col(CohortMember.cohort_id)).where(col(CohortMember.person_id) == person_id)
    theirs = col(CohortMember.person_id) == guest_id
    db.execute(sa.delete(CohortMember).where(theirs, col(CohortMember.cohort_id).in_(mine)))
    db.execute(sa.update(CohortMember).where(theirs).values(person_id=person_id))


def row_of(cohort_id: int, person_id: int, how: Joined, now: datetime, roll: str = "") -> dict[str, Any]:
    """A membership as a row."""
    return {"cohort_id": cohort_id, "person_id": person_id, "added": how, "joined_at": now, "roll": roll}


def insert_new(db: Session, table: type[Any], rows: Sequence[dict[str, Any]], *returned: Any) -> list[Any]:
    """Rows as they are; one that is there already is left alone, and not among those returned."""
    insert = (postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert)(table)
    found: list[Any] = []
    for some in batches(rows):
        found += db.execute(insert.values(list(some)).on_conflict_do_nothing().returning(*returned)).all()
    return found


def batches(all_of_them: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many at a time as a statement takes."""
    for start in range(0, len(all_of_them), BATCH):
        yield all_of_them[start : start + BATCH]
