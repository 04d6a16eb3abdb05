"""Where candidates are and what they have opened, told by their saves."""

from collections.abc import Collection, Mapping
from datetime import datetime

from mockhall.attempts.lane_sql import Run, Statement, instant

_CURRENT = Statement(
    "attempt int, current int",
    "UPDATE attempts SET current = v.current FROM v WHERE id = v.attempt RETURNING id, deadline_at",
)
_VISITED = Statement(
    "attempt int, number int",
    "UPDATE responses AS r SET visited = true FROM v "
    "WHERE r.attempt_id = v.attempt AND r.number = v.number AND NOT r.visited AND NOT r.locked",
)


def move(
    run: Run, current: Mapping[int, int], opened: Collection[tuple[int, int]]
) -> dict[int, datetime | None]:  # fmt: skip
    """Remember the question each attempt is at, and those opened beside it, as (attempt, number); the deadlines."""
    if opened:
        run(_VISITED, sorted(opened))
    rows = run(_CURRENT, sorted(current.items())) if current else ()
    return {attempt: instant(deadline) for attempt, deadline in rows}
