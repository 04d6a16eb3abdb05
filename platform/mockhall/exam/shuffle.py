"""The order of options for one attempt, drawn from a seed, and the letters it is shown with."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256


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
