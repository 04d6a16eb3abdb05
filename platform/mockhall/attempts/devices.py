"""Going on with a guest's attempt on another device: a code made in the room, entered there, used once and soon."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mockhall.accounts import audit
from mockhall.accounts.models import Person
from mockhall.attempts.closing import RUNNING
from mockhall.attempts.models import Attempt, DeviceCode
from mockhall.web.codes import new_code, token_hash

LIFE = timedelta(minutes=10)
LENGTH = 8  # of 31 letters and digits: 40 bits, for ten minutes, behind a limit of tries


def issue(db: Session, attempt: Attempt, now: datetime) -> tuple[str, datetime]:
    """A new code and until when it is good; an earlier one of the attempt ends. Only its hash is kept."""
    old = update(DeviceCode).where(col(DeviceCode.attempt_id) == attempt.id, col(DeviceCode.used_at).is_(None))
    db.execute(old.where(col(DeviceCode.expires_at) > now).values(expires_at=now))
    code, expires_at = new_code(LENGTH), now + LIFE
    assert attempt.id is not None
    db.add(
        DeviceCode(
            code_hash=token_hash(code), attempt_id=attempt.id, person_id=attempt.person_id,
            created_at=now, expires_at=expires_at,
        )
    )  # fmt: skip
    audit.write(db, attempt.person_id, "device code", f"attempt {attempt.code}", now)
    return code, expires_at


def written(code: str) -> str:
    """The code as people read it out: `ABCD-EFGH`."""
    return f"{code[:4]}-{code[4:]}".upper()


def read(text: str) -> str:
    """What was typed, as codes are made: without blanks and hyphens, in small letters."""
    return "".join(char for char in text[:40].lower() if char.isascii() and char.isalnum())


def find(db: Session, text: str, now: datetime) -> tuple[DeviceCode, Attempt, Person] | None:
    """The code while it can be used, its running attempt and the guest; an account's opens by signing in only."""
    query = (
        select(DeviceCode, Attempt, Person)
        .join(Attempt, col(Attempt.id) == col(DeviceCode.attempt_id))
        .join(Person, col(Person.id) == col(Attempt.person_id))
        .where(col(DeviceCode.code_hash) == token_hash(read(text)), col(DeviceCode.used_at).is_(None))
        .where(col(DeviceCode.expires_at) > now, col(Attempt.state).in_(RUNNING))
        .where(col(Person.disabled_at).is_(None))
        .with_for_update(of=DeviceCode)
    )
    found = db.exec(query).first()
    return (found[0], found[1], found[2]) if found and found[2].is_guest else None


def use(db: Session, code: DeviceCode, attempt: Attempt, now: datetime) -> None:
    """The code is spent; the log says so."""
    code.used_at = now
    db.add(code)
    audit.write(db, attempt.person_id, "continued elsewhere", f"attempt {attempt.code}", now)


def has_attempts(db: Session, person: Person) -> bool:
    """Would a browser of this guest lose something if it became somebody else's?"""
    return db.exec(select(Attempt.id).where(Attempt.person_id == person.id).limit(1)).first() is not None


def continued_at(db: Session, attempt: Attempt) -> datetime | None:
    """When another device last took the attempt over."""
    return db.exec(select(func.max(DeviceCode.used_at)).where(DeviceCode.attempt_id == attempt.id)).one()
