"""Random public codes and secret tokens."""

import hashlib
import os
import re
import secrets
import threading

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads like something else


_FAIR = 256 - 256 % len(_LETTERS)
_BY_BYTE = {byte: _LETTERS[byte % len(_LETTERS)] for byte in range(_FAIR)}  # a byte beyond is thrown away


class _Supply:
    """Random letters from the system, many at a time: each call of it lets go of Python's lock, and who presses Start
    would wait for the write lane's thread to give it back, once a letter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._letters = ""

    def forget(self) -> None:
        """What a process took over from the one it was split from: both would give the same."""
        self._lock, self._letters = threading.Lock(), ""

    def take(self, length: int) -> str:
        with self._lock:
            while len(self._letters) < length:
                self._letters += "".join(_BY_BYTE.get(byte, "") for byte in secrets.token_bytes(2048))
            taken, self._letters = self._letters[:length], self._letters[length:]
            return taken


_supply = _Supply()
os.register_at_fork(after_in_child=_supply.forget)


def new_code(length: int = 12) -> str:
    """A public id, random so that it can't be guessed: 12 characters are 59 bits."""
    return _supply.take(length)


def new_token() -> str:
    """A secret for a cookie or a link, 256 bits."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Could `new_token` have made it?"""
    return _TOKEN.fullmatch(text) is not None


_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def token_hash(token: str) -> str:
    """What the database keeps of a secret: sha256, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
