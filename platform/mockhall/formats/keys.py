"""The key of a question by its kind, from the front matter and the marked options."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from mockhall.exam.answers import LONGEST_TEXT, compared_text
from mockhall.exam.decimals import MOST_PLACES, Cut
from mockhall.exam.errors import RuleError
from mockhall.exam.globs import takes_anything
from mockhall.exam.key import MOST_ALTERNATIVES, Key
from mockhall.exam.kinds import Kind
from mockhall.formats.body import Body, Choice
from mockhall.formats.fields import Fields
from mockhall.formats.problems import Report, quoted
from mockhall.formats.tree import Items, Node, Scalar, Table
from mockhall.formats.values import Json, KeyValue, OptionValue

NUMBER_NAMES = ("answer", "tolerance", "relative_tolerance", "range", "any_of", "decimals")
NUMERIC_NAMES = (*NUMBER_NAMES, "unit")
TEXT_NAMES = ("answers", "case_sensitive", "spaces_matter", "wildcards")
CLOZE_NAMES = (*NUMBER_NAMES, *TEXT_NAMES)
OWNERS = {
    "answer": (Kind.NUMERIC, Kind.TRUE_FALSE), "gaps": (Kind.CLOZE,),
    **dict.fromkeys(NUMERIC_NAMES[1:], (Kind.NUMERIC,)), **dict.fromkeys(TEXT_NAMES, (Kind.TEXT,)),
}  # fmt: skip
TRUE_FALSE = (OptionValue("t", "True", pinned=True), OptionValue("f", "False", pinned=True))
FEWEST, MOST = 2, 10
LETTERS = "abcdefghijklmnop"


def check_owners(kind: Kind, fields: Fields, body: Body, report: Report) -> None:
    """Report front matter and lists that belong to another kind of question."""
    for name, owners in OWNERS.items():
        if kind not in owners and fields.has(name):
            said = f"`{name}:` belongs to {owners[0]} questions. Delete it, or write `kind: {owners[0]}`."
            fields.report.error(fields.line(name), said)
    lists = {"Options": kind in (Kind.SINGLE, Kind.MULTIPLE), "Pairs": kind is Kind.MATCH, "Items": kind is Kind.ORDER}
    for name, fits in lists.items():
        if name in body.headings and not fits:
            said = f"A {kind} question has no {name.lower()}. Delete `## {name}` or change `kind:`."
            report.error(body.headings[name], said)


def read_options(
    kind: Kind, body: Body, slug: str, ref: str, report: Report
) -> tuple[tuple[OptionValue, ...], KeyValue]:
    """The choices of a single or multiple question, and which are right."""
    _check_choices(kind, body, report)
    options, right = with_ids(slug, ref, body.choices)
    return options, KeyValue(options=right)


def read_true_false(fields: Fields) -> KeyValue:
    """`answer: true` or `answer: false`."""
    if fields.need("answer") is None:
        return KeyValue()
    return KeyValue(options=("t" if fields.flag("answer", default=False) else "f",))


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


def read_number(fields: Fields) -> KeyValue:
    """A right number, a range, or several of them, and how many decimals are compared."""
    key = _any_of(fields) if fields.has("any_of") else _one_number(fields)
    key = replace(key, decimals=_decimals(fields))
    if key.decimals and not fields.report.failed:
        try:
            Key.from_json(key.to_json())
        except RuleError as error:
            fields.report.error(fields.line(error.field), f"`{error.field}:` {error.text}")
    return key


def _any_of(fields: Fields) -> KeyValue:
    """`any_of: [2, {range: [3, 4]}, {answer: 5, tolerance: 0.1}]`."""
    for name in ("answer", "range", "tolerance", "relative_tolerance"):
        if fields.has(name):
            fields.report.error(fields.line(name), f"`{name}:` and `any_of:` exclude each other. Keep one.")
    node = fields.need("any_of")
    if not isinstance(node, Items) or not 1 <= len(node.items) <= MOST_ALTERNATIVES:
        said = f"`any_of:` is a list of 1 to {MOST_ALTERNATIVES} right numbers and ranges."
        fields.report.error(fields.line("any_of"), said)
        return KeyValue()
    return KeyValue(form={"any": [_alternative(item, fields) for item in node.items]})


def _alternative(node: Node, fields: Fields) -> Json:
    if isinstance(node, Table):
        return _one_number(Fields(node, fields.report, NUMBER_NAMES[:4])).to_json()
    number = fields.as_decimal("any_of", node) if isinstance(node, Scalar) else None
    if not isinstance(node, Scalar):
        fields.report.error(node.line, "In `any_of:` stand numbers, `{range: [3, 4]}` or `{answer: 5, tolerance: 1}`.")
    return {"value": number or "0"}


def _decimals(fields: Fields) -> dict[str, Json] | None:
    """`decimals: {places: 2, how: truncate}`."""
    node = fields.node("decimals")
    if node is None:
        return None
    if not isinstance(node, Table):
        fields.report.error(node.line, "`decimals:` is `{places: 2, how: truncate}` or `{places: 2, how: round}`.")
        return None
    inner = Fields(node, fields.report, ("places", "how"))
    places, how = inner.text("places", 3, required=True), inner.choice("how", list(Cut))
    if not (places.isascii() and places.isdigit()) or int(places) > MOST_PLACES:
        said = f"`places:` is a whole number from 0 to {MOST_PLACES}."
        fields.report.error(inner.line("places"), said)
        return None
    return {"places": int(places), "how": how}


def _one_number(fields: Fields) -> KeyValue:
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


def read_texts(fields: Fields) -> KeyValue:
    """The accepted answers, and how they are compared."""
    case, spaces = fields.flag("case_sensitive", default=False), fields.flag("spaces_matter", default=True)
    wildcards = fields.flag("wildcards", default=False)
    answers = fields.scalars("answers", required=True)
    how = Key(case=case, spaces=spaces)
    # Comparing takes the square of the length, and what is longer is refused below.
    compared = [compared_text(answer.text[: LONGEST_TEXT + 1], how) for answer in answers]
    counts = Counter(compared)
    for answer, as_compared in zip(answers, compared, strict=True):
        if counts[as_compared] > 1:
            said = f"`answers:` has {quoted(answer.text)} more than once, as answers are compared."
            fields.report.notice(answer.line, said)
        if len(answer.text) > LONGEST_TEXT:
            fields.report.error(answer.line, f"This answer is over {LONGEST_TEXT} characters, which nobody can type.")
        if wildcards and takes_anything(answer.text):
            fields.report.error(answer.line, "This answer takes whatever is typed. Write what has to stand there.")
    texts = tuple(answer.text.strip() for answer in answers)
    return KeyValue(answers=texts, case=case, spaces=spaces, wildcards=wildcards)


def with_ids(slug: str, ref: str, choices: Sequence[Choice]) -> tuple[tuple[OptionValue, ...], tuple[str, ...]]:
    """The options under their ids, and the ids of the right ones, sorted."""
    ids = option_ids(slug, ref, [choice.text for choice in choices])
    options = tuple(OptionValue(ids[choice.text], choice.text, choice.pinned) for choice in choices)
    return options, tuple(sorted(ids[choice.text] for choice in choices if choice.right))


def explanations(slug: str, ref: str, choices: Sequence[Choice]) -> dict[str, str]:
    """Why options are right or wrong, by their ids; those that nothing is said of are left out."""
    ids = option_ids(slug, ref, [choice.text for choice in choices])
    return {ids[choice.text]: choice.why for choice in choices if choice.why}


def option_ids(slug: str, ref: str, texts: Sequence[str]) -> dict[str, str]:
    """An id for each text, from nothing but the three: the same in any order and whichever is right.

    Six characters, more where two would be alike; the first is a letter, so that it can be an HTML id.
    """
    digests = {text: hashlib.sha256(f"{slug}\0{ref}\0{text}".encode()).hexdigest() for text in texts}
    full = {text: LETTERS[int(digest[0], 16)] + digest[1:] for text, digest in digests.items()}
    length = next(n for n in range(6, 65) if len({name[:n] for name in full.values()}) == len(full))
    return {text: name[:length] for text, name in full.items()}
