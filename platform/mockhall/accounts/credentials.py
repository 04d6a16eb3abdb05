"""Checking and hashing passwords, finished before a request takes the session that writes.

A hash takes 30 ms of a core, and on SQLite there is one writer: hashing while holding it would let thirty people who
sign in stop every save in an exam for a second. So these dependencies stand before `Writing` in a route's parameters,
use short sessions of their own, and the route checks again under the lock what may have changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from mockhall.accounts import actions, known, limits, passwords
from mockhall.accounts.access import ClientAddress
from mockhall.accounts.forms import NewPassword, SignIn, SignUp
from mockhall.accounts.models import normal_email
from mockhall.db import Database
from mockhall.settings import Settings
from mockhall.web.codes import token_hash
from mockhall.web.now import Now

TAKEN = "This address already has an account. Sign in with it, or ask for a new password."
SIGN_IN_MINUTES, ACCOUNT_MINUTES = 10, 15
PLACES = 10
"""An account takes the failures of so many addresses at once, and then waits for all that it doesn't know."""


@dataclass(frozen=True)
class Proof:
    """What a sign-in proved: whose password it was. Nobody's: `person_id` is None, or there is a `wait` in seconds."""

    person_id: int | None = None
    password_hash: str = ""
    wait: int = 0
    tried: str = "nobody"  # the code of the account that was tried, for the audit log


@dataclass(frozen=True)
class Hashed:
    """A new password's hash; empty when it was not made: `fault` or `wait` says why."""

    password_hash: str = ""
    fault: str = ""
    wait: int = 0


class Tries:
    """Counts tries to sign in: each counts as failed before it is checked, so that tries at the same time can't
    outrun the limit, and is uncounted when it was right.

    Strangers are counted by address, by account and address together, and by account from everywhere; browsers that
    have been in the account before each by itself and all together, so that nobody else's failures lock its owner out.
    """

    def __init__(self, database: Database, settings: Settings, address: str, email: str, mark: str = "") -> None:
        self.database = database
        here = limits.limit_of(settings.sign_ins_per_address, SIGN_IN_MINUTES)
        each = limits.limit_of(settings.failures_per_account, ACCOUNT_MINUTES)
        everywhere = limits.limit_of(settings.failures_per_account * PLACES, ACCOUNT_MINUTES)
        # Addresses without an account are counted alike: a limit must not tell which ones exist.
        account = account_key(email)
        strangers = [(here, f"sign-in:{address}", False), (each, account_key(email, address), True)]
        known_here = [(each, f"known:{mark}", True)]
        # The widest last: what waits is counted no further, for ten tries of one address must not use up what all have.
        self.counts = [
            *(known_here if mark else strangers),
            (everywhere, f"known:{account}" if mark else account, True),
        ]

    def begin(self, now: datetime) -> int:
        """The seconds to wait; 0 when the password may be checked."""
        with self.database.writing() as db:
            for item, key, rolling in self.counts:
                if seconds := limits.spend(db, item, key, now, rolling=rolling):
                    return seconds
        return 0

    def was_right(self) -> None:
        """This one was no failure, and earlier ones from here were slips of the owner."""
        with self.database.writing() as db:
            # In the order they were counted in: those who sign in at once wait for each other, and never in a ring.
            for _, key, _ in self.counts[:-2]:
                limits.give_back(db, key)
            limits.forget(db, self.counts[-2][1])
            limits.give_back(db, self.counts[-1][1])


def account_key(email: str, address: str = "") -> str:
    """What an account's failures are counted under, from everywhere or one address; the e-mail itself is not kept."""
    return f"account:{token_hash(normal_email(email))}" + (f":{address}" if address else "")


def prove(request: Request, form: SignIn, address: ClientAddress, now: Now) -> Proof:
    """Check the password of a sign-in; costs the same whether the account exists or not."""
    database: Database = request.app.state.database
    with database.reading() as db:
        mark = known.mark_for(db, known.marks_of(request), form.email, now)
    tries = Tries(database, request.app.state.settings, address, form.email, mark)
    if seconds := tries.begin(now):
        return Proof(wait=seconds)
    with database.reading() as db:
        person = actions.person_with_email(db, form.email)
    stored = person.password_hash if person and person.disabled_at is None else None
    if not passwords.is_password(form.password, stored):
        return Proof(tried=person.code if person else "nobody")
    tries.was_right()
    assert person is not None
    assert stored is not None
    return Proof(person.id, stored)


def hash_for_sign_up(request: Request, form: SignUp, address: ClientAddress, now: Now) -> Hashed:
    """Hash the password of a new account, if the form is in order and the address is free."""
    database: Database = request.app.state.database
    if form.errors:
        return Hashed()
    item = limits.limit_of(request.app.state.settings.sign_ins_per_address, SIGN_IN_MINUTES)
    with database.writing() as db:
        if seconds := limits.spend(db, item, f"sign-up:{address}", now):
            return Hashed(wait=seconds)
        if actions.person_with_email(db, form.email):
            return _taken(db, request.app.state.settings, address, now)
    return Hashed(passwords.hash_password(form.password))


def _taken(db: Session, settings: Settings, address: str, now: datetime) -> Hashed:
    """Saying so tells who has an account. Without mail nothing else would help, so it is said, a tenth as often."""
    item = limits.limit_of(max(1, settings.sign_ins_per_address // 10), SIGN_IN_MINUTES)
    return Hashed(fault=TAKEN, wait=limits.spend(db, item, f"taken:{address}", now))


def hash_for_reset(request: Request, token: str, password: NewPassword, address: ClientAddress, now: Now) -> Hashed:
    """Hash the password of a one-time link. Without an open link there is no hash and no fault."""
    database: Database = request.app.state.database
    item = limits.limit_of(request.app.state.settings.sign_ins_per_address, SIGN_IN_MINUTES)
    with database.writing() as db:
        if seconds := limits.spend(db, item, f"reset:{address}", now):
            return Hashed(wait=seconds)
        found = actions.open_link(db, token, now)
    if found is None:
        return Hashed()
    if fault := passwords.fault(password, found[1].email or ""):
        return Hashed(fault=fault)
    return Hashed(passwords.hash_password(password))


# max_concurrency: who waits for a turn holds none of the server's threads.
Proved = Annotated[Proof, Depends(prove, scope="function", max_concurrency=2)]
HashedForSignUp = Annotated[Hashed, Depends(hash_for_sign_up, scope="function", max_concurrency=2)]
HashedForReset = Annotated[Hashed, Depends(hash_for_reset, scope="function", max_concurrency=2)]
