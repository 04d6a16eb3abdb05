"""Marks and counts by section, topic, difficulty and type, holding only what may be seen."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import Item
from mockhall.exam.score import Entry, Score
from mockhall.results.counting import Rules, scored
from mockhall.web.filters import kind_words

Seen = frozenset[Item]


@dataclass(frozen=True)
class Group:
    """Marks and counts of some questions; None is what may not be seen. `lost` is 0 or below."""

    title: str
    count: int
    right: int | None
    partly: int | None
    wrong: int | None
    blank: int | None
    score: Fraction | None
    max: Fraction | None
    gained: Fraction | None
    lost: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The part of the marks that was earned, in per cent from 0 to 100."""
        if self.score is None or not self.max:
            return None
        return min(max(100 * self.score / self.max, Fraction(0)), Fraction(100))

    @property
    def answered(self) -> int | None:
        return None if self.blank is None else self.count - self.blank

    @property
    def accuracy(self) -> Fraction | None:
        """Right answers of those given, in per cent."""
        return Fraction(100 * self.right, self.answered) if self.right is not None and self.answered else None

    @property
    def left(self) -> Fraction | None:
        """The marks up to the highest: `gained + lost + lifted + left` is `max`."""
        return None if self.score is None or self.max is None else self.max - self.score

    @property
    def lifted(self) -> Fraction | None:
        """What a lowest score of a section or the paper gave back."""
        known = self.score is not None and self.gained is not None and self.lost is not None
        return self.score - self.gained - self.lost if known else None  # type: ignore[operator]  # not None here


@dataclass(frozen=True)
class Groups:
    """The whole of an attempt and its groups, each kind of them in its own order."""

    overall: Group
    sections: list[Group]
    topics: list[Group]
    difficulties: list[Group]
    kinds: list[Group]


def groups(rules: Rules, entries: list[Entry], counted: Collection[int], seen: Seen) -> Groups:
    """The groups of the questions that count."""
    titles = {position: each.title for position, each in rules.sections.items()}
    found, across = scored(rules, entries, counted), _across(seen)
    levels = found.difficulties
    return Groups(
        overall=_group("", found.overall, seen),
        sections=[
            _group(titles[number], each, _of_several(each, seen)) for number, each in sorted(found.sections.items())
        ],
        topics=[_group(topic, each, across) for topic, each in found.topics.items()],
        difficulties=[_group(level, levels[level], across) for level in Difficulty if level in levels],
        kinds=[_group(kind_words(kind), each, across) for kind, each in found.kinds.items()],
    )


def _of_several(group: Score, seen: Seen) -> Seen:
    """The marks of a single question say whether it was right: they wait for that."""
    several = group.answered + group.blank > 1
    return seen if several or Item.CORRECTNESS in seen else seen - {Item.MARKS}


def _across(seen: Seen) -> Seen:
    """Topics, levels and types cut across the sections: their marks together would give single questions away."""
    return seen if Item.CORRECTNESS in seen else seen - {Item.MARKS}


def _group(title: str, each: Score, seen: Seen) -> Group:
    marks, judged, own = Item.MARKS in seen, Item.CORRECTNESS in seen, Item.ATTEMPT in seen
    return Group(
        title, each.answered + each.blank,
        right=each.right if judged else None,
        partly=each.partly if judged else None,
        wrong=each.wrong if judged else None,
        blank=each.blank if judged or own else None,
        score=each.total if marks else None,
        max=each.max if Item.MAX_MARKS in seen else None,
        gained=each.gained if marks else None,
        lost=each.lost if marks else None,
    )  # fmt: skip
