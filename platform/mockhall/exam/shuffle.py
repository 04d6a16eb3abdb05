"""The order of options for one attempt, drawn from a seed, and the letters it is shown with."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
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
    draws = _draws(seed)
    for last in range(len(loose) - 1, 0, -1):
        other = _below(last + 1, draws)
        loose[last], loose[other] = loose[other], loose[last]
    shuffled = iter(loose)
    return tuple(option if option in pinned else next(shuffled) for option in option_ids)


def option_order(
    kind: Kind, options: Sequence[Mapping[str, Any]], right_order: Sequence[str], seed: str, *, shuffled: bool
) -> tuple[str, ...]:
    """The order an attempt shows these stored options in; `shuffled` is what the test and the question say.

    What the order could tell of the key is not left to them: the right sides of a match and the items of an order are
    always shuffled, and an order is never shown as it should become. True stays before False. The choices of a cloze
    are named `gap.choice`, as `placed_choices` reads them.
    """
    if kind is Kind.CLOZE:
        ids = [f"{gap['gap']}.{choice['id']}" for gap in options for choice in gap.get("choices", ())]
        return order(ids, set() if shuffled else set(ids), seed)
    ids = [option["id"] for option in options]
    if kind is Kind.ORDER:
        return _not_as(order(ids, set(), seed), right_order)
    pinned = {option["id"] for option in options if option.get("pinned")}
    if kind is Kind.TRUE_FALSE or not shuffled:
        pinned = {option["id"] for option in options if option.get("side") != "right"}
    return order(ids, pinned, seed)


def _not_as(shown: tuple[str, ...], right: Sequence[str]) -> tuple[str, ...]:
    return shown if list(shown) != list(right) else (*shown[1:], shown[0])


def placed_choices(gap: str, choices: Sequence[str], shown: Sequence[str]) -> list[str]:
    """The choices of one gap of a cloze in the order of the attempt."""
    places = {name: place for place, name in enumerate(shown)}
    return sorted(choices, key=lambda choice: places.get(f"{gap}.{choice}", len(places)))


def _draws(seed: str) -> Iterator[int]:
    block = 0
    while True:
        digest = sha256(f"{seed}:{block}".encode()).digest()
        yield from (int.from_bytes(digest[start : start + 8]) for start in range(0, 32, 8))
        block += 1


def _below(bound: int, draws: Iterator[int]) -> int:
    fair = 2**64 - 2**64 % bound
    return next(draw for draw in draws if draw < fair) % bound


def letters(order: Sequence[str]) -> dict[str, str]:
    """The letter each option id is shown with, in this order: A to Z, then AA."""
    return {option: _letter(index) for index, option in enumerate(order)}


def _letter(index: int) -> str:
    rounds, place = divmod(index, 26)
    return (_letter(rounds - 1) if rounds else "") + chr(ord("A") + place)
