"""Charts from data as SVG, by classes and attributes only. x in per cent, y in pixels: text keeps its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup

from mockhall.web.pictures import Number, number, says


class Outcome(StrEnum):
    """How a question ended, in the words of the score breakdown."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"


@dataclass(frozen=True)
class TimeRow:
    """One question of `time_chart`: seconds spent, and the median and the quartiles of others where they are known."""

    number: int
    seconds: int
    outcome: Outcome
    median: int | None = None
    quartiles: tuple[int, int] | None = None  # the lower and the upper


@dataclass(frozen=True)
class Distribution:
    """Scores for `distribution_chart`: how many lie in each of equally wide bands from `low` to `high`."""

    counts: Sequence[int]
    low: Number
    high: Number
    median: Number | None = None
    you: Number | None = None


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds: 102 -> "1:42"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


_WORDS = {Outcome.RIGHT: "right", Outcome.PARTLY: "partly right", Outcome.WRONG: "wrong", Outcome.BLANK: "not answered"}
_FILLS = {Outcome.RIGHT: "right", Outcome.PARTLY: "part", Outcome.WRONG: "wrong", Outcome.BLANK: "none"}
_SIGNS = {Outcome.RIGHT: ("✓", "g"), Outcome.PARTLY: ("½", "p"), Outcome.WRONG: ("✕", "b"), Outcome.BLANK: ("–", "")}
_STEPS = (5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400)
SIGNS_FIT = 45  # questions; above that the signs under the bars would touch


def _time_axis(longest: int) -> tuple[int, int]:
    """The step and the top of a time axis with at most four lines above zero."""
    step = next((s for s in _STEPS if longest <= 4 * s), longest // 4 + 1)
    return step, step * max(1, -(-longest // step))


def _time_label(seconds: int) -> str:
    """A tick of the time axis: 0, 30s, 2m, 1h."""
    if seconds >= 3600 and seconds % 3600 == 0:
        return f"{seconds // 3600}h"
    return f"{seconds // 60}m" if seconds % 60 == 0 else f"{seconds}s"


def _time_bar(row: TimeRow, x: float, width: float, y_of: "Axis", many: bool) -> str:
    """One question's bar with its median line, its sign and its words."""
    against = f", median {clock(row.median)}" if row.median is not None else ""
    if row.quartiles:
        against += f", half of people {clock(row.quartiles[0])} to {clock(row.quartiles[1])}"
    top, base, middle = y_of(row.seconds), y_of.base, x + width / 2
    drawn = (
        f"<g><title>Question {row.number}: {clock(row.seconds)}{against}, {_WORDS[row.outcome]}</title>"
        f'<rect class="{_FILLS[row.outcome]}" x="{x + width * 0.16:.2f}%" width="{width * 0.68:.2f}%" y="{top:.1f}" '
        f'height="{base - top:.1f}" rx="{1 if many else 2}"/>'
    )
    if row.quartiles:
        lower, upper = map(y_of, row.quartiles)
        drawn += f'<line class="spread" x1="{middle:.2f}%" x2="{middle:.2f}%" y1="{upper:.1f}" y2="{lower:.1f}"/>'
    if row.median is not None:
        y = y_of(row.median)
        ends = f'x1="{x + width * 0.02:.2f}%" x2="{x + width * 0.98:.2f}%"'
        drawn += f'<line class="median" {ends} y1="{y:.1f}" y2="{y:.1f}"/>'
    if not many:
        sign, cls = _SIGNS[row.outcome]
        drawn += f'<text class="mid {cls}" x="{middle:.2f}%" y="{base + 15}">{sign}</text>'
    return drawn


@dataclass(frozen=True)
class Axis:
    """Turns a value into a y in pixels: 0 stands at `base`, `top_value` at `top`."""

    top: float
    base: float
    top_value: float

    def __call__(self, value: float) -> float:
        """The y of a value."""
        return self.base - (self.base - self.top) * value / self.top_value


def time_chart(rows: Sequence[TimeRow]) -> Markup:
    """Seconds on each question as bars, the median of all attempts as a line across each. 1 to 200 questions."""
    longest = max(max(row.seconds, row.median or 0, *(row.quartiles or ())) for row in rows)
    step, top_value = _time_axis(longest)
    y_of, many, width = Axis(14, 158, top_value), len(rows) > SIGNS_FIT, 96 / len(rows)
    slowest = max(rows, key=lambda row: row.seconds)
    against = " against the median of all attempts" if any(row.median is not None for row in rows) else ""
    label = f"Time on each question{against}. Slowest: question {slowest.number}, {clock(slowest.seconds)}."
    drawn = [
        f'<line class="{"grid" if value else "axis"}" x1="4%" x2="100%" y1="{y_of(value):.1f}" y2="{y_of(value):.1f}"/>'
        f'<text x="0" y="{y_of(value) + 4:.1f}">{_time_label(value) if value else 0}</text>'
        for value in range(0, top_value + 1, step)
    ]
    every = 5 if not many else 10 if len(rows) <= 100 else 20
    for place, row in enumerate(rows):
        x = 4 + place * width
        drawn.append(_time_bar(row, x, width, y_of, many))
        if row.number % every == 0 or place == 0:
            where = 'class="end" x="100%"' if x + width / 2 > 98 else f'class="mid" x="{x + width / 2:.2f}%"'
            drawn.append(f'<text {where} y="{y_of.base + (18 if many else 33)}">{row.number}</text>')
        drawn.append("</g>")
    return Markup(f'<svg class="chart" height="200" {says(label)}>{"".join(drawn)}</svg>')


def _pin(x: float, y_of: Axis, words: str, *, row: float, cls: str) -> str:
    """A mark on the distribution: a line down to the axis and its words, on the side where there is room."""
    right = x < 50
    at, anchor = (x + 1.6, "") if right else (x - 1.6, "end ")
    dash = "" if cls == "strong" else ' stroke-dasharray="3 3"'
    line = "median" if cls == "strong" else "axis"
    dot = f'<circle class="you" cx="{x:.2f}%" cy="{row - 4}" r="6"/>' if cls == "strong" else ""
    down = f'<line class="{line}"{dash} x1="{x:.2f}%" x2="{x:.2f}%" y1="{row - 4}" y2="{y_of.base}"/>'
    return f'{down}{dot}<text class="{anchor}{cls}" x="{at:.2f}%" y="{row}">{words}</text>'


def distribution_chart(scores: Distribution, height: int = 200) -> Markup:
    """How many attempts fall in each band of scores, with the median and your own score marked."""
    low, high, bands = float(scores.low), float(scores.high), len(scores.counts)
    span, tallest = (high - low) or 1.0, max(scores.counts, default=0) or 1
    step = next(s for p in range(7) for s in (10**p, 2 * 10**p, 5 * 10**p) if tallest <= 3 * s)
    y_of = Axis(44, height - 26, step * -(-tallest // step))

    def x_of(value: float) -> float:
        return 8 + 92 * min(max((value - low) / span, 0), 1)

    drawn = [
        f'<line class="{"grid" if value else "axis"}" x1="8%" x2="100%" y1="{y_of(value):.1f}" y2="{y_of(value):.1f}"/>'
        f'<text x="0" y="{y_of(value) + 4:.1f}">{value}</text>'
        for value in range(0, int(y_of.top_value) + 1, step)
    ]
    for place, count in enumerate(scores.counts):
        start, end = low + span * place / bands, low + span * (place + 1) / bands
        attempts = "1 attempt" if count == 1 else f"{count} attempts"
        drawn.append(
            f"<g><title>{number(start)} to {number(end)}: {attempts}</title>"
            f'<rect class="fill" x="{x_of(start) + 0.35:.2f}%" width="{92 / bands - 0.7:.2f}%" '
            f'y="{y_of(count):.1f}" height="{y_of.base - y_of(count):.1f}" rx="3"/></g>'
        )
    for fifth in range(6):
        anchor = "end" if fifth == 5 else "mid"
        drawn.append(
            f'<text class="{anchor}" x="{x_of(low + span * fifth / 5):.2f}%" y="{y_of.base + 18}">'
            f"{number(low + span * fifth / 5)}</text>"
        )
    words = f"Score distribution of {sum(scores.counts)} attempts"
    if scores.median is not None:
        words += f", median {number(scores.median)}"
        drawn.append(_pin(x_of(float(scores.median)), y_of, f"median {number(scores.median)}", row=34, cls=""))
    if scores.you is not None:
        words += f". Your score is {number(scores.you)}"
        drawn.append(_pin(x_of(float(scores.you)), y_of, f"you, {number(scores.you)}", row=14, cls="strong"))
    return Markup(f'<svg class="chart" height="{height}" {says(words + ".")}>{"".join(drawn)}</svg>')


def sparkline(values: Sequence[float], label: str) -> Markup:
    """Percentages in the order of time as a small line, the last one with a dot. At least two; below 0 drawn at 0."""
    y_of, step = Axis(5, 29, 100), 92 / (len(values) - 1)
    points = [(4 + place * step, y_of(min(max(value, 0), 100))) for place, value in enumerate(values)]
    drawn = [
        f'<line class="line" x1="{x:.2f}%" y1="{y:.1f}" x2="{to_x:.2f}%" y2="{to_y:.1f}"/>'
        for (x, y), (to_x, to_y) in pairwise(points)
    ]
    drawn.append(f'<circle class="dot" cx="{points[-1][0]:.2f}%" cy="{points[-1][1]:.1f}" r="3.5"/>')
    return Markup(f'<svg class="chart spark" height="34" {says(label)}>{"".join(drawn)}</svg>')
