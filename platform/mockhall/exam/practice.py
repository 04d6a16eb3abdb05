"""The rating a practice answer gives its question's next review (FSRS)."""

from datetime import timedelta
from enum import IntEnum

DESIRED_RETENTION = 0.90


class Rating(IntEnum):
    """FSRS's four ratings, with its numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def rating(
    right: bool,
    time: timedelta,
    *,
    hinted: bool = False,
    sure: bool | None = None,
    lower: timedelta | None = None,
    upper: timedelta | None = None,
) -> Rating:
    """The rating of an answer; a skip is no review and has none.

    `sure` is None when not asked; `lower` and `upper` are the person's own 25th and 75th percentile times, if known.
    """
    if not right:
        return Rating.AGAIN
    if hinted or sure is False or (upper is not None and time > upper):
        return Rating.HARD
    return Rating.EASY if sure and lower is not None and time < lower else Rating.GOOD
