"""Passwords: which are allowed, and their hashes: argon2id, two at a time, never while a database session is held."""

import threading
import unicodedata
from pathlib import Path

from passlib.hash import argon2

_HASHER = argon2.using(type="ID", memory_cost=19456, time_cost=2, parallelism=1)
_TWO = threading.BoundedSemaphore(2)  # each takes 19 MB and a core; forty at once took 1 GB
SHORTEST, LONGEST = 10, 200
# The hundred most used of at least ten characters, by the ranking that zxcvbn (MIT) carries.
COMMON = frozenset(Path(__file__).with_name("common-passwords.txt").read_text("ascii").split())


def _composed(password: str) -> str:
    """One spelling for what keyboards write in several: é may be one character or two."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, email: str) -> str:
    """Why this can't be the password of that account; empty when it can."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if password.casefold() in COMMON:
        return "This is among the hundred most used passwords, and is tried first. Choose another."
    if password.strip().casefold() == email.casefold():
        return "This is your email address. Choose something others don't know."
    return ""


def hash_password(password: str) -> str:
    """About 30 ms of work."""
    with _TWO:
        return str(_HASHER.hash(_composed(password)))


_NOBODYS = hash_password("nobody has this password")


def is_password(password: str, stored: str | None) -> bool:
    """Does the password fit? Without a stored one it takes as long and says no, so time tells nothing."""
    with _TWO:
        # None is longer than LONGEST, and the hasher takes no more than 4096.
        fits = bool(_HASHER.verify(_composed(password[: LONGEST + 1]), stored or _NOBODYS))
    return fits and stored is not None
