"""Certainty-based marking: Moodle's table, and the summary over all questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.errors import AnswerError

_TABLE = {1: (1, 0), 2: (2, -2), 3: (3, -6)}
"""Marks for right and wrong at C=1, 2, 3 (Gardner-Medwin's table, as in Moodle's qbehaviour_deferredcbm)."""


HIGHEST = 3
"""What a right answer earns at most, in the question's full marks."""


@dataclass(frozen=True, slots=True)
class Sure:
    """A choice of the room: how sure, in words, and what it earns and costs, in the question's full marks."""

    certainty: int
    words: str
    right: int
    wrong: int


CHOICES = tuple(
    Sure(certainty, words, *_TABLE[certainty])
    for certainty, words in ((1, "Not sure"), (2, "Fairly sure"), (3, "Very sure"))
)
"""The three choices, from unsure to sure."""


@dataclass(frozen=True, slots=True)
class CertainAnswer:
    """One question: the share that was right (0 when blank), the certainty (None: not chosen), its max marks."""

    fraction: Fraction
    certainty: int | None = None
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class CertaintySummary:
    """`average` and `expected` in certainty marks a question (-6 to 3), `accuracy` as a share, `bonus` added to it."""

    accuracy: Fraction
    average: Fraction
    expected: Fraction
    bonus: Fraction


def check_certainty(certainty: int | None) -> int | None:
    """The certainty as sent, 1 to 3 or not chosen. Raises AnswerError beside `certainty`."""
    if certainty is not None and certainty not in _TABLE:
        raise AnswerError("certainty", "Choose how sure you are: 1, 2 or 3.")
    return certainty


def certain_marks(fraction: Fraction, certainty: int | None) -> Fraction:
    """Certainty marks of an answered question: right x share when any is right, else wrong; no choice counts as 1."""
    right, wrong = _TABLE[1 if certainty is None else certainty]
    return right * fraction if fraction > 0 else Fraction(wrong)


def best_certainty(chance: Fraction) -> int:
    """The certainty that earns most on average at this chance of being right: turns at 2/3 and 4/5."""
    if chance < Fraction(2, 3):
        return 1
    return 2 if chance <= Fraction(4, 5) else 3


def summary(answers: Iterable[CertainAnswer]) -> CertaintySummary | None:
    """The summary over all questions, blanks too (`blank`); None when the weights come to nothing."""
    rows = list(answers)
    weight = sum((row.weight for row in rows), Fraction(0))
    if weight == 0:
        return None
    accuracy = sum((max(row.fraction, Fraction(0)) * row.weight for row in rows), Fraction(0)) / weight
    average = sum((certain_marks(row.fraction, row.certainty) * row.weight for row in rows), Fraction(0)) / weight
    expected = max(accuracy, 4 * accuracy - 2, 9 * accuracy - 6)
    return CertaintySummary(accuracy, average, expected, (average - expected) / 10)


def blank(weight: Fraction) -> CertainAnswer:
    """A question nobody answered: 0 certainty marks, whatever was chosen as certainty."""
    return CertainAnswer(Fraction(0), None, weight)
