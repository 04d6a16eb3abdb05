"""The key of a question by its kind, from the front matter and the marked options."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from mockhall.exam.answers import LONGEST_TEXT, normal_text
from mockhall.exam.kinds import Kind
from mockhall.formats.body import Body, Choice
from mockhall.formats.fields import Fields
from mockhall.formats.problems import Report, quoted
from mockhall.formats.values import KeyValue, OptionValue

NUMERIC_NAMES = ("answer", "tolerance", "relative_tolerance", "range", "unit")
TEXT_NAMES = ("answers", "case_sensitive")
FEWEST, MOST = 2, 10
LETTERS = "abcdefghijklmnop"


def read_key(kind: Kind, fields: Fields, body: Body, report: Report) -> KeyValue:
    """The key of a number or a text; an empty one for kinds with options: `with_ids` makes that once all is sound."""
    _check_strangers(kind, fields)
    if kind.has_options:
        _check_choices(kind, body, report)
        return KeyValue()
    if body.options_line is not None:
        report.error(body.options_line, f"A {kind} question has no options. Delete `## Options` or change `kind:`.")
    return _number(fields) if kind is Kind.NUMERIC else _answers(fields)


def _check_strangers(kind: Kind, fields: Fields) -> None:
    for owner, names in ((Kind.NUMERIC, NUMERIC_NAMES), (Kind.TEXT, TEXT_NAMES)):
        for name in names:
            if kind is not owner and fields.has(name):
                said = f"`{name}:` belongs to {owner} questions. Delete it, or write `kind: {owner}`."
                fields.report.error(fields.line(name), said)


def _check_choices(kind: Kind, body: Body, report: Report) -> None:
    if body.options_line is None:
        report.error(body.first_line, f"A {kind} question needs `## Options` before the explanation. Add them.")
        return
    if not FEWEST <= len(body.choices) <= MOST:
        said = f"There are {len(body.choices)} options. Give {FEWEST} to {MOST}."
        report.error(body.options_line, said)
    right = [choice for choice in body.choices if choice.right]
    if not right:
        report.error(body.options_line, "No option is marked as right. Write `- [x]` before it.")
    for extra in right[1:] if kind is Kind.SINGLE else []:
        report.error(extra.line, "A second option is marked as right. Keep one `[x]`, or write `kind: multiple`.")
    _check_alike(body.choices, report)


def _check_alike(choices: Sequence[Choice], report: Report) -> None:
    seen: dict[str, int] = {}
    for choice in choices:
        first = seen.setdefault(_folded(choice.text), choice.line)
        if first != choice.line:
            report.error(choice.line, f"This option is the same as that in line {first}. Change or delete one.")


def _folded(text: str) -> str:
    """As it looks on a page: runs of spaces show as one, but not in a code block."""
    return text if "```" in text or "~~~" in text else " ".join(text.split())


def _number(fields: Fields) -> KeyValue:
    if fields.has("range"):
        return _range(fields)
    if fields.has("tolerance") and fields.has("relative_tolerance"):
        fields.report.error(fields.line("relative_tolerance"), "There are two tolerances. Keep one of them.")
    if fields.need("answer") is None:
        return KeyValue()
    tolerance, relative = (_tolerance(fields, name) for name in ("tolerance", "relative_tolerance"))
    return KeyValue(value=fields.decimal("answer"), tolerance=tolerance, relative=relative)


def _tolerance(fields: Fields, name: str) -> str | None:
    written = fields.decimal(name)
    if written is not None and Fraction(written) < 0:
        said = f"`{name}:` is below 0. Write how far off an answer may be, without a sign."
        fields.report.error(fields.line(name), said)
    return written


def _range(fields: Fields) -> KeyValue:
    for name in ("answer", "tolerance", "relative_tolerance"):
        if fields.has(name):
            fields.report.error(fields.line(name), f"`{name}:` and `range:` exclude each other. Keep one.")
    ends = fields.scalars("range", required=True)
    numbers = [fields.as_decimal("range", end) for end in ends]
    low, high = numbers if len(numbers) == 2 else (None, None)
    if len(numbers) != 2:
        fields.report.error(fields.line("range"), "`range:` has two ends. Write it as `range: [3, 4]`.")
    if low is not None and high is not None and Fraction(low) > Fraction(high):
        fields.report.error(fields.line("range"), f"`range:` begins at {low}, above its end {high}. Swap them.")
    return KeyValue(low=low, high=high)


def _answers(fields: Fields) -> KeyValue:
    case = fields.flag("case_sensitive", default=False)
    answers = fields.scalars("answers", required=True)
    # Comparing takes the square of the length, and what is longer is refused below.
    compared = [normal_text(answer.text[: LONGEST_TEXT + 1], case) for answer in answers]
    counts = Counter(compared)
    for answer, as_compared in zip(answers, compared, strict=True):
        if counts[as_compared] > 1:
            said = f"`answers:` has {quoted(answer.text)} more than once, as answers are compared."
            fields.report.notice(answer.line, said)
        if len(answer.text) > LONGEST_TEXT:
            fields.report.error(answer.line, f"This answer is over {LONGEST_TEXT} characters, which nobody can type.")
    return KeyValue(answers=tuple(answer.text.strip() for answer in answers), case=case)


def with_ids(slug: str, ref: str, choices: Sequence[Choice]) -> tuple[tuple[OptionValue, ...], tuple[str, ...]]:
    """The options under their ids, and the ids of the right ones, sorted."""
    ids = option_ids(slug, ref, [choice.text for choice in choices])
    options = tuple(OptionValue(ids[choice.text], choice.text, choice.pinned) for choice in choices)
    return options, tuple(sorted(ids[choice.text] for choice in choices if choice.right))


def option_ids(slug: str, ref: str, texts: Sequence[str]) -> dict[str, str]:
    """An id for each text, from nothing but the three: the same in any order and whichever is right.

    Six characters, more where two would be alike; the first is a letter, so that it can be an HTML id.
    """
    digests = {text: hashlib.sha256(f"{slug}\0{ref}\0{text}".encode()).hexdigest() for text in texts}
    full = {text: LETTERS[int(digest[0], 16)] + digest[1:] for text, digest in digests.items()}
    length = next(n for n in range(6, 65) if len({name[:n] for name in full.values()}) == len(full))
    return {text: name[:length] for text, name in full.items()}
