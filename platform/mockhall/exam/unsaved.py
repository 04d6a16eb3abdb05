"""Selections that were never saved: in a strict paper only Save & next and Mark for review & next keep an answer."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from mockhall.exam.paper import Answer

STRICT = "strict_cbt"
"""The save policy of such papers; that of the others is `auto`."""


def never_saved(logged: Mapping[str, Any] | None, kept: Answer) -> Answer | None:
    """The last selection that was left unsaved; None where there is none, it is blank, or it is what is kept."""
    if logged is None:
        return None
    answer = Answer.of(logged.get("choice") or [], logged.get("text") or "", logged.get("parts") or {})
    return None if answer.blank or answer == kept else answer


def marks_lost(would_and_did: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """What all never-saved selections together would have earned beyond the kept answers, never below 0.

    Pairs of marks, a question each. Wrong selections are set off against right ones: saving them would have cost.
    """
    return max(Fraction(0), sum((would - did for would, did in would_and_did), Fraction(0)))
