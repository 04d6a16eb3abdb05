"""The order of options for one attempt, drawn from a seed, and the letters it is shown with."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256, shake_256
from itertools import permutations
from math import factorial
from struct import Struct, unpack
from typing import Any

from mockhall.exam.kinds import Kind


def order(option_ids: Sequence[str], pinned: AbstractSet[str], seed: str) -> tuple[str, ...]:
    """The ids in the seed's order; pinned ones keep their index. ValueError when two ids are equal.

    Fisher-Yates from the last place down, over 64-bit draws from sha256("seed:0"), sha256("seed:1"), ...; a draw in
    the incomplete last stretch is thrown away, so every order is equally likely. The same on every machine and
    version, unlike `random.shuffle`.
    """
    if len(set(option_ids)) < len(option_ids):
        raise ValueError("two options with one id")
    loose = [option for option in option_ids if option not in pinned]
    _mix(loose, _draws(seed))
    return _with_pinned(option_ids, pinned, loose)


def _with_pinned(option_ids: Sequence[str], pinned: AbstractSet[str], loose: Sequence[str]) -> tuple[str, ...]:
    if len(loose) == len(option_ids):
        return tuple(loose)
    shuffled = iter(loose)
    return tuple(option if option in pinned else next(shuffled) for option in option_ids)


FEW = 24
"""The orders of four: most questions have no more options than that, and one number below this draws their order."""


@dataclass(frozen=True)
class Options:
    """What of a question's options every attempt shares: their ids, which stay where they are, and the order they must
    not be shown in, where there is one."""

    ids: tuple[str, ...]
    pinned: frozenset[str]
    right: tuple[str, ...] | None = None

    @cached_property
    def are_few(self) -> bool:
        """Does a draw below FEW say their order?"""
        return len(self.ids) - sum(each in self.pinned for each in self.ids) in _DRAWN

    def order(self, draw: int, seed: str) -> tuple[str, ...]:
        """The ids in one attempt's order: that of the draw, or more than four that are loose in the seed's."""
        if not self.are_few:
            return self._shown(order(self.ids, self.pinned, seed))
        loose = [each for each in self.ids if each not in self.pinned]
        places = _DRAWN[len(loose)][draw]
        return self._shown(_with_pinned(self.ids, self.pinned, [loose[place] for place in places]))

    def _shown(self, found: tuple[str, ...]) -> tuple[str, ...]:
        return (*found[1:], found[0]) if found == self.right else found


_DRAWN = {many: tuple(permutations(range(many))) * (FEW // factorial(many)) for many in range(5)}
"""FEW orders of so many, each as often among them as any other."""


def draws_of_few(seed: str, count: int) -> list[int]:
    """`count` numbers below FEW, each equally likely: 32 bits of shake_256("seed:0") a number, and of the next where
    one fell in the incomplete last stretch. One digest for a whole attempt: a start has no time for one a question."""
    found: list[int] = []
    block = 0
    while len(found) < count:
        digest = shake_256(f"{seed}:{block}".encode()).digest(4 * count)
        found += [draw % FEW for draw in unpack(f">{count}I", digest) if draw < _FAIR_FEW]
        block += 1
    return found[:count]


def options_of(
    kind: Kind, options: Sequence[Mapping[str, Any]], right_order: Sequence[str], *, shuffled: bool
) -> Options:
    """How these stored options are shuffled; `shuffled` is what the test and the question say.

    What the order could tell of the key is not left to them: the right sides of a match and the items of an order are
    always shuffled, and an order is never shown as it should become. True stays before False. The choices of a cloze
    are named `gap.choice`, as `placed_choices` reads them.
    """
    if kind is Kind.CLOZE:
        ids = [f"{gap['gap']}.{choice['id']}" for gap in options for choice in gap.get("choices", ())]
        return Options(tuple(ids), frozenset(() if shuffled else ids))
    ids = [option["id"] for option in options]
    if kind is Kind.ORDER:
        return Options(tuple(ids), frozenset(), tuple(right_order))
    pinned = {option["id"] for option in options if option.get("pinned")}
    if kind is Kind.TRUE_FALSE or not shuffled:
        pinned = {option["id"] for option in options if option.get("side") != "right"}
    return Options(tuple(ids), frozenset(pinned))


def placed_choices(gap: str, choices: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The choices of one gap of a cloze in the order of the attempt."""
    places = {name: place for place, name in enumerate(shown)}
    return sorted(choices, key=lambda choice: places.get(f"{gap}.{choice}", len(places)))


def _mix(loose: list[str], draws: Iterator[Sequence[int]]) -> None:
    """Shuffle in place."""
    last = len(loose) - 1
    while last > 0:
        for draw in next(draws):
            if last > 0 and draw < _fair(last + 1):
                other = draw % (last + 1)
                loose[last], loose[other] = loose[other], loose[last]
                last -= 1


_FOUR = Struct(">4Q").unpack


def _draws(seed: str) -> Iterator[tuple[int, ...]]:
    """Draws of 64 bits, four at a time."""
    block = 0
    while True:
        yield _FOUR(sha256(f"{seed}:{block}".encode()).digest())
        block += 1


@cache
def _fair(bound: int) -> int:
    """Draws below this fall on each number below `bound` equally often."""
    return 2**64 - 2**64 % bound


_FAIR_FEW = 2**32 - 2**32 % FEW


def letters(order: Sequence[str]) -> dict[str, str]:
    """The letter each option id is shown with, in this order: A to Z, then AA."""
    return {option: _letter(index) for index, option in enumerate(order)}


def _letter(index: int) -> str:
    rounds, place = divmod(index, 26)
    return (_letter(rounds - 1) if rounds else "") + chr(ord("A") + place)
