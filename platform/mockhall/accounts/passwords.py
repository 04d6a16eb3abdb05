"""Hashing passwords: argon2id, two at a time, never while a database session is held."""

import threading

from passlib.hash import argon2

_HASHER = argon2.using(type="ID", memory_cost=19456, time_cost=2, parallelism=1)
_TWO = threading.BoundedSemaphore(2)  # each takes 19 MB and a core; forty at once took 1 GB
SHORTEST, LONGEST = 10, 200


def hash_password(password: str) -> str:
    """About 30 ms of work."""
    with _TWO:
        return str(_HASHER.hash(password))


_NOBODYS = hash_password("nobody has this password")


def is_password(password: str, stored: str | None) -> bool:
    """Does the password fit? Without a stored one it takes as long and says no, so time tells nothing."""
    with _TWO:
        fits = bool(_HASHER.verify(password, stored or _NOBODYS))
    return fits and stored is not None
