"""Answers as candidates give them: numbers and texts read, and what can't be an answer refused."""

import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction

from mockhall.exam.errors import AnswerError
from mockhall.exam.exact import LONGEST, decimal_value
from mockhall.exam.paper import Answer, Kind

LONGEST_TEXT = 2_000
"""Characters in a typed answer."""

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


def check_answer(kind: Kind, option_ids: Collection[str], answer: Answer) -> Answer:
    """The answer as it is kept: choices sorted, a number's spaces cut off, a text in the candidate's own wording.

    Blank answers come back as `Answer()`. Raises AnswerError beside `choice` or `text`.
    """
    _check_characters(answer.text)
    choice = tuple(chosen for chosen in answer.choice if chosen)
    if kind.has_options:
        if answer.text.strip():
            raise AnswerError("text", "This question is answered by choosing, not by typing.")
        return Answer(choice=_checked_choice(kind, option_ids, choice))
    if choice:
        raise AnswerError("choice", "This question is answered by typing; it has no options.")
    return _checked_text(kind, answer.text)


def _check_characters(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise AnswerError("text", f"An answer has at most {LONGEST_TEXT:,} characters. This one has {len(text):,}.")
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in _ALLOWED_CONTROLS for c in text):
        raise AnswerError("text", "The answer holds a character that can't be kept. Please type it again.")


def _checked_choice(kind: Kind, option_ids: Collection[str], choice: tuple[str, ...]) -> tuple[str, ...]:
    if any(chosen not in option_ids for chosen in choice):
        raise AnswerError("choice", "That option isn't one of this question's.")
    if len(set(choice)) < len(choice):
        raise AnswerError("choice", "The same option was sent twice.")
    if kind is Kind.SINGLE and len(choice) > 1:
        raise AnswerError("choice", "Choose one option only.")
    return tuple(sorted(choice))


def _checked_text(kind: Kind, text: str) -> Answer:
    if not text.strip():
        return Answer()
    if kind is Kind.NUMERIC:
        parse_number(text)
        return Answer(text=text.strip())
    return Answer(text=text)
