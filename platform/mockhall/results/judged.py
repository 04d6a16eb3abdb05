"""Answers judged in words: each option of a question, and what a typed answer may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mockhall.attempts.models import Response
from mockhall.exam.decimals import Cut
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome, format_marks
from mockhall.exam.paper import Key
from mockhall.exam.shuffle import letters
from mockhall.results.others import NOBODY, Others

YOURS, RIGHT, BOTH, LEFT_OUT = "Your answer", "Correct answer", "Your answer, correct", "Correct, you left it out"


@dataclass(frozen=True)
class JudgedOption:
    """An option as the attempt showed it; `result` is right, wrong, missed or empty, as in the style sheet."""

    letter: str
    id: str
    text: str
    is_chosen: bool
    result: str
    verdict: str
    why: str = ""
    share: int | None = None  # of the candidates before who chose it, in per cent


def judged_options(
    kind: Kind, given: Response, options: Sequence[Mapping[str, Any]], why: Mapping[str, str],
    key: Key | None, outcome: Outcome | None, others: Others = NOBODY,
) -> list[JudgedOption]:  # fmt: skip
    """The options in the order and with the letters of the attempt; without a key, what the outcome alone tells.

    `why` explains options, of those that may be explained; what `others` chose is told with the key."""
    texts = {option["id"]: option["text"] for option in options}
    named = letters(given.option_order)
    judged = []
    for each in given.option_order:
        chosen, share = each in given.choice, others.share(each) if key else None
        words = _with_key(kind, chosen, each in key.options, outcome) if key else _without(kind, chosen, outcome)
        judged.append(JudgedOption(named[each], each, texts[each], chosen, *words, why.get(each, ""), share))
    return judged


def _with_key(kind: Kind, chosen: bool, correct: bool, outcome: Outcome | None) -> tuple[str, str]:
    if chosen and correct:
        return "right", BOTH
    if chosen:
        return ("" if outcome is None else "wrong"), YOURS
    if correct:
        return ("missed", LEFT_OUT) if kind is Kind.MULTIPLE and outcome is not None else ("right", RIGHT)
    return "", ""


def _without(kind: Kind, chosen: bool, outcome: Outcome | None) -> tuple[str, str]:
    """Without the key, a choice of several is judged only as a whole: which of them is wrong stays unsaid."""
    if not chosen:
        return "", ""
    if outcome is Outcome.RIGHT:
        return "right", BOTH
    return ("wrong" if outcome is Outcome.WRONG and kind.has_one_choice else ""), YOURS


def accepted(key: Key, unit: str = "") -> list[str]:
    """What a typed answer may be, in words: `5 s, within 0.5`, `from 3 to 4 s`, or each accepted text."""
    if key.answers:
        return list(key.answers)
    return [f"{_accepted_number(each, unit)}{_cut(key)}" for each in key.any or (key,)]


def _accepted_number(key: Key, unit: str) -> str:
    after = f" {unit}" if unit else ""
    if key.value is None:
        return f"from {_number(key.low)} to {_number(key.high)}{after}"
    return f"{_number(key.value)}{after}{_reach(key)}"


def _cut(key: Key) -> str:
    """How a typed number is cut before it is compared."""
    if key.decimals is None:
        return ""
    how = "cut off after" if key.decimals.how is Cut.TRUNCATE else "rounded to"
    return f", {how} {key.decimals.places} decimals"


def _reach(key: Key) -> str:
    """The tolerance in words; of two the wider one holds."""
    absolute = f"within {_number(key.tolerance)}" if key.tolerance else ""
    relative = f"within {_number(100 * key.relative)}%" if key.relative else ""
    return f", {' or '.join(filter(None, (absolute, relative)))}" if absolute or relative else ""


def _number(value: Fraction | None) -> str:
    """`0.125`, `−1/3`: exact, for a key is never rounded, with a real minus sign."""
    return format_marks(value or Fraction(0)).replace("-", "−")
