"""The order of attack as a picture: questions from top to bottom, their first answers from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from mockhall.web.charts import Outcome
from mockhall.web.pictures import says

_FILLS = {Outcome.RIGHT: "right", Outcome.PARTLY: "part", Outcome.WRONG: "wrong", Outcome.BLANK: "none"}
_TOP, _BASE = 12, 150


@dataclass(frozen=True)
class Answered:
    """A question in the order of first answers, and how it ended where that may be seen."""

    number: int
    outcome: Outcome | None = None


def order_chart(answered: Sequence[Answered], questions: int) -> Markup:
    """A dot for each first answer, joined in their order; a line that rises goes back to an earlier question."""
    last = max(questions, 2)
    points = [(6 + 92 * (place + 0.5) / len(answered), _y(each.number, last)) for place, each in enumerate(answered)]
    drawn = [
        f'<line class="grid" x1="4%" x2="100%" y1="{_y(number, last):.1f}" y2="{_y(number, last):.1f}"/>'
        f'<text x="0" y="{_y(number, last) + 4:.1f}">{number}</text>'
        for number in sorted({1, (last + 1) // 2, last})
    ]
    drawn += [
        f'<line class="step" x1="{x:.2f}%" y1="{y:.1f}" x2="{to_x:.2f}%" y2="{to_y:.1f}"/>'
        for (x, y), (to_x, to_y) in pairwise(points)
    ]
    radius = 5 if len(answered) <= 45 else 3
    for place, (each, (x, y)) in enumerate(zip(answered, points, strict=True), 1):
        fill = _FILLS[each.outcome] if each.outcome else "ink"
        title = f"<title>Place {place}: question {each.number}</title>"
        drawn.append(f'<g>{title}<circle class="{fill}" cx="{x:.2f}%" cy="{y:.1f}" r="{radius}"/></g>')
    label = f"Order of {len(answered)} first answers, from question {answered[0].number} to {answered[-1].number}"
    return Markup(f'<svg class="chart" height="164" {says(label)}>{"".join(drawn)}</svg>')


def _y(number: int, last: int) -> float:
    return _TOP + (_BASE - _TOP) * (number - 1) / (last - 1)
