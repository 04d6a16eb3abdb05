"""Whether an answer is right: whole, part by part, and by how much."""

from fractions import Fraction
from itertools import pairwise

from mockhall.exam.answers import compared_text, parse_number
from mockhall.exam.errors import AnswerError
from mockhall.exam.globs import matches
from mockhall.exam.key import Key
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer


def is_right(kind: Kind, key: Key, answer: Answer) -> bool:
    """Whether the whole answer is right, whatever the scheme."""
    if kind.has_options:
        return bool(key.options) and _chose_all(kind, key.options, answer.choice)
    if kind is Kind.ORDER:
        return bool(key.order) and answer.choice == key.order
    if kind in (Kind.MATCH, Kind.CLOZE):
        results = part_results(kind, key, answer)
        return bool(results) and all(results.values())
    return number_is_right(key, answer.text) if kind is Kind.NUMERIC else text_is_right(key, answer.text)


def fraction(kind: Kind, key: Key, answer: Answer) -> Fraction:
    """How far the answer is right, from -1 or less to 1.

    Several right options count (right - wrong)/|K|, a match and a cloze the share of right pairs or gaps, an order the
    share of items that follow each other as they should.
    """
    if kind is Kind.MULTIPLE and key.options:
        chosen = frozenset(answer.choice)
        return Fraction(len(chosen & key.options) - len(chosen - key.options), len(key.options))
    if kind is Kind.ORDER and len(key.order) > 1:
        return Fraction(*followers(key, answer))
    results = part_results(kind, key, answer)
    if results:
        return Fraction(sum(result is True for result in results.values()), len(results))
    return Fraction(is_right(kind, key, answer))


def followers(key: Key, answer: Answer) -> tuple[int, int]:
    """How many items of an order follow the one they should, and how many could; what its share of the marks is."""
    return len({*pairwise(key.order)} & {*pairwise(answer.choice)}), len(key.order) - 1


def part_results(kind: Kind, key: Key, answer: Answer) -> dict[str, bool | None]:
    """Each pair (by its left id) or gap: right, wrong, or None where nothing was given. Empty for other kinds."""
    given = dict(answer.parts)
    if kind is Kind.MATCH:
        return {left: given[left] == right if left in given else None for left, right in key.pairs}
    if kind is Kind.CLOZE:
        return {gap: gap_is_right(each, given[gap]) if gap in given else None for gap, each in key.gaps}
    return {}


def gap_is_right(key: Key, value: str) -> bool:
    """Whether what fills a gap is right: an option id, a text or a number, as its key says."""
    if key.options:
        return value in key.options
    return text_is_right(key, value) if key.answers else number_is_right(key, value)


def text_is_right(key: Key, text: str) -> bool:
    """Whether a text is among the accepted answers, as the key compares them."""
    given = compared_text(text, key)
    wanted = (compared_text(accepted, key) for accepted in key.answers)
    return any(matches(each, given) if key.wildcards else each == given for each in wanted)


def number_is_right(key: Key, text: str) -> bool:
    """Whether a typed number is one of the right ones; what is no number is wrong."""
    try:
        given = parse_number(text)
    except AnswerError:
        return False
    if key.decimals is not None:
        given = key.decimals.of(given)
    return any(_fits(each, given) for each in key.any or (key,))


def _fits(key: Key, given: Fraction) -> bool:
    if key.value is None:
        return key.low is not None and key.high is not None and key.low <= given <= key.high
    reach = max(key.tolerance or Fraction(0), (key.relative or Fraction(0)) * abs(key.value))
    return abs(given - key.value) <= reach


def _chose_all(kind: Kind, right: frozenset[str], choice: tuple[str, ...]) -> bool:
    # A single question may have got a second right option by a correction: either of them is right.
    return len(choice) == 1 and choice[0] in right if kind.has_one_choice else frozenset(choice) == right
