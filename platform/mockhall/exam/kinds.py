"""The kinds and difficulties a question can have."""

from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"
    TEXT = "text"

    @property
    def has_options(self) -> bool:
        return self in (Kind.SINGLE, Kind.MULTIPLE)


class Difficulty(StrEnum):
    """How hard a question is meant to be; written as shown."""

    EASY = "Easy"
    MEDIUM = "Medium"
    ADVANCED = "Advanced"
