"""What item analysis points out: findings on a question, and its option table."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.analysis import FEW_ATTEMPTS, ItemFigures


class Finding(StrEnum):
    """A question worth a look; written as shown."""

    CHECK_THE_KEY = "Check the key"
    TOO_EASY = "Too easy"
    HARD = "Hard"
    WEAK = "Weak"
    OFTEN_LEFT_BLANK = "Often left blank"


class Third(StrEnum):
    """Where an attempt lies among all, ordered by total: floor(s/3) from each end, and those between."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Chooser:
    """One attempt seen from one question: its id (for ties), the paper's total, and the options chosen."""

    attempt: int | str
    total: Fraction
    choice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """How many chose an option: of all, of the top third, of the bottom third."""

    option: str
    is_key: bool
    chosen: int
    top: int
    bottom: int


def option_table(option_ids: Sequence[str], key: Collection[str], choosers: Sequence[Chooser]) -> list[OptionRow]:
    """The option table; a third is floor(s/3) from each end by total, ties by attempt id."""
    ranked = sorted(choosers, key=lambda each: (-each.total, each.attempt))
    third = len(ranked) // 3
    places = [Third.TOP] * third + [Third.MIDDLE] * (len(ranked) - 2 * third) + [Third.BOTTOM] * third
    return counted_options(
        option_ids, key, Counter((each.choice, place) for each, place in zip(ranked, places, strict=True))
    )


def counted_options(
    option_ids: Sequence[str], key: Collection[str], counts: Mapping[tuple[tuple[str, ...], Third], int]
) -> list[OptionRow]:
    """The same from counts: how many of each third chose just these options."""

    def chosen(option: str, *thirds: Third) -> int:
        return sum(n for (choice, third), n in counts.items() if option in choice and third in thirds)

    return [
        OptionRow(each, each in key, chosen(each, *Third), chosen(each, Third.TOP), chosen(each, Third.BOTTOM))
        for each in option_ids
    ]


def probably_wrong_key(table: Sequence[OptionRow]) -> bool:
    """Whether a distractor draws more of the top third than the most chosen right option."""
    keyed = [row.top for row in table if row.is_key]
    return bool(keyed) and any(row.top > max(keyed) for row in table if not row.is_key)


def findings(figures: ItemFigures, attempts: int, blanks: int, table: Sequence[OptionRow] = ()) -> list[Finding]:
    """The findings on a question, none under 30 attempts; several right options: leave `table` out if in doubt."""
    if attempts < FEW_ATTEMPTS:
        return []
    facility, discrimination = figures.facility, figures.discrimination
    holds = {
        Finding.CHECK_THE_KEY: (discrimination is not None and discrimination < 0) or probably_wrong_key(table),
        Finding.TOO_EASY: facility is not None and facility >= 95,
        Finding.HARD: facility is not None and facility < 20,
        Finding.WEAK: discrimination is not None and discrimination < 20,
        Finding.OFTEN_LEFT_BLANK: blanks * 10 >= attempts * 3,
    }
    return [finding for finding, true in holds.items() if true]
