"""Limits per address and per account, counted in the database so that all workers share them.

An address may hold a whole school, so per-address limits count failures and new guests and are wide."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any, TypeVar

from limits import RateLimitItem, parse
from sqlalchemy import and_, case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from mockhall.accounts.models import RateCount
from mockhall.db import Database
from mockhall.web.errors import Refused

T = TypeVar("T")


def count(db: Session, item: RateLimitItem, key: str, now: datetime, *, rolling: bool = False) -> int:
    """Count one more of `key`; returns how many there are in its window, which begins with the first.

    A rolling window begins anew with each one up to the limit, so that no span of its length ever holds more."""
    # One statement: between a look and a write another worker could count too.
    insert = (postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert)(RateCount)
    counted, ends_at = col(RateCount.count), col(RateCount.expires_at)
    ends, past = now + timedelta(seconds=item.get_expiry()), ends_at <= now
    begins: Any = past | (counted < item.amount) if rolling else past
    statement = (
        insert.values(key=key[:200], count=1, expires_at=ends)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"count": case((past, 1), else_=counted + 1), "expires_at": case((begins, ends), else_=ends_at)},
        )
        .returning(counted)
    )
    return int(db.execute(statement).scalar_one())


def wait(db: Session, item: RateLimitItem, key: str, now: datetime) -> int:
    """Seconds until `key` may be tried again: 0 up to the limit."""
    number, seconds = counted(db, key, now)
    return seconds if number > item.amount else 0


def counted(db: Session, key: str, now: datetime) -> tuple[int, int]:
    """How many of `key` there are in its window, and the seconds until that ends."""
    row = db.exec(select(RateCount.count, RateCount.expires_at).where(RateCount.key == key[:200])).first()
    if row is None or row[1] <= now:
        return 0, 0
    return row[0], ceil((row[1] - now).total_seconds())


def spend(db: Session, item: RateLimitItem, key: str, now: datetime, *, rolling: bool = False) -> int:
    """Count one more of `key`; returns the seconds to wait when that was one too many."""
    count(db, item, key, now, rolling=rolling)
    return wait(db, item, key, now)


def guessed(
    database: Database, item: RateLimitItem, key: str, now: datetime, find: Callable[[Session], T | None]
) -> T | None:
    """What `find` finds by something that could be guessed; each miss is counted, and after too many there is a wait,
    429. It has short sessions of its own: only a miss has anything to write."""
    with database.reading() as db:
        if seconds := wait(db, item, key, now):
            raise too_many(seconds)
        found = find(db)
    if found is None:
        with database.writing() as db:
            count(db, item, key, now)
    return found


def give_back(db: Session, key: str) -> None:
    """Uncount one: what was counted beforehand did not happen."""
    row = and_(col(RateCount.key) == key[:200], col(RateCount.count) > 0)
    db.execute(update(RateCount).where(row).values(count=col(RateCount.count) - 1))


def forget(db: Session, key: str) -> None:
    """Begin afresh with `key`."""
    db.execute(delete(RateCount).where(col(RateCount.key) == key[:200]))


def forget_below(db: Session, key: str) -> None:
    """The same with all keys that begin with it and a colon."""
    forget(db, key)
    db.execute(delete(RateCount).where(col(RateCount.key).startswith(f"{key}:", autoescape=True)))


def limit_of(number: int, minutes: int) -> RateLimitItem:
    """So many in so many minutes."""
    return parse(f"{number} per {minutes} minutes")


def refuse_over(amount: int, item: RateLimitItem) -> None:
    """429 with the seconds to wait, once there are more than the limit allows."""
    if amount > item.amount:
        raise too_many(item.get_expiry())


def too_many(seconds: int) -> Refused:
    """The refusal of one who has to wait."""
    minutes = ceil(seconds / 60)
    text = f"Too many tries. Wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then try again."
    return Refused(429, "too_many", text, retry_after=seconds)


def forget_old(db: Session, now: datetime) -> None:
    """Remove the counts of windows long past."""
    db.execute(delete(RateCount).where(col(RateCount.expires_at) < now - timedelta(minutes=1)))
