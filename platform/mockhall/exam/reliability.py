"""The figures of a whole paper: centre, spread, shape and internal consistency, Moodle's definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

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


def paper_figures(marks: Sequence[Sequence[float]]) -> PaperFigures:
    """The figures of a paper; `marks` has a row a person, a column a question, 0 for a blank."""
    totals = [sum(row) for row in marks]
    variance = covariance(totals, totals)
    consistency = _consistency(marks, variance)
    sd = None if variance is None else sqrt(variance)
    ratio = None if consistency is None else 100 * sqrt(max(0.0, 1 - consistency / 100))
    return PaperFigures(
        attempts=len(totals),
        mean=sum(totals) / len(totals) if totals else None,
        median=_median(totals),
        sd=sd,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        consistency=consistency,
        error_ratio=ratio,
        standard_error=None if ratio is None or sd is None else ratio * sd / 100,
    )


def _median(totals: Sequence[float]) -> float | None:
    ordered, half = sorted(totals), len(totals) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _moment(totals: Sequence[float], power: int) -> float:
    mean = sum(totals) / len(totals)
    return sum((total - mean) ** power for total in totals) / len(totals)


def _k2(totals: Sequence[float]) -> float | None:
    """The second k-statistic, None where nothing spreads."""
    k2 = covariance(totals, totals)
    return k2 if k2 is not None and k2 > 1e-12 else None


def _skewness(totals: Sequence[float]) -> float | None:
    s, k2 = len(totals), _k2(totals)
    if s < 3 or k2 is None:
        return None
    k3 = s**2 * _moment(totals, 3) / ((s - 1) * (s - 2))
    return float(k3 / k2**1.5)


def _kurtosis(totals: Sequence[float]) -> float | None:
    s, k2 = len(totals), _k2(totals)
    if s < 4 or k2 is None:
        return None
    spread = (s + 1) * _moment(totals, 4) - 3 * (s - 1) * _moment(totals, 2) ** 2
    return s**2 * spread / ((s - 1) * (s - 2) * (s - 3)) / k2**2


def _consistency(marks: Sequence[Sequence[float]], variance: float | None) -> float | None:
    questions = len(marks[0]) if marks else 0
    if questions < 2 or variance is None or variance < 1e-12:
        return None
    columns = [[row[index] for row in marks] for index in range(questions)]
    own = sum(covariance(column, column) or 0.0 for column in columns)
    return 100 * questions / (questions - 1) * (1 - own / variance)
