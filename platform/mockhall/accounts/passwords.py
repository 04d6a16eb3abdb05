"""Passwords: which are allowed, and their hashes: argon2id, two at a time, never while a database session is held."""

import re
import threading
import unicodedata

from passlib.hash import argon2

_HASHER = argon2.using(type="ID", memory_cost=19456, time_cost=2, parallelism=1)
_TWO = threading.BoundedSemaphore(2)  # each takes 19 MB and a core; forty at once took 1 GB
SHORTEST, LONGEST = 10, 200

# What people try first on anybody's account: a run along keys or letters, or one of these words with digits around it.
_RUNS = (
    "12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
    "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "13579", "24680",
)  # fmt: skip
_WORDS = frozenset(
    ("password", "passcode", "qwerty", "azerty", "iloveyou", "letmein", "welcome", "sunshine", "princess", "football",
     "baseball", "cricket", "administrator", "admin", "changeme", "secret", "student", "teacher", "mockhall")
)  # fmt: skip
_WAYS = (*_RUNS, *(run[::-1] for run in _RUNS))


def _composed(password: str) -> str:
    """One spelling for what keyboards write in several: é may be one character or two."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, email: str) -> str:
    """Why this can't be the password of that account; empty when it can."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if _is_tried_first(password.casefold()):
        return "This is among the passwords that are tried first. Choose another."
    if password.strip().casefold() == email.casefold():
        return "This is your email address. Choose something others don't know."
    return ""


def _is_tried_first(password: str) -> bool:
    """Few different characters, a run, or a word everybody thinks of with digits and signs around it."""
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password).translate(_LEET)
    halves = word[: len(word) // 2]
    return len(set(password)) < 5 or _is_run(password) or word in _WORDS or (halves in _WORDS and halves * 2 == word)


_LEET = str.maketrans("@0$3", "aose")


def _is_run(password: str) -> bool:
    """Is it made of nothing but pieces, of three or more, of what lies side by side? `1122` counts as `12`."""
    rest = re.sub(r"(.)\1+", r"\1", password)
    while rest:
        piece = next((rest[:n] for n in range(len(rest), 2, -1) if any(rest[:n] in way for way in _WAYS)), "")
        if not piece:
            return False
        rest = rest[len(piece) :]
    return True


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
