"""Random public codes and secret tokens."""

import hashlib
import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads like something else


def new_code(length: int = 12) -> str:
    """A public id, random so that it can't be guessed: 12 characters are 59 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def new_token() -> str:
    """A secret for a cookie or a link, 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a secret: sha256, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
