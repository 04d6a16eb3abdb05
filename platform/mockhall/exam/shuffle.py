"""The order of options for one attempt, drawn from a seed, and the letters it is shown with."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from struct import Struct
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


@dataclass(frozen=True, slots=True)
class Options:
    """What of a question's options every attempt shares: their ids, which stay where they are, and the order they must
    not be shown in, where there is one."""

    ids: tuple[str, ...]
    pinned: frozenset[str]
    right: tuple[str, ...] | None = None

    def order(self, seed: str) -> tuple[str, ...]:
        """The ids in the order of one attempt."""
        shown = _four(self.ids, self.pinned, seed) or order(self.ids, self.pinned, seed)
        return shown if self.right is None else _not_as(shown, self.right)


def option_order(
    kind: Kind, options: Sequence[Mapping[str, Any]], right_order: Sequence[str], seed: str, *, shuffled: bool
) -> tuple[str, ...]:
    """The order an attempt shows these stored options in."""
    return options_of(kind, options, right_order, shuffled=shuffled).order(seed)


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


def _not_as(shown: tuple[str, ...], right: Sequence[str]) -> tuple[str, ...]:
    return shown if list(shown) != list(right) else (*shown[1:], shown[0])


def placed_choices(gap: str, choices: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The choices of one gap of a cloze in the order of the attempt."""
    places = {name: place for place, name in enumerate(shown)}
    return sorted(choices, key=lambda choice: places.get(f"{gap}.{choice}", len(places)))


def _mix(loose: list[str], draws: Iterator[Sequence[int]]) -> None:
    """Shuffle in place. As few steps as can be: a start of sixty questions comes here sixty times."""
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


def _four(ids: tuple[str, ...], pinned: AbstractSet[str], seed: str) -> tuple[str, ...] | None:
    """`order` for four that are loose, as most questions have it: a start of sixty questions comes here sixty times.
    None for any other number, and where a draw is thrown away."""
    if len(ids) != 4 or pinned:
        return None
    last, middle, first, _ = _FOUR(sha256(f"{seed}:0".encode()).digest())
    return _swapped(ids, last % 4, middle % 3, first % 2) if middle < _FAIR_3 else None


@lru_cache(4096)
def _swapped(ids: tuple[str, ...], last: int, middle: int, first: int) -> tuple[str, ...]:
    mixed = list(ids)
    for place, other in ((3, last), (2, middle), (1, first)):
        mixed[place], mixed[other] = mixed[other], mixed[place]
    return tuple(mixed)


@cache
def _fair(bound: int) -> int:
    """Draws below this fall on each number below `bound` equally often."""
    return 2**64 - 2**64 % bound


_FAIR_3 = _fair(3)


def letters(order: Sequence[str]) -> dict[str, str]:
    """The letter each option id is shown with, in this order: A to Z, then AA."""
    return {option: _letter(index) for index, option in enumerate(order)}


def _letter(index: int) -> str:
    rounds, place = divmod(index, 26)
    return (_letter(rounds - 1) if rounds else "") + chr(ord("A") + place)
