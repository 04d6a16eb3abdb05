"""The responses of a new attempt as the statement of a start takes them, worked out before the writer's turn."""

import json
from dataclasses import dataclass
from functools import lru_cache

from mockhall.attempts.beginning import Pattern, places_of
from mockhall.exam.layout import Place
from mockhall.exam.shuffle import draws_of_few


@dataclass(frozen=True, slots=True)
class Packed:
    """Responses that are open from the start, in one text: taken apart in half the time of a text each.

    `versions` are the question versions, by number from 1; `rows` as many pieces of `width` characters, as
    `lane_start_sql.FREE_RESPONSES` cuts them."""

    versions: tuple[int, ...]
    width: int
    rows: str


def packed(pattern: Pattern, code: str) -> Packed | None:
    """The responses of an attempt under this code; None where some are locked or timed, which takes more to say."""
    if not pattern.is_free:
        return None
    found = places_of(pattern, code)
    known = pattern.rows_in_place or [pattern.known_rows[section, version] for _, section, version in found]
    rows = [
        ready[draw] or _row(pattern, place, draw, code)
        for place, draw, ready in zip(found, draws_of_few(code, len(found)), known, strict=True)
    ]
    width, joined = max(map(len, rows), default=0), "".join(rows)
    if len(joined) < width * len(rows):
        joined = "".join([each.ljust(width) for each in rows])
    return Packed(pattern.versions_in_place or tuple([each.version for each in found]), width, joined)


def _row(pattern: Pattern, place: Place, draw: int, code: str) -> str:
    """Section, question version and the order of options; remembered where there are few orders."""
    options = pattern.options[place.version]
    row = f"{place.section:04}{place.version:010}" + option_json(options.order(draw, f"{code}:{place.number}"))
    if options.are_few:
        pattern.known_rows[place.section, place.version][draw] = row
    return row


@lru_cache(4096)
def option_json(options: tuple[str, ...]) -> str:
    """An order of options as it is stored, plain ASCII; most tests name their options alike, so there are few."""
    return json.dumps(options)
