"""What a start asks of who comes: name, roll number, access code, and a wait since the last attempt."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum


class Ask(StrEnum):
    """Whether a paper asks for something."""

    NO = "no"
    OPTIONAL = "optional"
    REQUIRED = "required"


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
