"""What a paper's rules make of marks: which optional questions count, certainty, floors, what sections can give."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from mockhall.attempts.asked import printed
from mockhall.exam.certainty import HIGHEST, CertainAnswer, CertaintySummary, certain_marks, summary
from mockhall.exam.marking import Mark, Outcome, mark
from mockhall.exam.optional import Choosable, Choose, best_sum, counted
from mockhall.exam.paper import Action, Answer, Item
from mockhall.exam.rulings import ruled
from mockhall.exam.score import Breakdown, Entry, Floors, Score, breakdown, whole
from mockhall.papers.models import PaperSection, PaperVersion


@dataclass(frozen=True)
class Rules:
    """The version an attempt started with, and its sections by position."""

    version: PaperVersion
    sections: Mapping[int, PaperSection]

    @property
    def chosen(self) -> dict[int, tuple[Choose, int]]:
        """Sections of which only k questions count."""
        return {
            position: (Choose(each.choose), each.choose_k)
            for position, each in self.sections.items()
            if each.choose and each.choose_k
        }


def rules_of(db: Session, paper_version: int) -> Rules:
    """Remembered: neither a version nor its sections ever change."""
    version, sections = printed(db, paper_version)
    return Rules(version, {section.position: section for section in sections})


def marked(rules: Rules, item: Item, answer: Answer, certainty: int | None) -> tuple[Item, Mark]:
    """A question and its mark, with what was ruled about it: one left out is worth nothing, and is not counted."""
    worth, found = _unruled(rules, item, answer, certainty)
    if item.ruling is None:
        return worth, found
    after = ruled(item.ruling, answer, found, worth.scheme.full)
    return replace(worth, scheme=replace(worth.scheme, full=after.max)), after.mark


def _unruled(rules: Rules, item: Item, answer: Answer, certainty: int | None) -> tuple[Item, Mark]:
    """Under certainty marking its table takes the place of the scheme's negative marks."""
    found = mark(item.kind, item.key, answer, item.scheme)
    if not rules.version.certainty:
        return item, found
    worth = replace(item, scheme=replace(item.scheme, full=HIGHEST * item.scheme.full))
    if found.outcome is Outcome.BLANK:
        return worth, found
    share = max(found.marks / item.scheme.full, Fraction(0))
    return worth, replace(found, marks=item.scheme.full * certain_marks(share, certainty))


def counting(rules: Rules, entries: Sequence[Entry], answered_at: Mapping[int, datetime | None]) -> frozenset[int]:
    """The numbers of the questions that count; `answered_at` is when each was first answered."""
    entries = [each for each in entries if not _is_left_out(each[0])]
    numbers = {item.number for item, _, _ in entries if item.section not in rules.chosen}
    for position, (rule, k) in rules.chosen.items():
        group = [(item, each, answer) for item, each, answer in entries if item.section == position]
        numbers |= counted(rule, k, [_choosable(*each, answered_at) for each in group])
    return frozenset(numbers)


def _is_left_out(item: Item) -> bool:
    return item.ruling is not None and item.ruling.action is Action.LEAVE_OUT


def _choosable(item: Item, each: Mark, answer: Answer, answered_at: Mapping[int, datetime | None]) -> Choosable:
    return Choosable(item.number, each.marks, None if answer.blank else answered_at[item.number])


def scored(rules: Rules, entries: Sequence[Entry], numbers: Collection[int]) -> Breakdown:
    """The score of the questions that count, the floors applied; each section's best is that of its k dearest."""
    return breakdown(*_counting(rules, entries, numbers))


def overall(rules: Rules, entries: Sequence[Entry], numbers: Collection[int]) -> Score:
    """The whole of `scored` alone."""
    return whole(*_counting(rules, entries, numbers))[0]


def without_floors(rules: Rules, entries: Sequence[Entry], numbers: Collection[int]) -> Score:
    """The same where neither a section nor the paper has a lowest score."""
    counting, floors = _counting(rules, entries, numbers)
    return whole(counting, Floors(most=floors.most))[0]


def _counting(
    rules: Rules, entries: Sequence[Entry], numbers: Collection[int]
) -> tuple[Sequence[Entry], Floors]:  # fmt: skip
    """The questions that count, and below what nothing falls."""
    most = {
        position: best_sum(
            [item.scheme.full for item, _, _ in entries if item.section == position and not _is_left_out(item)], k
        )
        for position, (_, k) in rules.chosen.items()
    }
    floors = {position: each.floor for position, each in rules.sections.items() if each.floor is not None}
    return [each for each in entries if each[0].number in numbers], Floors(floors, rules.version.floor, most)


def certainty_of(rules: Rules, entries: Sequence[Entry], sure: Mapping[int, int]) -> CertaintySummary | None:
    """The summary over all questions that count; `entries` as `marked` made them, `sure` each one's certainty or 0."""
    if not rules.version.certainty:
        return None
    rows = [(item, each, sure[item.number]) for item, each, _ in entries]
    return summary(CertainAnswer(_share(*row), row[2] or None, row[0].scheme.full) for row in rows)


def _share(item: Item, each: Mark, certainty: int) -> Fraction:
    """The share that was right, worked back from the marks: nothing else of the key is needed."""
    if each.marks <= 0:
        return Fraction(0)
    return each.marks / (item.scheme.full / HIGHEST * certain_marks(Fraction(1), certainty or None))
