"""Builders for the exam's values, with defaults a test needn't care about."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Item, Key
from mockhall.exam.scheme import Scheme

NINE = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


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
