"""The kinds and difficulties a question can have."""

from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    TEXT = "text"
    MATCH = "match"
    ORDER = "order"
    CLOZE = "cloze"

    @property
    def has_options(self) -> bool:
        """Is it answered by ticking options? Match and order have options too, but are answered otherwise."""
        return self in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)

    @property
    def has_one_choice(self) -> bool:
        return self in (Kind.SINGLE, Kind.TRUE_FALSE)

    @property
    def can_be_partly_right(self) -> bool:
        return self in (Kind.MULTIPLE, Kind.MATCH, Kind.ORDER, Kind.CLOZE)


class Difficulty(StrEnum):
    """How hard a question is meant to be; written as shown."""

    EASY = "Easy"
    MEDIUM = "Medium"
    ADVANCED = "Advanced"
