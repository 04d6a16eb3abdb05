"""Reads on people for staff: a list to find somebody in, and one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from mockhall.accounts.models import CohortMember, Person, normal_email

PER_PAGE = 50


@dataclass(frozen=True)
class Found:
    """A page of people; `q` is what was looked for, `more` whether others follow."""

    people: Sequence[Person]
    q: str
    page: int
    more: bool


def people(db: Session, q: str, page: int) -> Found:
    """People by name or address, accounts before guests, newest first; who was merged into an account is not listed."""
    query = select(Person).where(col(Person.merged_into_id).is_(None))
    if q:
        wanted = f"%{_literal(q.casefold())}%"
        fields = (func.lower(col(Person.name)), col(Person.email), col(Person.code))
        query = query.where(or_(*(each.like(wanted, escape="\\") for each in fields)))
    query = query.order_by(col(Person.email).is_(None), col(Person.id).desc())
    rows = db.exec(query.offset((page - 1) * PER_PAGE).limit(PER_PAGE + 1)).all()
    return Found(rows[:PER_PAGE], q, page, len(rows) > PER_PAGE)


def named(db: Session, text: str, most: int) -> list[Person]:
    """Who a name, an email or a roll number of a cohort means: whose email it is alone, else all it fits, by name."""
    who = select(Person).where(col(Person.merged_into_id).is_(None), col(Person.disabled_at).is_(None))
    text = text.replace("\0", "")
    exactly = db.exec(who.where(Person.email == normal_email(text))).all() if "@" in text else []
    if exactly:
        return list(exactly)
    wanted = f"%{_literal(text.casefold())}%"
    rolls = select(CohortMember.person_id).where(func.lower(col(CohortMember.roll)) == text.casefold())
    fits = or_(
        func.lower(col(Person.name)).like(wanted, escape="\\"), col(Person.email).like(wanted, escape="\\"),
        col(Person.id).in_(rolls),
    )  # fmt: skip
    return list(db.exec(who.where(fits).order_by(col(Person.name), col(Person.id)).limit(most)))


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def person_with_code(db: Session, code: str, *, lock: bool = False) -> Person | None:
    """The person with this code."""
    if "\0" in code:  # PostgreSQL refuses to look for one
        return None
    query = select(Person).where(Person.code == code)
    return db.exec(query.with_for_update() if lock else query).first()
