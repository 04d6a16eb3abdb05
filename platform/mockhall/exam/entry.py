"""What a start asks of who comes: an account or a cohort, name, roll number, access code, a wait between attempts."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum


class Ask(StrEnum):
    """Whether a paper asks for something."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Access(StrEnum):
    """Who may sit a paper."""

    PUBLIC = "public"
    SIGN_IN = "sign_in"
    COHORT = "cohort"


class Bar(StrEnum):
    """What keeps somebody from a paper that isn't for everybody; the reason of a refusal (contract.md)."""

    SIGN_IN_NEEDED = "sign_in_needed"
    NOT_IN_COHORT = "not_in_cohort"

    @property
    def words(self) -> str:
        return _BARS[self]


_BARS = {
    Bar.SIGN_IN_NEEDED: "Sign in to sit this test: it is only for people with an account.",
    Bar.NOT_IN_COHORT: "This test is only for the people of a cohort you are not in. Ask whoever set it.",
}


def barred(access: Access, *, has_account: bool, is_member: bool, is_staff: bool) -> Bar | None:
    """What keeps this person from the paper; None when nothing does. `is_member`: of one of its cohorts.

    Staff preview every test. Whoever is signed out may be a member, so signing in comes first."""
    if access is Access.PUBLIC or is_staff:
        return None
    if not has_account:
        return Bar.SIGN_IN_NEEDED
    return Bar.NOT_IN_COHORT if access is Access.COHORT and not is_member else None


LONGEST_ROLL = 40
MOST_OWN, MOST_HERE, MOST_OF_ALL = 10, 300, 3000
"""Wrong access codes in ten minutes: of a browser, of an address, and of an address before nobody there gets in."""
NO_NAME = "Write your name. It stands on the result and in the report."
NO_ROLL = "Write your roll number. It stands on the result and in the report."
LONG_ROLL = f"A roll number has at most {LONGEST_ROLL} characters."


def faults(ask_name: Ask, ask_roll: Ask, name: str, roll: str) -> dict[str, str]:
    """What is missing or doesn't fit, by field; empty when the start may go on."""
    found = {}
    if ask_name is Ask.REQUIRED and not name:
        found["name"] = NO_NAME
    if ask_roll is Ask.REQUIRED and not roll:
        found["roll"] = NO_ROLL
    if len(roll) > LONGEST_ROLL:
        found["roll"] = LONG_ROLL
    return found


def code_fits(wanted: str, typed: str) -> bool:
    """Is this the access code? Case and blanks don't matter; the time taken tells nothing of how much was right."""
    return hmac.compare_digest(_plain(wanted), _plain(typed))


def may_not_try(own: int, here: int, *, fits: bool) -> bool:
    """Are there too many wrong codes to try another? `own` are a browser's, `here` those of its address.

    Over its own limit a browser waits, whatever it sends. A school may share an address: over that limit only who has
    mistyped before waits, and a first wrong code is refused too. The last limit holds for all, as cookies cost nothing.
    """
    return own >= MOST_OWN or here >= MOST_OF_ALL or (here >= MOST_HERE and (own > 0 or not fits))


def _plain(code: str) -> bytes:
    return hashlib.sha256("".join(code.split()).casefold().encode("utf-8", "replace")).digest()


def may_start_from(last_finished: datetime | None, wait: timedelta | None) -> datetime | None:
    """From when on another attempt may begin; None when nothing has to be waited for."""
    return None if last_finished is None or wait is None else last_finished + wait
