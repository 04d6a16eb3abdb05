"""Keys: what is right in a question of each kind, to and from their stored forms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self, TypeVar

from mockhall.exam.decimals import Decimals, read_decimals
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import parse_exact, plain
from mockhall.exam.globs import takes_anything

MOST_ALTERNATIVES = 10
FEWEST_IN_ORDER = 3
"""Items of an order question: the order shown is never the right one, which of two items would say it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: option ids, a number with its tolerances or a range (all inclusive), texts, pairs, an order, gaps.

    `any` holds alternative numbers, `decimals` how a typed number is cut first; `spaces` False: texts are compared
    without them. `pairs` are (left, right), `gaps` are (gap, its key), both sorted.
    """

    options: frozenset[str] = frozenset()
    value: Fraction | None = None
    tolerance: Fraction | None = None
    relative: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    any: tuple["Key", ...] = ()
    decimals: Decimals | None = None
    answers: tuple[str, ...] = ()
    case: bool = False
    spaces: bool = True
    wildcards: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    gaps: tuple[tuple[str, "Key"], ...] = ()

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> Self:
        """Read one of the stored forms; numbers are exact decimal or fraction strings.

        Raises RuleError beside the field that is missing, empty or contradicts another.
        """
        if "gaps" in written:
            return cls(gaps=_gaps(written))
        return _simple(cls, written)

    def to_json(self) -> dict[str, object]:
        """The stored form; `from_json` gives the key back."""
        if self.gaps:
            return {"gaps": {gap: key.to_json() for gap, key in self.gaps}}
        if self.pairs:
            return {"pairs": dict(self.pairs)}
        if self.order:
            return {"order": list(self.order)}
        if self.options:
            return {"options": sorted(self.options)}
        return _texts_json(self) if self.answers else _number_json(self)


_K = TypeVar("_K", bound=Key)
_NUMBERS = ("value", "tolerance", "relative", "low", "high")


def _texts_json(key: Key) -> dict[str, object]:
    written: dict[str, object] = {"answers": list(key.answers), "case": key.case}
    if not key.spaces:
        written["spaces"] = False
    if key.wildcards:
        written["wildcards"] = True
    return written


def _number_json(key: Key) -> dict[str, object]:
    numbers = {name: getattr(key, name) for name in _NUMBERS}
    written: dict[str, object] = {name: plain(number) for name, number in numbers.items() if number is not None}
    if key.any:
        written["any"] = [each.to_json() for each in key.any]
    if key.decimals is not None:
        written["decimals"] = key.decimals.to_json()
    return written


def _simple(cls: type[_K], written: Mapping[str, object]) -> _K:
    """A key of anything but gaps: these are what a gap can hold too, apart from pairs and an order."""
    if "options" in written:
        return cls(options=frozenset(_texts(written, "options")))
    if "answers" in written:
        return _accepted(cls, written)
    if "pairs" in written:
        return cls(pairs=_pairs(written))
    if "order" in written:
        return cls(order=_order(written))
    return _number_key(cls, written)


def _number_key(cls: type[_K], written: Mapping[str, object]) -> _K:
    key = _alternatives(cls, written) if "any" in written else _one_number(cls, written)
    if written.get("decimals") is None:
        return key
    decimals = read_decimals(written["decimals"])
    for each in key.any or (key,):
        # One with more decimals than are compared could never be answered, unless a tolerance reaches it.
        if each.value is not None and not (each.tolerance or each.relative) and decimals.of(each.value) != each.value:
            raise RuleError(
                "decimals", f"The right number has more than {decimals.places} decimals: nobody can give it."
            )
    return replace(key, decimals=decimals)


def _one_number(cls: type[_K], written: Mapping[str, object]) -> _K:
    if "value" in written:
        value, tolerance, relative = (_number(written, name) for name in ("value", "tolerance", "relative"))
        return _within(cls(value=value, tolerance=tolerance, relative=relative))
    if "low" in written and "high" in written:
        return _ordered(cls(low=_number(written, "low"), high=_number(written, "high")))
    raise RuleError("key", "A key has options, answers, pairs, an order, gaps, a value, or low and high.")


def _alternatives(cls: type[_K], written: Mapping[str, object]) -> _K:
    found = written["any"]
    if not isinstance(found, list | tuple) or not all(isinstance(each, Mapping) for each in found):
        raise RuleError("any", "A list of right numbers and ranges.")
    if not 1 <= len(found) <= MOST_ALTERNATIVES:
        raise RuleError("any", f"Give 1 to {MOST_ALTERNATIVES} right numbers and ranges.")
    return cls(any=tuple(_one_number(Key, each) for each in found))


def _accepted(cls: type[_K], written: Mapping[str, object]) -> _K:
    answers, wildcards = _texts(written, "answers"), bool(written.get("wildcards", False))
    if wildcards and any(takes_anything(answer) for answer in answers):
        raise RuleError("answers", "An answer of nothing but * takes whatever is typed. Write what has to stand there.")
    case, spaces = bool(written.get("case", False)), bool(written.get("spaces", True))
    return cls(answers=answers, case=case, spaces=spaces, wildcards=wildcards)


def _pairs(written: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    found = written["pairs"]
    if not isinstance(found, Mapping) or not found:
        raise RuleError("pairs", "A key needs at least one pair.")
    if not all(isinstance(side, str) and side for pair in found.items() for side in pair):
        raise RuleError("pairs", "Each pair says which right item belongs to a left one.")
    return tuple(sorted(found.items()))


def _order(written: Mapping[str, object]) -> tuple[str, ...]:
    found = _texts(written, "order")
    if len(set(found)) < len(found):
        raise RuleError("order", "An item stands twice in the order.")
    if len(found) < FEWEST_IN_ORDER:
        raise RuleError("order", f"An order has at least {FEWEST_IN_ORDER} items.")
    return found


def _gaps(written: Mapping[str, object]) -> tuple[tuple[str, Key], ...]:
    found = written["gaps"]
    if not isinstance(found, Mapping) or not found:
        raise RuleError("gaps", "A key needs at least one gap.")
    return tuple(sorted((str(gap), _gap(str(gap), key)) for gap, key in found.items()))


def _gap(gap: str, written: object) -> Key:
    if not isinstance(written, Mapping):
        raise RuleError(f"gap.{gap}", "A gap has right options, answers or a number.")
    if "pairs" in written or "order" in written:
        raise RuleError(f"gap.{gap}", "A gap holds a choice, a text or a number.")
    try:
        return _simple(Key, written)
    except RuleError as error:
        raise RuleError(f"gap.{gap}", error.text) from error


def _texts(written: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = written[name]
    if not isinstance(found, list | tuple) or not all(isinstance(text, str) and text.strip() for text in found):
        raise RuleError(name, "A list of texts, none of them empty.")
    if not found:
        raise RuleError(name, "A key needs at least one right answer.")
    return tuple(found)


def _number(written: Mapping[str, object], name: str) -> Fraction | None:
    found = written.get(name)
    return None if found is None else parse_exact(found, name)


def _within(key: _K) -> _K:
    if key.value is None:
        raise RuleError("value", "Write the right number.")
    for name, size in (("tolerance", key.tolerance), ("relative", key.relative)):
        if size is not None and size < 0:
            raise RuleError(name, "A tolerance is 0 or more.")
    return key


def _ordered(key: _K) -> _K:
    if key.low is None or key.high is None:
        raise RuleError("low", "A range needs both ends.")
    if key.low > key.high:
        raise RuleError("low", "The range's low end is above its high end.")
    return key
