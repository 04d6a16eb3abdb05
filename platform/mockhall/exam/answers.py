"""Answers as candidates give them: numbers and texts read, and what can't be an answer refused."""

import re
import unicodedata
from fractions import Fraction

from mockhall.exam.errors import AnswerError
from mockhall.exam.exact import LONGEST, decimal_value
from mockhall.exam.key import Key
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer
from mockhall.exam.shape import GapKind, Shape

LONGEST_TEXT = 2_000
"""Characters in a typed answer."""
LONGEST_GAP = 200
"""Characters in one gap of a cloze."""

_SIGNS_AND_DIGITS = str.maketrans("०१२३४५६७८९\u2212", "0123456789-")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}(?![0-9])(?:[eE].*)?")
_ALLOWED_CONTROLS = "\t\n\r"


def parse_number(text: str) -> Fraction:
    """The number a candidate typed (exam-semantics 1, "Typed answers").

    Raises AnswerError beside `text`: not a number, too long, an exponent beyond 308, or a comma that could be a
    decimal sign as well as group digits.
    """
    typed = text.strip()
    if len(typed) > LONGEST:
        raise AnswerError("text", f"A number has at most {LONGEST} characters.")
    typed = typed.translate(_SIGNS_AND_DIGITS)
    if "," in typed:
        typed = _comma_as_point(typed)
    value = decimal_value(typed)
    if value is None:
        raise AnswerError("text", "Write a number, such as 12.5 or -3e8.")
    return value


def _comma_as_point(typed: str) -> str:
    """The text with its one comma as the decimal point, or a refusal that says how it could be understood."""
    point, without = typed.replace(",", "."), typed.replace(",", "")
    if typed.count(",") == 1 and "." not in typed and not _GROUPED.fullmatch(typed):
        return point
    if decimal_value(without) is None or "." in typed[: typed.index(",")]:
        raise AnswerError("text", "Write a number, such as 12.5 or -3e8.")
    if decimal_value(point) is None:
        raise AnswerError("text", f"Leave out the commas. We understand {without}.")
    raise AnswerError("text", f"The comma can be read two ways. Write {without} or {point}.")


def normal_text(text: str, case: bool) -> str:
    """The text as it is compared: NFC, spaces collapsed, casefolded unless `case` matters."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    # Casefolding can leave composed letters apart, so it is composed again.
    return spaced if case else unicodedata.normalize("NFC", spaced.casefold())


def compared_text(text: str, key: Key) -> str:
    """A text as this key compares it: its normal form, without any spaces where they don't matter."""
    normal = normal_text(text, key.case)
    return normal if key.spaces else normal.replace(" ", "")


def check_answer(shape: Shape, answer: Answer) -> Answer:
    """The answer as it is kept: choices sorted (an order as it is), spaces around a number cut off, a text as typed.

    Blank answers come back as `Answer()`, and blank parts are left out. Raises AnswerError beside `choice`, `text`,
    `pair.<left id>` or `gap.<gap>`.
    """
    _check_characters(answer.text, "text", LONGEST_TEXT)
    choice = answer.choice if all(answer.choice) else tuple(chosen for chosen in answer.choice if chosen)
    parts = tuple(sorted((name, value) for name, value in answer.parts if value.strip())) if answer.parts else ()
    _refuse_strangers(shape.kind, choice, answer.text, parts)
    if shape.kind is Kind.MATCH:
        return Answer(parts=_checked_pairs(shape, parts))
    if shape.kind is Kind.CLOZE:
        return Answer(parts=tuple((name, _checked_gap(shape, name, value)) for name, value in _once_each(parts)))
    if shape.kind.has_options or shape.kind is Kind.ORDER:
        return Answer(choice=_checked_choice(shape, choice))
    return _checked_text(shape.kind, answer.text)


def _refuse_strangers(kind: Kind, choice: tuple[str, ...], text: str, parts: tuple[tuple[str, str], ...]) -> None:
    """Each kind is answered in one way; anything else beside it is refused, not dropped."""
    has_parts, has_text = kind in (Kind.MATCH, Kind.CLOZE), kind in (Kind.NUMERIC, Kind.TEXT)
    if parts and not has_parts:
        raise AnswerError("parts", "This question has no pairs or gaps.")
    if text.strip() and not has_text:
        said = "filling its gaps" if kind is Kind.CLOZE else "matching" if kind is Kind.MATCH else "choosing"
        raise AnswerError("text", f"This question is answered by {said}, not by typing one text.")
    if choice and (has_parts or has_text):
        said = "by typing; it has no options" if has_text else "part by part"
        raise AnswerError("choice", f"This question is answered {said}.")


def _check_characters(text: str, field: str, longest: int) -> None:
    if len(text) > longest:
        raise AnswerError(field, f"An answer has at most {longest:,} characters. This one has {len(text):,}.")
    if text and any(unicodedata.category(c) in ("Cc", "Cs") and c not in _ALLOWED_CONTROLS for c in text):
        raise AnswerError(field, "The answer holds a character that can't be kept. Please type it again.")


def _checked_choice(shape: Shape, choice: tuple[str, ...]) -> tuple[str, ...]:
    if any(chosen not in shape.options for chosen in choice):
        raise AnswerError("choice", "That option isn't one of this question's.")
    if len(set(choice)) < len(choice):
        twice = "An item stands at two places." if shape.kind is Kind.ORDER else "The same option was sent twice."
        raise AnswerError("choice", twice)
    if shape.kind.has_one_choice and len(choice) > 1:
        raise AnswerError("choice", "Choose one option only.")
    return choice if shape.kind is Kind.ORDER else tuple(sorted(choice))


def _checked_pairs(shape: Shape, parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The pairs; a right item may stand beside several left ones, as some keys have it."""
    for left, right in parts:
        if left not in shape.lefts:
            raise AnswerError("parts", "That item isn't one of this question's.")
        if right not in shape.rights:
            raise AnswerError(f"pair.{left}", "That choice isn't one of this question's.")
    return _once_each(parts)


def _checked_gap(shape: Shape, name: str, value: str) -> str:
    gap, field = shape.gaps.get(name), f"gap.{name}"
    if gap is None:
        raise AnswerError("parts", "This question has no such gap.")
    if gap.kind is GapKind.CHOICE:
        if value not in gap.choices:
            raise AnswerError(field, f"Blank {name}: that choice isn't one of its own.")
        return value
    _check_characters(value, field, LONGEST_GAP)
    if gap.kind is GapKind.TEXT:
        return value
    try:
        parse_number(value)
    except AnswerError as error:
        raise AnswerError(field, f"Blank {name}: {error.text}") from error
    return value.strip()


def _once_each(parts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if len({name for name, _ in parts}) < len(parts):
        raise AnswerError("parts", "The same part was sent twice.")
    return parts


def _checked_text(kind: Kind, text: str) -> Answer:
    if not text.strip():
        return Answer()
    if kind is Kind.NUMERIC:
        parse_number(text)
        return Answer(text=text.strip())
    return Answer(text=text)
