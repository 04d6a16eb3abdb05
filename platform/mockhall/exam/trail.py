"""The trail of a question: its kept answers one after the other, as one growing text of a response.

An entry is a JSON list, `[milliseconds since 1970, choice, text, parts]`; what is empty at its end is left out. Commas
join entries: a save adds one without reading what is there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mockhall.exam.paper import Answer

LONGEST_ENTRY = 1_000
"""Characters; a longer answer leaves an entry that only says when it was kept."""
LONGEST = 12_000
"""Characters of a whole trail: a script that saves without end stops growing it."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and when it was kept; `answer` is None where it was too long for the trail."""

    at: datetime
    answer: Answer | None


def entry(at: datetime, choice: Sequence[str], text: str, parts: Mapping[str, str]) -> str:
    """The text a save adds to the trail, when its answer differs from the one kept before."""
    fields: list[Any] = [(at - _EPOCH) // timedelta(milliseconds=1), list(choice), text, dict(parts)]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    written = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return written if len(written) <= LONGEST_ENTRY else f"[{fields[0]},null]"


def answers(trail: str) -> list[Kept]:
    """The answers of a trail, the oldest first; a blank one is an answer cleared."""
    return [_kept(*each) for each in json.loads(f"[{trail}]")]


def _kept(at: int, *answer: Any) -> Kept:
    when = _EPOCH + timedelta(milliseconds=at)
    if answer and answer[0] is None:
        return Kept(when, None)
    fields: list[Any] = [*answer, *([], "", {})[len(answer) :]]
    return Kept(when, Answer.of(*fields))


def distinct(kept: Sequence[Kept], last: Answer) -> list[Answer]:
    """The answers given one after the other, blanks left out and equal neighbours once; `last` is the one that counts.

    What the trail could not hold is passed over, so the last one is named by itself."""
    given = [each.answer for each in kept if each.answer is not None and not each.answer.blank]
    if not last.blank:
        given.append(last)
    return [each for place, each in enumerate(given) if place == 0 or each != given[place - 1]]
