"""Pictures as SVG, by classes and attributes only: the CSP forbids style=. x in per cent, y in pixels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

from jinja2 import Environment, pass_environment
from markupsafe import Markup, escape

Number = int | float | Fraction


@dataclass(frozen=True)
class Ring:
    """A score for `score_ring`; all four in marks, `lost` to negative marking."""

    score: Number
    maximum: Number
    gained: Number
    lost: Number = 0


def number(value: Number) -> str:
    """A number as the screen shows it: two decimals at most, a real minus sign."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace("-", "−")


def says(label: str | None) -> str:
    """A picture's words as attributes, or its absence where the words stand beside it."""
    return f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'


@pass_environment
def icon(environment: Environment, name: str, label: str | None = None) -> Markup:
    """An icon of the sprite by its lucide name; a label only where no words stand beside it."""
    static = cast("Callable[[str], str]", environment.globals["static"])
    return _icon(static("icons.svg"), name, label)


@lru_cache(512)  # the room has twenty
def _icon(url: str, name: str, label: str | None) -> Markup:
    return Markup('<svg class="icon" {} viewBox="0 0 24 24"><use href="{}#i-{}"/></svg>').format(
        Markup(says(label)), url, name
    )


def hatch() -> Markup:
    """The pattern that wrong parts of a split bar are filled with; stands once in a page."""
    return Markup(
        '<svg class="sprite" width="0" height="0" aria-hidden="true"><pattern id="hatch" width="6" height="6" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6"/>'
        '<rect width="2" height="6"/></pattern></svg>'
    )


def bar(parts: Iterable[tuple[Number, str]], cls: str = "", label: str | None = None) -> Markup:
    """Proportions side by side: (per cent, fill class) each. In a `split` bar wrong is hatched."""
    x, drawn = 0.0, []
    for share, colour in parts:
        fill = f' class="{escape(colour)}"' if colour else ""
        if colour == "c-bad" and "split" in cls:
            fill = ' fill="url(#hatch)"'
        drawn.append(f'<rect x="{x:.1f}%" width="{float(share):.1f}%" height="100%"{fill}/>')
        x += float(share)
    classes = escape(f"bar {cls}".strip())
    return Markup(f'<svg class="{classes}" {says(label)}>{"".join(drawn)}</svg>')


def zero(value: Number, low: float = -0.2, high: float = 0.8, floor: float = 0.2) -> Markup:
    """A gauge whose bar starts at zero and turns red under `floor`: the discrimination of a question."""
    scale = 100 / (high - low)
    shown = min(max(float(value), low), high)
    start, width = (min(shown, 0) - low) * scale, abs(shown) * scale
    red = ' class="c-bad"' if float(value) < floor else ""
    return Markup(
        f'<svg class="bar zero" aria-hidden="true"><rect x="{start:.1f}%" width="{width:.1f}%" height="100%"{red}/>'
        f'<rect class="axis" x="{-low * scale:.1f}%" width="1" height="100%"/></svg>'
    )


def score_ring(ring: Ring) -> Markup:
    """The score as a ring: marks that count, then those lost to negative marking. A score below 0 draws no arc."""
    whole = float(ring.maximum) or 1.0
    score = 100 * min(max(float(ring.score) / whole, 0), 1)
    lost = min(100 * float(ring.lost) / whole, 100 - score)
    arcs = f'<circle class="gained" cx="60" cy="60" r="54" pathLength="100" stroke-dasharray="{score:.1f} 100"/>'
    if lost > 1:  # a gap of 0.6 on each side keeps the two apart without colour
        arcs += (
            f'<circle class="lost" cx="60" cy="60" r="54" pathLength="100" stroke-dasharray="{lost - 1.2:.1f} 100"'
            f' stroke-dashoffset="{-score - 0.6:.1f}"/>'
        )
    score_text, of = number(ring.score), number(ring.maximum)
    label = f"Score {score_text} of {of}: {number(ring.gained)} marks gained, {number(ring.lost)} lost"
    return Markup(
        f'<div class="score-ring" {says(label)}><svg viewBox="0 0 120 120" aria-hidden="true">'
        f'<circle cx="60" cy="60" r="54"/>{arcs if score or lost > 1 else ""}</svg>'
        f'<span><b>{score_text}</b><span class="small quiet">of {of} marks</span></span></div>'
    )
