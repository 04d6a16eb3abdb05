"""The figures of a whole paper: centre, spread, shape and internal consistency, Moodle's definitions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from mockhall.exam import tallies
from mockhall.exam.analysis import covariance


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """Mean, median, SD and standard error in marks; consistency and error ratio in per cent; None: undefined."""

    attempts: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None

    @property
    def alpha(self) -> float | None:
        """The consistency as a share, on the page "Reliability (alpha)"."""
        return None if self.consistency is None else self.consistency / 100


def advice(found: PaperFigures) -> str:
    """What the consistency says of the paper as a measure, in a sentence; the bounds are the usual ones."""
    alpha = found.alpha
    if alpha is None:
        return "Reliability needs at least two questions that all had, and scores that differ."
    for least, words in (
        (0.9, "Reliable enough to decide about single people."),
        (0.8, "Reliable enough to rank a group."),
        (0.7, "Reliable enough for practice, not to rank people."),
    ):
        if alpha >= least:
            return words
    return "Not reliable: the questions measure different things, or are too few. Look at the weak ones."


def paper_figures(marks: Sequence[Sequence[float]]) -> PaperFigures:
    """The figures of a paper; `marks` has a row a person, a column a question, 0 for a blank."""
    variances = [covariance(column, column) or 0.0 for column in zip(*marks, strict=True)]
    return figures(Counter(sum(row) for row in marks), variances)


def figures(totals: Mapping[float, int], variances: Sequence[float]) -> PaperFigures:
    """The same from counts: how many people have which total, and each question's variance.

    Without variances, as of a paper of which each person had other questions, the consistency is undefined."""
    s, variance = sum(totals.values()), tallies.covariance({(total, total): n for total, n in totals.items()})
    consistency = _consistency(variances, variance)
    sd = None if variance is None else sqrt(variance)
    ratio = None if consistency is None else 100 * sqrt(max(0.0, 1 - consistency / 100))
    return PaperFigures(
        attempts=s,
        mean=_mean(totals) if s else None,
        median=_median(totals),
        sd=sd,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or sd is None else ratio * sd / 100,
    )


def _mean(totals: Mapping[float, int]) -> float:
    return fsum(total * n for total, n in totals.items()) / sum(totals.values())


def _median(totals: Mapping[float, int]) -> float | None:
    s = sum(totals.values())
    return (_at(totals, (s - 1) // 2) + _at(totals, s // 2)) / 2 if s else None


def _at(totals: Mapping[float, int], place: int) -> float:
    """The total at a place of all in their order, counted from 0."""
    for total, n in sorted(totals.items()):
        place -= n
        if place < 0:
            return total
    raise IndexError(place)


def _moment(totals: Mapping[float, int], power: int) -> float:
    mean = _mean(totals)
    return fsum(n * (total - mean) ** power for total, n in totals.items()) / sum(totals.values())


def _k2(totals: Mapping[float, int]) -> float | None:
    """The second k-statistic, None where nothing spreads."""
    k2 = tallies.covariance({(total, total): n for total, n in totals.items()})
    return k2 if k2 is not None and k2 > 1e-12 else None


def _skewness(totals: Mapping[float, int]) -> float | None:
    s, k2 = sum(totals.values()), _k2(totals)
    if s < 3 or k2 is None:
        return None
    k3 = s**2 * _moment(totals, 3) / ((s - 1) * (s - 2))
    return float(k3 / k2**1.5)


def _kurtosis(totals: Mapping[float, int]) -> float | None:
    s, k2 = sum(totals.values()), _k2(totals)
    if s < 4 or k2 is None:
        return None
    spread = (s + 1) * _moment(totals, 4) - 3 * (s - 1) * _moment(totals, 2) ** 2
    return s**2 * spread / ((s - 1) * (s - 2) * (s - 3)) / k2**2


def _consistency(variances: Sequence[float], variance: float | None) -> float | None:
    questions = len(variances)
    if questions < 2 or variance is None or variance < 1e-12:
        return None
    return 100 * questions / (questions - 1) * (1 - fsum(variances) / variance)
