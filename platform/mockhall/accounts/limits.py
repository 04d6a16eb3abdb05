"""Limits per address and per account, counted in the database so that all workers share them.

An address may hold a whole school, so per-address limits count failures and new guests and are wide."""

from datetime import UTC, datetime, timedelta

from limits import RateLimitItem, parse
from sqlalchemy import delete
from sqlmodel import Session, col

from mockhall.accounts.models import RateCount
from mockhall.web.errors import Refused


def count(db: Session, item: RateLimitItem, key: str, now: datetime) -> int:
    """Count one more of `key` in the window `item` gives; returns how many there are."""
    window = int(now.timestamp()) // item.get_expiry()
    name = f"{key}:{item.get_expiry()}:{window}"
    row = db.get(RateCount, name, with_for_update=True)
    if row is None:
        ends = datetime.fromtimestamp((window + 1) * item.get_expiry(), UTC)
        row = RateCount(key=name, count=0, expires_at=ends)
    row.count += 1
    db.add(row)
    db.flush()
    return row.count


def seen(db: Session, item: RateLimitItem, key: str, now: datetime) -> int:
    """How many of `key` there are in this window."""
    row = db.get(RateCount, f"{key}:{item.get_expiry()}:{int(now.timestamp()) // item.get_expiry()}")
    return row.count if row else 0


def limit_of(number: int, minutes: int) -> RateLimitItem:
    """So many in so many minutes."""
    return parse(f"{number} per {minutes} minutes")


def refuse_over(amount: int, item: RateLimitItem) -> None:
    """429 with the seconds to wait, once there are more than the limit allows."""
    if amount > item.amount:
        minutes = item.get_expiry() // 60
        text = f"Too many tries from here. Wait {minutes} minutes, then try again."
        raise Refused(429, "too_many", text, retry_after=item.get_expiry())


def forget_old(db: Session, now: datetime) -> None:
    """Remove the counts of windows long past."""
    db.execute(delete(RateCount).where(col(RateCount.expires_at) < now - timedelta(minutes=1)))


