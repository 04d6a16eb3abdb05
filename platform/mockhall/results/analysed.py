"""The statistics of one paper version as values, and their making from counts; no database, no clock."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from mockhall.exam import analysis, reliability, tallies
from mockhall.exam.analysis import Chosen, ItemFigures
from mockhall.exam.findings import Finding, OptionRow, Third, counted_options, findings
from mockhall.exam.reliability import PaperFigures
from mockhall.exam.spread import Quartiles, counted_quartiles
from mockhall.results.tallying import Asked, Cell


@dataclass(frozen=True)
class QuestionStatistics:
    """One question over all attempts analysed that had it; `seconds` are quartiles of the time it took `timed` of
    them."""

    version: int
    people: int
    max: Fraction
    right: int
    partly: int
    wrong: int
    blank: int
    figures: ItemFigures
    timed: int
    seconds: Quartiles | None
    options: Sequence[OptionRow]
    findings: Sequence[Finding]

    @property
    def strongest_wrong(self) -> OptionRow | None:
        """The distractor chosen most; None where there is none that anybody chose."""
        wrong = [row for row in self.options if not row.is_key and row.chosen]
        return max(wrong, key=lambda row: row.chosen, default=None)


@dataclass(frozen=True)
class Statistics:
    """A paper version over `people` attempts, by totals and by question in the paper's order."""

    paper_version: int
    chosen: Chosen
    computed_at: datetime
    people: int
    max: Fraction | None
    paper: PaperFigures
    totals: Sequence[tuple[float, int]]
    in_order: Sequence[QuestionStatistics]
    questions: Mapping[int, QuestionStatistics] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", {each.version: each for each in self.in_order})

    @property
    def flagged(self) -> Sequence[QuestionStatistics]:
        """The questions worth a look."""
        return [each for each in self.in_order if each.findings]


def questions(
    asked: Sequence[Asked], cells: Mapping[Cell, int], seconds: Mapping[tuple[int, int], int]
) -> list[QuestionStatistics]:
    """Each question's statistics, in the order asked; those that nobody had are left out."""
    by_question: dict[int, dict[Cell, int]] = {}
    for cell, people in cells.items():
        by_question.setdefault(cell.question, {})[cell] = people
    times: dict[int, Counter[int]] = {}
    for (question, spent), people in seconds.items():
        times.setdefault(question, Counter())[spent] += people
    had = [each for each in asked if each.version in by_question]
    counts = [_tally(by_question[each.version]) for each in had]
    maxima = [_max(by_question[each.version]) for each in had]
    figures = analysis.figures(counts, [float(each) for each in maxima])
    return [
        _question(each, by_question[each.version], most, found, times.get(each.version, Counter()))
        for each, most, found in zip(had, maxima, figures, strict=True)
    ]


def variances(found: Mapping[Cell, int]) -> list[float]:
    """The variance of each question's marks."""
    by_question: dict[int, Counter[tuple[float, float]]] = {}
    for cell, people in found.items():
        marks = float(cell.marks)
        by_question.setdefault(cell.question, Counter())[marks, marks] += people
    return [tallies.covariance(each) or 0.0 for each in by_question.values()]


def paper_figures(totals: Mapping[float, int], cells: Mapping[Cell, int]) -> PaperFigures:
    """The paper's figures; its consistency only where everybody had the same questions."""
    had = Counter[int]()
    for cell, people in cells.items():
        had[cell.question] += people
    same = set(had.values()) == {sum(totals.values())}
    return reliability.figures(totals, variances(cells) if same else [])


def _tally(cells: Mapping[Cell, int]) -> tallies.Tally:
    found: Counter[tuple[float, float]] = Counter()
    for cell, people in cells.items():
        found[float(cell.marks), cell.total] += people
    return found


def _max(cells: Mapping[Cell, int]) -> Fraction:
    return max(cell.max for cell in cells)


def _question(
    asked: Asked, cells: Mapping[Cell, int], most: Fraction, figures: ItemFigures, times: Counter[int]
) -> QuestionStatistics:
    outcomes: Counter[str] = Counter()
    choices: Counter[tuple[tuple[str, ...], Third]] = Counter()
    for cell, people in cells.items():
        outcomes[cell.outcome] += people
        choices[cell.choice, cell.third] += people
    table = counted_options(asked.options, asked.key, choices)
    single = table if len(asked.key) == 1 else ()
    return QuestionStatistics(
        asked.version, outcomes.total(), most, outcomes["right"], outcomes["partly"], outcomes["wrong"],
        outcomes["blank"], figures, times.total(), counted_quartiles(times), table,
        findings(figures, outcomes.total(), outcomes["blank"], single),
    )  # fmt: skip
