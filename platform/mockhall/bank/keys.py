"""Keys that are typed: a number with its tolerance, a range, texts; and how the desk says them back."""

from fractions import Fraction

from mockhall.bank.draft import Draft, fraction_of
from mockhall.exam.answers import LONGEST_TEXT, normal_text, parse_number
from mockhall.exam.errors import AnswerError, RuleError
from mockhall.exam.exact import LONGEST, plain

MOST_ANSWERS = 50
NUMBER_FIELDS = ("value", "tolerance", "low", "high")


def number_key(draft: Draft) -> dict[str, str]:
    """The key of a number as it is stored. Raises RuleError beside the field."""
    if draft.right_is == "range":
        low, high = _needed(draft, "low"), _needed(draft, "high")
        if low > high:
            raise RuleError("low", "The low end is above the high end. Swap them.")
        return {"low": _stored(low, "low"), "high": _stored(high, "high")}
    value = _needed(draft, "value")
    key = {"value": _stored(value, "value")}
    tolerance = read_number(draft, "tolerance")
    if tolerance is None:
        return key
    if tolerance < 0:
        raise RuleError("tolerance", "A tolerance is 0 or more. Write it without a sign.")
    if draft.tolerance_is == "percent":
        return key | {"relative": _stored(fraction_of(tolerance), "tolerance")}
    return key | {"tolerance": _stored(tolerance, "tolerance")}


def text_key(draft: Draft) -> dict[str, object]:
    """The key of a text: one accepted answer a line; lines that compare equal count once."""
    found: dict[str, str] = {}
    lines = list(filter(None, map(str.strip, draft.answers.split("\n"))))
    if any(len(line) > LONGEST_TEXT for line in lines):  # before they are compared: that takes the square of the length
        raise RuleError("answers", f"An answer has at most {LONGEST_TEXT:,} characters, or nobody can type it.")
    for line in lines:
        found.setdefault(normal_text(line, draft.case), line)
    answers = list(found.values())
    if not answers:
        raise RuleError("answers", "Write at least one accepted answer.")
    if len(answers) > MOST_ANSWERS:
        raise RuleError("answers", f"A question has at most {MOST_ANSWERS} accepted answers. These are {len(answers)}.")
    if any(not sign.isprintable() and sign != "\t" for line in answers for sign in line):
        raise RuleError("answers", "An answer holds a character that nobody can type. Type it again.")
    return {"answers": answers, "case": draft.case}


def read_number(draft: Draft, name: str) -> Fraction | None:
    """The number in a field; None when it is empty. Raises RuleError beside the field."""
    text = str(getattr(draft, name))
    if not text.strip():
        return None
    try:
        return parse_number(text)
    except AnswerError as error:
        raise RuleError(name, error.text) from error


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
        key = {name: Fraction(text) for name, text in number_key(draft).items()}
    except RuleError:
        return ""
    low, high = key.get("low"), key.get("high")
    if "value" in key:
        reach = key.get("tolerance", Fraction(0)) or key.get("relative", Fraction(0)) * abs(key["value"])
        low, high = key["value"] - reach, key["value"] + reach
    assert low is not None
    assert high is not None
    return f"exactly {_said(low)}" if low == high else f"{_said(low)} to {_said(high)}, both included"


def _needed(draft: Draft, name: str) -> Fraction:
    number = read_number(draft, name)
    if number is None:
        raise RuleError(name, "Write the right number." if name == "value" else "A range needs both ends.")
    return number


def _stored(number: Fraction, name: str) -> str:
    text = plain(number)
    if len(text) > LONGEST:  # what is stored is read back by a rule with this bound
        raise RuleError(name, f"Written out this number has {len(text)} characters; {LONGEST} can be kept.")
    return text


def _said(number: Fraction) -> str:
    text = plain(number)
    return (text if len(text) <= LONGEST else f"{text[:20]}…").replace("-", "−")
