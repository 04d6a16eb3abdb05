"""What if: the same answers under another marking scheme. A thought experiment: no score and no rank comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Item
from mockhall.exam.scheme import PRESETS, Scheme


class WhatIf(StrEnum):
    """The other ways of marking, in the order in which they are shown; the values stand in addresses."""

    NO_NEGATIVES = "no-negatives"
    SKIP_UNSURE = "skip-unsure"
    JEE_MAIN = "jee-main"
    JEE_ADVANCED = "jee-advanced"
    GATE = "gate"
    NEET = "neet"
    SSC = "ssc"

    @property
    def is_own(self) -> bool:
        """Does it keep the test's own marks, so that the scores can be compared mark by mark?"""
        return self in (WhatIf.NO_NEGATIVES, WhatIf.SKIP_UNSURE)


_ONE_CHOICE = frozenset({Kind.SINGLE, Kind.TRUE_FALSE})
_GATE = replace(PRESETS["gate-1"], no_negative=frozenset(Kind) - _ONE_CHOICE)
_THREE = Scheme(Fraction(3), Fraction(-1))
# IITs, JEE (Advanced) 2024, paper 1: 3/-1 for one answer and for matching lists, 4 and never less than 0 for numbers.
_ADVANCED: Mapping[Kind, Scheme] = {
    Kind.SINGLE: _THREE, Kind.TRUE_FALSE: _THREE, Kind.MATCH: _THREE, Kind.MULTIPLE: PRESETS["jee-advanced"],
}  # fmt: skip
_NEVER_BELOW = Scheme(Fraction(4))


def scheme_under(what: WhatIf, item: Item) -> Scheme:
    """The scheme that would hold for a question. Exams know no kinds but their own: others are full marks or wrong."""
    match what:
        case WhatIf.NO_NEGATIVES:
            return replace(item.scheme, wrong=Fraction(0))
        case WhatIf.SKIP_UNSURE:
            return item.scheme
        case WhatIf.JEE_ADVANCED:
            return _ADVANCED.get(item.kind, _NEVER_BELOW)
        case WhatIf.GATE:
            return _GATE
        case _:
            return PRESETS[what.value]


class Sign(StrEnum):
    """What says that a candidate was unsure of an answer."""

    MARKED = "marked for review"
    CHANGED = "changed"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True)
class Signs:
    """A kept answer: was it marked for review, changed, and with which certainty (0: not asked) was it given?"""

    marked: bool
    changed: bool
    certainty: int = 0

    @property
    def unsure(self) -> list[Sign]:
        """Why the answer counts as unsure; empty when it was sure."""
        found = {Sign.MARKED: self.marked, Sign.CHANGED: self.changed, Sign.NOT_SURE: self.certainty == 1}
        return [sign for sign, holds in found.items() if holds]
