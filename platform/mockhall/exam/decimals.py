"""Typed numbers cut to so many decimals before they are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mockhall.exam.errors import RuleError

MOST_PLACES = 12


class Cut(StrEnum):
    """How a candidate's number is brought to so many decimals before it is compared."""

    TRUNCATE = "truncate"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Decimals:
    """So many decimals, the rest cut off (towards 0) or rounded (a half away from 0), as GATE does it."""

    places: int
    how: Cut

    def of(self, number: Fraction) -> Fraction:
        """The number with so many decimals."""
        units = abs(number) * 10**self.places + (Fraction(1, 2) if self.how is Cut.ROUND else 0)
        value = Fraction(units.__floor__(), 10**self.places)
        return -value if number < 0 else value

    def to_json(self) -> dict[str, object]:
        return {"places": self.places, "how": str(self.how)}


def read_decimals(written: object) -> Decimals:
    """The stored form, {"places": 2, "how": "truncate"}. Raises RuleError beside `decimals`."""
    fields = written if isinstance(written, Mapping) else {}
    places, how = fields.get("places"), fields.get("how")
    if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= MOST_PLACES:
        raise RuleError("decimals", f"Decimals are a whole number from 0 to {MOST_PLACES}.")
    try:
        return Decimals(places, Cut(str(how)))
    except ValueError:
        raise RuleError("decimals", "Further decimals are cut off (truncate) or rounded (round).") from None
