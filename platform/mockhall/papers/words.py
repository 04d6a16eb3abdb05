"""How a paper's rules read: marks, partial marks, time, when results open. Plain values in, sentences out."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from mockhall.exam import clock
from mockhall.exam.certainty import CHOICES
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Kind
from mockhall.exam.optional import Choose
from mockhall.exam.reveal import Item, Matrix
from mockhall.exam.scheme import Partial
from mockhall.papers.queries import MarkingLine, OutlineSection

KINDS = {
    Kind.SINGLE: "One answer",
    Kind.MULTIPLE: "Several answers",
    Kind.TRUE_FALSE: "True or false",
    Kind.NUMERIC: "Number to type",
    Kind.TEXT: "Text to type",
    Kind.MATCH: "Pairs to match",
    Kind.ORDER: "Items to order",
    Kind.CLOZE: "Blanks to fill",
}
PARTIAL = {
    Partial.NONE: "For exactly the right choices",
    Partial.SUBSET_TABLE: "+1 for each right choice if none is wrong",
    Partial.PER_OPTION: "Part of it for each right choice, the same taken off for each wrong one, never below 0",
    Partial.RATIO: "Part of it for each right choice, the same taken off for each wrong one; nothing left is wrong",
}

PARTS = {Kind.MATCH: "right pair", Kind.CLOZE: "right blank", Kind.ORDER: "item that follows the right one"}
IN_PARTS = {
    Partial.NONE: "For all of it right",
    Partial.SUBSET_TABLE: "+1 for each {part} if none is wrong",
    Partial.PER_OPTION: "Part of it for each {part}, the same taken off for each wrong one, never below 0",
    Partial.RATIO: "Part of it for each {part}; none right is wrong",
}


def marks(value: Fraction) -> str:
    """Marks exactly, with a sign: `+3`, `−2/3`, `0`."""
    text = plain(value).replace("-", "−")
    return f"+{text}" if value > 0 else text


def partial(line: MarkingLine) -> str:
    """What earns the marks where an answer can be right in part; else nothing."""
    if line.kind in PARTS:
        return in_parts(line.kind, line.scheme.partial)
    return PARTIAL[line.scheme.partial] if line.kind is Kind.MULTIPLE else ""


def in_parts(kind: Kind, rule: Partial) -> str:
    """What earns the marks of a match, an order or a cloze. An order is right or wrong under the subset table, and
    nothing is taken off in it."""
    if kind is Kind.ORDER:
        rule = {Partial.SUBSET_TABLE: Partial.NONE, Partial.PER_OPTION: Partial.RATIO}.get(rule, rule)
    return IN_PARTS[rule].format(part=PARTS[kind])


def extra(time_factor: Fraction) -> str:
    """`25 % extra`, or `20 min extra an hour` where per cent would be a fraction."""
    more = time_factor - 1
    if (more * 100).denominator == 1:
        return f"{more * 100} % extra"
    if (more * 60).denominator == 1:
        return f"{more * 60} min extra an hour"
    return f"{float(more * 100):.1f} % extra"


def stretched(time_factor: Fraction, minutes: int = 0, seconds: int = 0) -> timedelta:
    """A time of a section or question, for who has this factor."""
    return clock.stretched(timedelta(minutes=minutes, seconds=seconds), time_factor)


def chosen(section: OutlineSection) -> str:
    """Which of its questions count: a sentence, or nothing where all do."""
    rules = section.rules
    return Choose(rules.choose).sentence(rules.choose_k, section.questions) if rules.choose and rules.choose_k else ""


CERTAINTIES = CHOICES


def opens(matrix: Matrix, closes: bool) -> str:
    """When score, right answers and explanations can be seen, in one sentence; `closes` where the test has an end."""
    if Item.RIGHT_ANSWER in matrix.during:
        return "After each answer you see at once whether it is right, and why."
    parts: dict[str, list[str]] = {}
    for name, item in WHAT.items():
        parts.setdefault(_when(matrix, item, closes), []).append(name)
    return _sentence(parts)


WHAT = {"your score": Item.MARKS, "the right answers": Item.RIGHT_ANSWER, "the explanations": Item.GENERAL_FEEDBACK}
NEVER = ""
WHEN = {  # seen immediately, later, after the close
    (True, True, True): "as soon as you hand in",
    (False, True, True): "two minutes after you hand in",
    (False, False, True): "when the test has closed",
    (True, False, False): "for the first two minutes after you hand in",
    (True, True, False): "as soon as you hand in, until the test closes",
    (False, True, False): "two minutes after you hand in, until the test closes",
    (True, False, True): "for the first two minutes after you hand in, and again when the test has closed",
    (False, False, False): NEVER,
}


def _when(matrix: Matrix, item: Item, closes: bool) -> str:
    at_once, later = item in matrix.immediately, item in matrix.later
    return WHEN[at_once, later, item in matrix.closed if closes else later]


def _sentence(parts: Mapping[str, list[str]]) -> str:
    text = "; ".join(_clause(names, when) for when, names in parts.items())
    return f"{text[0].upper()}{text[1:]}."


def _clause(names: list[str], when: str) -> str:
    subject = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    one = names == ["your score"]  # all others are several
    if when == NEVER:
        return f"{subject} {'is' if one else 'are'} not shown"
    return f"{subject} {'opens' if one else 'open'} {when}"
