"""How long a question is likely to take: what it took others, else a rule of thumb by type and difficulty."""

from collections.abc import Sequence
from datetime import timedelta

from mockhall.exam.kinds import Difficulty, Kind

# Exams give from 36 s (SSC) to 166 s (GATE) a question; these are of placement tests, which give about a minute.
_BY_DIFFICULTY = {Difficulty.EASY: 45, Difficulty.MEDIUM: 60, Difficulty.ADVANCED: 90}
_MORE = {Kind.SINGLE: 0, Kind.TRUE_FALSE: -15}
TO_WRITE = 15
"""Seconds more for what is more than one tick."""
SPARE = 10
"""Per cent more work than time that is no matter: nobody knows it better than that."""


def usual_seconds(kind: Kind, difficulty: str) -> int:
    """The rule of thumb; a draw that names no difficulty counts as Medium."""
    known = Difficulty(difficulty) if difficulty in list(Difficulty) else Difficulty.MEDIUM
    return _BY_DIFFICULTY[known] + _MORE.get(kind, TO_WRITE)


def work(seconds: Sequence[float], count: int | None = None) -> float:
    """Seconds for a section whose questions take these; where only `count` of them are to be answered, so many of
    middling length."""
    if not seconds:
        return 0
    answered = len(seconds) if count is None else min(count, len(seconds))
    return sum(seconds) / len(seconds) * answered


def is_too_much(seconds: float, time: timedelta) -> bool:
    """Is that clearly more than can be done in this time?"""
    return seconds * 100 > time.total_seconds() * (100 + SPARE)
