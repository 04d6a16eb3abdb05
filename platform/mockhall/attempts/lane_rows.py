"""The responses of a new attempt as the statement of a start takes them, worked out before the writer's turn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mockhall.attempts.beginning import Pattern, places_of


@dataclass(frozen=True, slots=True)
class Packed:
    """Responses that are open from the start, each as one text: taken apart in a quarter of the time of nine values.

    `versions` are the question versions, by number from 1."""

    versions: tuple[int, ...]
    rows: Sequence[str]


def packed(pattern: Pattern, code: str) -> Packed | None:
    """The responses of an attempt under this code; None where some are locked or timed, which takes more to say."""
    if not pattern.is_free:
        return None
    found, options = places_of(pattern, code), pattern.options
    return Packed(
        tuple([version for _, _, version in found]),
        [_head(*place) + option_json(options[place.version].order(f"{code}:{place.version}")) for place in found],
    )


@lru_cache(20_000)
def _head(number: int, section: int, version: int) -> str:
    """The columns before the order of options, each as wide as `lane_start_sql.FREE_RESPONSES` cuts it."""
    return f"{number:06}{section:04}{version:010}"


@lru_cache(4096)
def option_json(options: tuple[str, ...]) -> str:
    """An order of options as it is stored; most tests name their options alike, so there are few."""
    return json.dumps(options)
