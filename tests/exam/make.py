"""Builders for the exam's values, with defaults a test needn't care about."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Item, Key
from mockhall.exam.scheme import Scheme
from mockhall.exam.shape import Shape

NINE = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


IDS = ("a", "b", "c", "d")
MATCHED: list[dict[str, Any]] = [
    *({"id": f"l{n}", "side": "left"} for n in (1, 2, 3)),
    *({"id": f"r{n}", "side": "right"} for n in (1, 2, 3, 4)),
]
GAPS: list[dict[str, Any]] = [{"id": "g1", "gap": 1, "type": "choice", "choices": [{"id": "x"}, {"id": "y"}]},
        {"id": "g2", "gap": 2, "type": "text"}, {"id": "g3", "gap": 3, "type": "number"}]  # fmt: skip


def shape(kind: Kind) -> Shape:
    """What an answer to a question of this kind may hold: options a to d, lefts l1 to l3, gaps 1 to 3."""
    plain: list[dict[str, Any]] = [{"id": each} for each in IDS] if kind.has_options or kind is Kind.ORDER else []
    return Shape.of(kind, {Kind.MATCH: MATCHED, Kind.CLOZE: GAPS}.get(kind, plain))


def chosen(letters: str) -> Answer:
    return Answer(choice=tuple(letters))


def options_key(letters: str) -> Key:
    return Key(options=frozenset(letters))


def make_item(
    number: int = 1,
    section: int = 1,
    kind: Kind = Kind.SINGLE,
    topic: str = "Routing",
    difficulty: Difficulty = Difficulty.EASY,
    full: int = 4,
    wrong: int = -1,
) -> Item:
    scheme = Scheme(Fraction(full), Fraction(wrong))
    return Item(number, section, kind, topic, difficulty, options_key("a"), scheme)


RIGHT = Mark(Fraction(4), Outcome.RIGHT)
WRONG = Mark(Fraction(-1), Outcome.WRONG)
BLANK = Mark(Fraction(0), Outcome.BLANK)
