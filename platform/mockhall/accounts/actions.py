"""Verbs on people: a new guest, sign up, sign in, merge, set a password."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mockhall.accounts import audit
from mockhall.accounts.models import OneTimeLink, Person, Role
from mockhall.accounts.sessions import close_all_sessions
from mockhall.web.codes import new_code, new_token, token_hash

LINK_LIFE = timedelta(hours=72)
OnMerge = Callable[[Session, int, int], None]


def new_guest(db: Session, now: datetime, name: str = "") -> Person:
    """A person without credentials, who owns attempts by the cookie alone."""
    guest = Person(code=new_code(), name=name, role=Role.GUEST, created_at=now)
    db.add(guest)
    db.flush()
    return guest


def person_with_email(db: Session, email: str) -> Person | None:
    """The account with this address, in any spelling of its letters."""
    return db.exec(select(Person).where(col(Person.email) == normal_email(email))).first()


def normal_email(email: str) -> str:
    """How addresses are compared and stored."""
    return email.strip().casefold()


def sign_up(db: Session, viewer: Person | None, email: str, name: str, password_hash: str, now: datetime) -> Person:
    """Make an account: a guest stays the same person and keeps every attempt."""
    person = viewer if viewer is not None and viewer.is_guest else Person(code=new_code(), created_at=now)
    person.email, person.password_hash, person.role = normal_email(email), password_hash, Role.STUDENT
    person.name = name or person.name
    db.add(person)
    close_all_sessions(db, person, now) if person.id else None
    db.flush()
    audit.write(db, person.id, "sign-up", f"person {person.code}", now)
    return person


def merge_guest(db: Session, guest: Person | None, into: Person, now: datetime, on_merge: OnMerge) -> None:
    """Give a guest's attempts to the account that signed in, once; the guest is closed by it."""
    if guest is None or not guest.is_guest or guest.merged_into_id is not None or guest.id == into.id:
        return
    assert guest.id is not None and into.id is not None
    guest.merged_into_id, guest.disabled_at = into.id, now
    db.add(guest)
    db.flush()
    on_merge(db, guest.id, into.id)
    close_all_sessions(db, guest, now)
    audit.write(db, into.id, "merge", f"guest {guest.code}", now)


def new_link(db: Session, person: Person, now: datetime) -> str:
    """A token that sets a password once within 72 hours; earlier links of the person end."""
    assert person.id is not None
    for old in db.exec(select(OneTimeLink).where(OneTimeLink.person_id == person.id, col(OneTimeLink.used_at).is_(None))):
        old.used_at = now
    token = new_token()
    link = OneTimeLink(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + LINK_LIFE)
    db.add(link)
    audit.write(db, None, "link", f"person {person.code}", now)
    return token


def open_link(db: Session, token: str, now: datetime) -> tuple[OneTimeLink, Person] | None:
    """The link behind a token and its person, while it can still be used."""
    query = (
        select(OneTimeLink, Person)
        .join(Person, col(Person.id) == col(OneTimeLink.person_id))
        .where(col(OneTimeLink.token_hash) == token_hash(token), col(OneTimeLink.used_at).is_(None))
        .where(col(OneTimeLink.expires_at) > now, col(Person.disabled_at).is_(None))
        .with_for_update()
    )
    return db.exec(query).first()


def use_link(db: Session, link: OneTimeLink, person: Person, password_hash: str, now: datetime) -> None:
    """Set the password; every session of the person ends."""
    link.used_at, person.password_hash = now, password_hash
    db.add(link)
    db.add(person)
    close_all_sessions(db, person, now)
    audit.write(db, person.id, "password", f"person {person.code}", now)


def add_person(db: Session, email: str, role: Role, now: datetime, name: str = "") -> Person:
    """An account without a password yet; a one-time link sets it."""
    person = Person(code=new_code(), email=normal_email(email), role=role, created_at=now, name=name)
    db.add(person)
    db.flush()
    audit.write(db, None, "add", f"{role} {person.code}", now)
    return person
