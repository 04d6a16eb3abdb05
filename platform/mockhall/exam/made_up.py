"""A right and a wrong answer to any question, made up from its key: for a sheet that nobody has filled in."""

from collections.abc import Sequence
from fractions import Fraction

from mockhall.exam.exact import plain
from mockhall.exam.key import Key
from mockhall.exam.kinds import Kind
from mockhall.exam.paper import Answer

ELSE = "something else"


def right_answer(kind: Kind, key: Key) -> Answer:
    """One that is right."""
    if kind.has_options:
        chosen = sorted(key.options)
        return Answer(tuple(chosen[:1] if kind.has_one_choice else chosen))
    if kind is Kind.ORDER:
        return Answer(key.order)
    if kind in (Kind.MATCH, Kind.CLOZE):
        return Answer(parts=key.pairs or tuple((gap, _typed(each)) for gap, each in key.gaps))
    return Answer(text=_typed(key))


def wrong_answer(kind: Kind, key: Key, options: Sequence[str]) -> Answer:
    """One that is wrong, or only partly right where nothing else is possible; `options` are the ids to choose from."""
    if kind.has_options:
        others = [each for each in options if each not in key.options]
        return Answer(tuple(others[:1] or sorted(key.options)[:-1]))
    if kind is Kind.ORDER:
        return Answer(key.order[::-1])
    if kind is Kind.MATCH:
        lefts, rights = zip(*key.pairs, strict=True)
        return Answer(parts=tuple(zip(lefts, (*rights[1:], rights[0]), strict=True)))
    if kind is Kind.CLOZE:  # what else a gap offers stands in the question, so those to choose from are right
        return Answer(parts=tuple((gap, _typed(each) if each.options else ELSE) for gap, each in key.gaps))
    return Answer(text=ELSE if kind is Kind.TEXT else _far(key))


def _typed(key: Key) -> str:
    if key.options:
        return min(key.options)
    if key.answers:
        return key.answers[0]
    number = (key.any or (key,))[0]
    return plain(number.value if number.value is not None else number.low or Fraction(0))


def _far(key: Key) -> str:
    """A number beyond all that are right."""
    ends = [end for each in key.any or (key,) for end in (each.value, each.high) if end is not None]
    return plain(1000 * (max(map(abs, ends), default=Fraction(0)) + 1))
