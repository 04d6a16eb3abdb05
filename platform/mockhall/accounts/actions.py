"""Verbs on people: a new guest, sign up, sign in, sign out, merge, roles, one-time links.

On PostgreSQL rows are locked before anything is done with them, an account's before a guest's, and the audit log, which
has one lock for all, is written last: so two sign-ins can't wait for each other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from mockhall.accounts import audit, cohorts
from mockhall.accounts.models import OneTimeLink, Person, Role, normal_email
from mockhall.accounts.sessions import close_all_sessions, close_session, open_session
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
    if "\0" in email:  # PostgreSQL keeps no such text and refuses to look for it
        return None
    return db.exec(select(Person).where(col(Person.email) == normal_email(email))).first()


def is_anybody_here(db: Session) -> bool:
    """Does anyone have an account yet?"""
    return db.exec(select(Person.id).where(Person.role != Role.GUEST).limit(1)).first() is not None


def sign_up(
    db: Session, viewer: Person | None, email: str, name: str, password_hash: str, now: datetime
) -> Person | None:
    """Make an account: a guest stays the same person and keeps every attempt. None when the address is taken."""
    person = _locked(db, viewer.id) if viewer is not None else None
    if person is None or not person.is_guest or person.disabled_at is not None:
        person = Person(code=new_code(), created_at=now)
    try:
        with db.begin_nested():  # the same address may be signing up in another process right now
            person.email, person.password_hash, person.role = normal_email(email), password_hash, Role.STUDENT
            person.name = name or person.name
            db.add(person)
            db.flush()
    except IntegrityError:
        return None
    close_all_sessions(db, person, now)
    audit.write(db, person.id, "sign-up", f"person {person.code}", now)
    return person


def account_for_sign_in(db: Session, person_id: int, password_hash: str) -> Person | None:
    """The account whose password was right a moment ago, if it still is and the account is still open."""
    person = _locked(db, person_id)
    fits = person is not None and person.disabled_at is None and person.password_hash == password_hash
    return person if fits else None


def sign_in(
    db: Session, viewer: Person | None, token: str, person: Person, now: datetime, on_merge: OnMerge
) -> tuple[str, bool]:
    """End the browser's session `token` and open one of `person`; returns its token and whether a guest was merged."""
    merged = merge_guest(db, viewer, person, now, on_merge)
    if token:
        close_session(db, token, now)
    opened = open_session(db, person, now)
    if merged and viewer is not None:
        audit.write(db, person.id, "merge", f"guest {viewer.code}", now)
    audit.write(db, person.id, "sign-in", f"person {person.code}", now)
    return opened, merged


def merge_guest(db: Session, viewer: Person | None, into: Person, now: datetime, on_merge: OnMerge) -> bool:
    """Give a guest's attempts to the account that signed in, once; the guest is closed by it."""
    if viewer is None or not viewer.is_guest:
        return False
    guest = _locked(db, viewer.id)  # it may have been merged, or made a student, while we waited for the row
    if guest is None or not guest.is_guest or guest.merged_into_id is not None or guest.id == into.id:
        return False
    assert guest.id is not None
    assert into.id is not None
    guest.merged_into_id, guest.disabled_at = into.id, now
    db.add(guest)
    db.flush()
    cohorts.give_to(db, guest.id, into.id)
    on_merge(db, guest.id, into.id)
    close_all_sessions(db, guest, now)
    return True


def sign_out(db: Session, viewer: Person | None, token: str, now: datetime) -> None:
    """End this browser's session."""
    if viewer is None:
        return
    close_session(db, token, now)
    audit.write(db, viewer.id, "sign-out", f"person {viewer.code}", now)


def new_link(db: Session, person: Person, now: datetime) -> str:
    """A token that sets a password once within 72 hours; earlier links of the person end."""
    assert person.id is not None
    open_ones = select(OneTimeLink).where(OneTimeLink.person_id == person.id, col(OneTimeLink.used_at).is_(None))
    for old in db.exec(open_ones):
        old.used_at = now
    token = new_token()
    link = OneTimeLink(token_hash=token_hash(token), person_id=person.id, created_at=now, expires_at=now + LINK_LIFE)
    db.add(link)
    db.flush()
    audit.write(db, None, "link", f"person {person.code}", now)
    return token


def open_link(db: Session, token: str, now: datetime, *, lock: bool = False) -> tuple[OneTimeLink, Person] | None:
    """The link behind a token and its person, while it can still be used."""
    query = (
        select(OneTimeLink, Person)
        .join(Person, col(Person.id) == col(OneTimeLink.person_id))
        .where(col(OneTimeLink.token_hash) == token_hash(token), col(OneTimeLink.used_at).is_(None))
        .where(col(OneTimeLink.expires_at) > now, col(Person.disabled_at).is_(None))
    )
    return db.exec(query.with_for_update() if lock else query).first()


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


def set_role(db: Session, person: Person, role: Role, now: datetime, actor_id: int | None = None) -> None:
    """Change what a person may do; open sessions end, so that what they do next is done in the new role."""
    before, person.role = person.role, role
    db.add(person)
    close_all_sessions(db, person, now)
    audit.write(db, actor_id, "role", f"{before} to {role} {person.code}", now)


def set_time_factor(
    db: Session, person: Person, time_factor: Fraction, now: datetime, actor_id: int | None = None
) -> None:
    """Change how much time a person gets, from the next start on; attempts that run are moved by their own package."""
    before, person.time_factor = person.time_factor, time_factor
    db.add(person)
    db.flush()
    audit.write(db, actor_id, "time factor", f"{before} to {time_factor} {person.code}", now)


def disable(db: Session, person: Person, now: datetime, actor_id: int | None = None) -> None:
    """Shut an account: its sessions end at once."""
    person.disabled_at = now
    db.add(person)
    close_all_sessions(db, person, now)
    audit.write(db, actor_id, "disable", f"person {person.code}", now)


def _locked(db: Session, person_id: int | None) -> Person | None:
    """The person as stored now, whatever was read before; on PostgreSQL nobody else changes it until we commit."""
    return db.get(Person, person_id, with_for_update=True, populate_existing=True) if person_id else None
