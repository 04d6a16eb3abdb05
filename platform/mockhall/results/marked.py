"""An attempt's answers marked under the rules it started with: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from mockhall.exam.paper import Answer, Item
from mockhall.exam.rulings import judged
from mockhall.exam.score import Entry, Score
from mockhall.exam.unsaved import marks_lost, never_saved
from mockhall.results.counting import Rules, counting, marked, overall


class Held(NamedTuple):
    """A response as marking needs it; `certainty` is 0 where none was given."""

    number: int
    section: int
    question_version_id: int
    answer: Answer
    certainty: int
    first_answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Marking:
    """How an attempt is marked: its paper's rules, its questions by section and version; `rulings`: how many key
    rulings there were by then."""

    rules: Rules
    items: Mapping[tuple[int, int], Item]
    rulings: int


@dataclass(frozen=True)
class MarkedSheet:
    """Each question of an attempt with its mark and answer, which of them count, and the score of those."""

    entries: Sequence[Entry]
    counted: frozenset[int]
    overall: Score


def mark_sheet(
    rules: Rules, items: Mapping[int, Item], held: Sequence[Held], finished_at: datetime | None
) -> MarkedSheet:
    """The sheet of these responses, in the order of their numbers; `items` are the questions by number."""
    entries: list[Entry] = [
        (*marked(rules, items[each.number], each.answer, each.certainty or None), each.answer) for each in held
    ]
    numbers = counting(rules, entries, {each.number: each.first_answered_at or finished_at for each in held})
    return MarkedSheet(entries, numbers, overall(rules, entries, numbers))


def sortable(score: Fraction) -> float:
    """A score as SQL compares it: rounded here, so that both databases hold the same and equal scores are equal."""
    return float(round(score, 6))


def lost_selections(entries: Sequence[Entry], logged: Mapping[int, Mapping[str, Any] | None]) -> tuple[int, Fraction]:
    """How many selections a strict attempt never saved, and the marks they would have earned beyond the kept answers.

    `logged` are the last ones by question number."""
    pairs = []
    for item, kept, answer in entries:
        selection = never_saved(logged.get(item.number), answer)
        if selection is not None:
            pairs.append((judged(item, selection).marks, kept.marks))
    return len(pairs), marks_lost(pairs)
