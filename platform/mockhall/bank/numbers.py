"""A right number as one line: `12.5`, `12.5 ± 0.1`, `10 ± 5 %`, `3 to 4`; read, and written again from its key."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mockhall.exam.answers import parse_number
from mockhall.exam.errors import AnswerError, RuleError
from mockhall.exam.exact import LONGEST, parse_exact, plain

_PLUS_MINUS = re.compile(r"\s*(?:±|\+/?[-−])\s*")
_TO = re.compile(r"\s+to\s+|\s*\.\.\.?\s*|\s*…\s*")
HOW = "Write 12.5, or 12.5 ± 0.1, or 10 ± 5 %, or 3 to 4."


def read(text: str, control: str) -> Fraction | None:
    """The number in a field; None when it is empty. Raises RuleError beside the control."""
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except AnswerError as error:
        raise RuleError(control, error.text) from error


def stored(number: Fraction, control: str) -> str:
    """The number as it is kept. Raises RuleError beside the control where that is too long."""
    text = plain(number)
    if len(text) > LONGEST:  # what is stored is read back by a rule with this bound
        raise RuleError(control, f"Written out this number has {len(text)} characters; {LONGEST} can be kept.")
    return text


def number_line(line: str, control: str) -> dict[str, str]:
    """The key of one line. Raises RuleError beside the control."""
    if len(line) > 3 * LONGEST:
        raise RuleError(control, f"This line is too long for a number. {HOW}")
    if len(ends := _TO.split(line)) == 2:
        low, high = (_part(end, line, control) for end in ends)
        if low > high:
            raise RuleError(control, f"In “{line}” the low end is above the high end. Swap them.")
        return {"low": stored(low, control), "high": stored(high, control)}
    value, *reach = _PLUS_MINUS.split(line, maxsplit=1)
    key = {"value": stored(_part(value, line, control), control)}
    return key | _tolerance(reach[0], line, control) if reach else key


def _tolerance(written: str, line: str, control: str) -> dict[str, str]:
    bare = written.removesuffix("%")
    size = _part(bare, line, control)
    if size < 0:
        raise RuleError(control, f"In “{line}” the tolerance is below 0. Write it without a sign.")
    if bare == written:
        return {"tolerance": stored(size, control)}
    return {"relative": stored(size / 100, control)}


def _part(text: str, line: str, control: str) -> Fraction:
    try:
        return parse_number(text)
    except AnswerError as error:
        raise RuleError(control, f"“{line}” can't be read as a number. {HOW}") from error


def line_of(key: Mapping[str, Any]) -> str:
    """A stored key as its line; `number_line` gives it back."""
    if "low" in key:
        return f"{key['low']} to {key['high']}"
    if key.get("relative"):
        return f"{key['value']} ± {plain(parse_exact(key['relative'], 'relative') * 100)} %"
    return f"{key['value']} ± {key['tolerance']}" if key.get("tolerance") else str(key["value"])
