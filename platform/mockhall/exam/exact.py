"""Exact numbers to and from text: decimals, fractions and bounded exponents."""

import re
from fractions import Fraction

from mockhall.exam.errors import RuleError

LONGEST = 64
"""Characters in a number. `1e308` needs five; longer ones are a mistake or an attack."""
LARGEST_EXPONENT = 308
"""The reach of a double: beyond it a short text becomes a number of any size."""

_DECIMAL = re.compile(r"([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
_FRACTION = re.compile(r"[+-]?[0-9]+/[0-9]+")


def decimal_value(text: str) -> Fraction | None:
    """The value of `-12.5e3`, or None when the text isn't a decimal number within the bounds."""
    found = _DECIMAL.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    sign, digits, exponent = found.groups()
    power = int(exponent or 0)
    if abs(power) > LARGEST_EXPONENT:
        return None
    value = Fraction(digits) * Fraction(10) ** power
    return -value if sign == "-" else value


def parse_exact(written: object, field: str) -> Fraction:
    """A number as files and forms write it: `3`, `"3.5"`, `"-1/3"`; a float counts as it is printed.

    Raises RuleError beside `field` for anything else, also for true and false.
    """
    text = (written if isinstance(written, str) else repr(written)).strip().replace("\u2212", "-")
    value = _fraction_value(text) if "/" in text else decimal_value(text)
    if value is None:
        raise RuleError(field, "Write a number, such as 4, 0.5 or -1/3.")
    return value


def _fraction_value(text: str) -> Fraction | None:
    if len(text) > LONGEST or not _FRACTION.fullmatch(text):
        return None
    above, below = text.split("/")
    return Fraction(int(above), int(below)) if int(below) else None


def plain(value: Fraction) -> str:
    """`3.5` where a decimal says it exactly, else `-1/3`; never an exponent."""
    places = _places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    return fixed(value, places)


def _places(denominator: int) -> int | None:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def fixed(value: Fraction, places: int) -> str:
    """The value with exactly so many decimals, rounded half to even; never `-0`."""
    units = round(value * 10**places)
    whole, part = divmod(abs(units), 10**places)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"
