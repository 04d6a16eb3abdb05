"""Keys that are typed: numbers, ranges, alternatives, decimals, texts; read, and said back in words."""

from fractions import Fraction
from typing import Any

from mockhall.bank.draft import Draft
from mockhall.bank.numbers import number_line, read, stored
from mockhall.exam.answers import LONGEST_TEXT, normal_text
from mockhall.exam.decimals import MOST_PLACES
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import LONGEST, plain
from mockhall.exam.key import MOST_ALTERNATIVES, Key

MOST_ANSWERS = 50
NUMBER_FIELDS = ("value", "tolerance", "low", "high")
# What the rules call a part of a key, and the control of the form it is written in.
_CONTROLS = {"decimals": "places", "any": "also", "key": "value"}


def number_key(draft: Draft) -> dict[str, Any]:
    """The key of a number as it is stored. Raises RuleError beside the field."""
    first = _first(draft)
    lines = list(filter(None, map(str.strip, draft.also.split("\n"))))
    if len(lines) >= MOST_ALTERNATIVES:
        raise RuleError("also", f"A question has at most {MOST_ALTERNATIVES} right numbers, the first among them.")
    others = [number_line(line, "also") for line in lines]
    key: dict[str, Any] = {"any": [first, *others]} if others else first
    return _judged(key | _decimals(draft))


def _judged(key: dict[str, Any]) -> dict[str, Any]:
    """The key in the one form the rules store it in. Raises RuleError beside the control."""
    try:
        return dict(Key.from_json(key).to_json())
    except RuleError as error:
        raise RuleError(_CONTROLS.get(error.field, error.field), error.text) from error


def _first(draft: Draft) -> dict[str, str]:
    if draft.right_is == "range":
        low, high = _needed(draft, "low"), _needed(draft, "high")
        if low > high:
            raise RuleError("low", "The low end is above the high end. Swap them.")
        return {"low": stored(low, "low"), "high": stored(high, "high")}
    key = {"value": stored(_needed(draft, "value"), "value")}
    tolerance = read_number(draft, "tolerance")
    if tolerance is None:
        return key
    if tolerance < 0:
        raise RuleError("tolerance", "A tolerance is 0 or more. Write it without a sign.")
    if draft.tolerance_is == "percent":
        return key | {"relative": stored(tolerance / 100, "tolerance")}
    return key | {"tolerance": stored(tolerance, "tolerance")}


def _decimals(draft: Draft) -> dict[str, Any]:
    written = draft.places.strip()
    if not written:
        return {}
    if not (written.isascii() and written.isdigit() and int(written[:4]) <= MOST_PLACES):
        raise RuleError("places", f"Write a whole number from 0 to {MOST_PLACES}, or nothing to compare all decimals.")
    if draft.places_how not in {"round", "truncate"}:
        raise RuleError("places_how", "Further decimals are rounded or cut off. Choose one.")
    return {"decimals": {"places": int(written), "how": draft.places_how}}


def text_key(draft: Draft) -> dict[str, Any]:
    """The key of a text: one accepted answer a line; lines that compare equal count once."""
    answers = accepted(draft.answers, draft.case, "answers")
    return _judged({"answers": answers, "case": draft.case, "spaces": not draft.spaces, "wildcards": draft.wildcards})


def accepted(written: str, case: bool, control: str) -> list[str]:
    """The accepted answers of a tall field. Raises RuleError beside the control."""
    found: dict[str, str] = {}
    lines = list(filter(None, map(str.strip, written.split("\n"))))
    if any(len(line) > LONGEST_TEXT for line in lines):  # before they are compared: that takes the square of the length
        raise RuleError(control, f"An answer has at most {LONGEST_TEXT:,} characters, or nobody can type it.")
    for line in lines:
        found.setdefault(normal_text(line, case), line)
    answers = list(found.values())
    if not answers:
        raise RuleError(control, "Write at least one accepted answer.")
    if len(answers) > MOST_ANSWERS:
        raise RuleError(control, f"There are at most {MOST_ANSWERS} accepted answers. These are {len(answers)}.")
    if any(not sign.isprintable() and sign != "\t" for line in answers for sign in line):
        raise RuleError(control, "An answer holds a character that nobody can type. Type it again.")
    return answers


def read_number(draft: Draft, name: str) -> Fraction | None:
    """The number in a field; None when it is empty. Raises RuleError beside the field."""
    return read(str(getattr(draft, name)), name)


def understood(draft: Draft) -> dict[str, str]:
    """Each number field that can be read, as it was understood: `12,5` is 12.5."""
    found = {}
    for name in NUMBER_FIELDS:
        try:
            number = read_number(draft, name)
        except RuleError:
            continue
        if number is not None:
            found[name] = _said(number)
    return found


def right_words(draft: Draft) -> str:
    """Which numbers count as right, in words; empty while that can't be said yet."""
    try:
        key = number_key(draft)
    except RuleError:
        return ""
    numbers = "; or ".join(_reach(Key.from_json(each)) for each in key.get("any", [key]))
    if "decimals" not in key:
        return numbers
    places, how = key["decimals"]["places"], key["decimals"]["how"]
    cut = "rounded to" if how == "round" else "cut off after"
    return f"{numbers}, once the answer is {cut} {places} decimal{'' if places == 1 else 's'}"


def _reach(key: Key) -> str:
    """The numbers one key takes: both ends of what is right."""
    low, high = key.low, key.high
    if key.value is not None:
        reach = key.tolerance or (key.relative or Fraction(0)) * abs(key.value)
        low, high = key.value - reach, key.value + reach
    assert low is not None
    assert high is not None
    return f"exactly {_said(low)}" if low == high else f"{_said(low)} to {_said(high)}, both included"


def _needed(draft: Draft, name: str) -> Fraction:
    number = read_number(draft, name)
    if number is None:
        raise RuleError(name, "Write the right number." if name == "value" else "A range needs both ends.")
    return number


def _said(number: Fraction) -> str:
    text = plain(number)
    return (text if len(text) <= LONGEST else f"{text[:20]}…").replace("-", "−")
