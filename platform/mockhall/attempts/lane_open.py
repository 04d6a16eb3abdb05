"""Opening the room past the app: one look says whose attempt it is and whether its page, as kept, still stands.

What is unusual is left to the app's own route: a stranger, a test that is over, paused, or due to move on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mockhall.attempts.lane_sql import Run, Statement, instant, stamp
from mockhall.attempts.models import AttemptState

# What the page shows of a person, a paper and an attempt; of the responses, figures one of which moves with any change:
# nobody's sequence, time or visits ever get less. They are summed up apart, which takes half the time of a GROUP BY.
_SEEN = Statement("token text, code text, at timestamptz", """, mine AS MATERIALIZED (
  SELECT a.id AS attempt, a.state, a.started_at, a.deadline_at, a.paused_seconds, a.paused_at,
    (SELECT MIN(s.closes_at) FROM attempt_sections AS s WHERE s.attempt_id = a.id AND s.left_at IS NULL) AS part_ends,
    p.id AS person, p.name, p.email, p.role, t.slug, a.candidate, a.current, a.language, a.strict, a.section
  FROM v
  JOIN login_sessions AS s ON s.token_hash = v.token AND s.revoked_at IS NULL AND s.expires_at > v.at
  JOIN people AS p ON p.id = s.person_id AND p.disabled_at IS NULL
  JOIN attempts AS a ON a.code = v.code AND a.person_id = p.id
  JOIN papers AS t ON t.id = a.paper_id
)
SELECT own.ends, own.changes, own.opened, own.shut, own.closes, own.unsaved, mine.* FROM mine, (
  SELECT MIN(CASE WHEN NOT r.locked THEN r.closes_at END) AS ends,
    SUM(r.seq + r.active_ms + CASE WHEN r.visited THEN 1 ELSE 0 END) AS changes, COUNT(r.opened_at) AS opened,
    SUM(CASE WHEN r.locked THEN r.number ELSE 0 END) AS shut, MAX(r.closes_at) AS closes, MAX(r.unsaved_at) AS unsaved
  FROM responses AS r WHERE r.attempt_id = (SELECT attempt FROM mine)
) AS own""")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """An attempt that runs, as it stands: equal to another where both have the same page."""

    started_at: datetime
    deadline_at: datetime | None
    paused_seconds: int
    rest: tuple[Any, ...]


def look(run: Run, token: str, code: str, now: datetime) -> Seen | None:
    """An attempt of who has this token's hash, if it can be opened as it stands; else None."""
    rows = run(_SEEN, [(token, code, stamp(now))])
    if not rows:
        return None
    question_ends, *changes = rows[0][:6]
    attempt, state, started_at, deadline_at, paused_seconds, paused_at, section_ends, *shown = rows[0][6:]
    started, deadline = instant(started_at), instant(deadline_at)
    if state != AttemptState.IN_PROGRESS or paused_at is not None or started is None:
        return None
    ends = [end for end in (deadline, instant(question_ends), instant(section_ends)) if end is not None]
    if any(end <= now for end in ends):
        return None
    return Seen(started, deadline, paused_seconds, (attempt, question_ends, section_ends, *changes, *shown))
