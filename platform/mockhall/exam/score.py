"""The score breakdown: totals overall and by section, topic, difficulty and kind, floors applied in their order."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias, TypeVar

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Item

Entry: TypeAlias = tuple[Item, Mark, Answer]
"""One question of an attempt: as it stands in the paper, what it earned (its own floor applied), what was answered."""


@dataclass(frozen=True, slots=True)
class Score:
    """Marks and counts of some questions. `lost` is the sum of the negative marks, so 0 or below.

    `total` is `gained + lost` unless a floor lifted it. `accuracy` is right/answered, None when nothing was answered.
    """

    total: Fraction
    max: Fraction
    right: int
    partly: int
    wrong: int
    blank: int
    gained: Fraction
    lost: Fraction
    accuracy: Fraction | None

    @property
    def answered(self) -> int:
        return self.right + self.partly + self.wrong


@dataclass(frozen=True, slots=True)
class Floors:
    """The lowest total of each section (by its number) and of the paper; absent or None: no floor.

    `most` is what a section can give at best, where that is not the sum of the questions that count."""

    sections: Mapping[int, Fraction] = field(default_factory=dict)
    paper: Fraction | None = None
    most: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The score of an attempt, whole and grouped, groups in the order the paper brings them."""

    overall: Score
    sections: dict[int, Score]
    topics: dict[str, Score]
    difficulties: dict[Difficulty, Score]
    kinds: dict[Kind, Score]


def score(entries: Iterable[Entry]) -> Score:
    """The score of these questions, without section or paper floors."""
    rows = list(entries)
    marks = [mark.marks for _, mark, _ in rows]
    count = {each: sum(mark.outcome is each for _, mark, _ in rows) for each in Outcome}
    answered = len(rows) - count[Outcome.BLANK]
    return Score(
        total=sum(marks, Fraction(0)),
        max=sum((item.scheme.full for item, _, _ in rows), Fraction(0)),
        right=count[Outcome.RIGHT],
        partly=count[Outcome.PARTLY],
        wrong=count[Outcome.WRONG],
        blank=count[Outcome.BLANK],
        gained=sum((each for each in marks if each > 0), Fraction(0)),
        lost=sum((each for each in marks if each < 0), Fraction(0)),
        accuracy=Fraction(count[Outcome.RIGHT], answered) if answered else None,
    )


def breakdown(entries: Sequence[Entry], floors: Floors | None = None) -> Breakdown:
    """The score whole and grouped; a section's floor lifts its total, then the paper's floor the sum of those."""
    overall, sections = whole(entries, floors)
    return Breakdown(
        overall=overall,
        sections=sections,
        topics=_grouped(entries, lambda item: item.topic),
        difficulties=_grouped(entries, lambda item: item.difficulty),
        kinds=_grouped(entries, lambda item: item.kind),
    )


def whole(entries: Sequence[Entry], floors: Floors | None = None) -> tuple[Score, dict[int, Score]]:
    """The score and those of its sections, as in `breakdown`, without the other groups."""
    floors = floors or Floors()
    sections = {
        number: _lifted(replace(each, max=floors.most.get(number, each.max)), floors.sections.get(number))
        for number, each in _grouped(entries, lambda item: item.section).items()
    }
    total = sum((each.total for each in sections.values()), Fraction(0))
    most = sum((each.max for each in sections.values()), Fraction(0))
    return _lifted(replace(score(entries), total=total, max=most), floors.paper), sections


def _lifted(each: Score, floor: Fraction | None) -> Score:
    return each if floor is None else replace(each, total=max(each.total, floor))


_G = TypeVar("_G", bound=Hashable)


def _grouped(entries: Sequence[Entry], group: Callable[[Item], _G]) -> dict[_G, Score]:
    groups: dict[_G, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(group(entry[0]), []).append(entry)
    return {name: score(rows) for name, rows in groups.items()}
