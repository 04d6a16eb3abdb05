"""The statements of a start, each for many at once."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect

from mockhall.attempts.lane_sql import Row, Statement
from mockhall.attempts.models import Attempt, AttemptSection, Response

__all__ = ["Row"]


def inserting(model: Any, columns: str, then: str = "") -> Statement:
    """An INSERT of these columns; the others get the defaults of their model, which a statement by hand would miss."""
    given = {name: f"v.{name}" for name in (each.split()[0] for each in columns.split(","))}
    return Statement(columns, f"{_insert(model, given)} FROM v WHERE true {then}")


def _insert(model: Any, given: Mapping[str, str]) -> str:
    blank = model()
    others = {
        column.key: _literal(getattr(blank, column.key))
        for column in inspect(model).columns
        if column.key not in given and not column.nullable and column.key != "id"
    }
    values = dict(given) | others
    return f"INSERT INTO {model.__tablename__} ({', '.join(values)}) SELECT {', '.join(values.values())}"


def _literal(value: Any) -> str:
    """A default as SQL; all of them are ours, and plain."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "''") + "'"


# Two starts under one token that nobody owns yet must not make two guests: on PostgreSQL, where several workers write,
# one waits for the other here.
LOCK_TOKENS = Statement(
    "place int, token text, at timestamptz", "SELECT v.place{lock , pg_advisory_xact_lock(hashtext(v.token))} FROM v"
)
# A sign-in that takes a guest into an account holds the person's row: we wait, and find the guest disabled.
WHO = Statement(
    "place int, token text, at timestamptz",
    """SELECT v.place, p.id, p.role, p.name, p.time_factor FROM v
JOIN login_sessions AS s ON s.token_hash = v.token AND s.revoked_at IS NULL AND s.expires_at > v.at
JOIN people AS p ON p.id = s.person_id
WHERE p.disabled_at IS NULL {lock ORDER BY p.id FOR NO KEY UPDATE OF p}""",
)
COUNT_GUESTS = Statement(
    "key text, more int, at timestamptz, until timestamptz",
    """INSERT INTO rate_counts AS c (key, count, expires_at) SELECT v.key, v.more, v.until FROM v WHERE true
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN c.expires_at <= (SELECT min(v.at) FROM v) THEN excluded.count ELSE c.count + excluded.count END,
  expires_at = CASE WHEN c.expires_at <= (SELECT min(v.at) FROM v) THEN excluded.expires_at ELSE c.expires_at END
RETURNING key, count""",
)
NEW_PEOPLE = Statement(
    "code text, name text, at timestamptz",
    """INSERT INTO people (code, name, role, time_factor, created_at)
SELECT v.code, v.name, 'guest', '1', v.at FROM v""",
)
PEOPLE = Statement("code text", "SELECT {list p.code, p.id} FROM v JOIN people AS p ON p.code = v.code")
USED_TOKENS = Statement(
    "place int, token text", "SELECT v.place FROM v JOIN login_sessions AS s ON s.token_hash = v.token"
)
NEW_SESSIONS = Statement(
    "token text, person int, at timestamptz, until timestamptz",
    """INSERT INTO login_sessions (token_hash, person_id, created_at, expires_at)
SELECT v.token, v.person, v.at, v.until FROM v""",
)
CURRENT = Statement(
    "version int, slug text",
    """SELECT v.version, v.slug, EXISTS (SELECT 1 FROM paper_accommodations AS a WHERE a.paper_id = p.paper_id)
FROM v JOIN paper_versions AS p ON p.id = v.version
JOIN papers AS t ON t.id = p.paper_id AND t.slug = v.slug AND t.version = p.number AND t.status = 'published'""",
)
RUNNING = Statement(
    "place int, running text",
    """SELECT v.place, a.code, a.deadline_at, (SELECT count(*) FROM responses AS r WHERE r.attempt_id = a.id)
FROM v JOIN attempts AS a ON a.running_key = v.running""",
)
TAKEN = Statement(
    "place int, paper int, person int",
    """SELECT v.place, count(*), max(a.finished_at)
FROM v JOIN attempts AS a ON a.paper_id = v.paper AND a.person_id = v.person
GROUP BY v.place""",
)
# Two joins, each by an index: with OR in one, either database would go through all that a paper has.
ACCOMMODATIONS = Statement(
    "place int, paper int, person int",
    """SELECT v.place, true, a.opens_at, a.closes_at, a.more_attempts, a.no_wait
FROM v JOIN paper_accommodations AS a ON a.paper_id = v.paper AND a.person_id = v.person
UNION ALL SELECT v.place, false, a.opens_at, a.closes_at, a.more_attempts, a.no_wait
FROM v JOIN cohort_members AS m ON m.person_id = v.person
JOIN cohorts AS c ON c.id = m.cohort_id AND c.archived_at IS NULL
JOIN paper_accommodations AS a ON a.paper_id = v.paper AND a.cohort_id = m.cohort_id""",
)
MEMBERS = Statement(
    "place int, version int, person int",
    """SELECT DISTINCT v.place FROM v JOIN paper_cohorts AS p ON p.paper_version_id = v.version
JOIN cohort_members AS m ON m.cohort_id = p.cohort_id AND m.person_id = v.person
JOIN cohorts AS c ON c.id = m.cohort_id AND c.archived_at IS NULL""",
)
NEW_ATTEMPTS = inserting(
    Attempt,
    "code text, paper_id int, paper_version_id int, person_id int, running_key text, candidate text, "
    "is_preview boolean, started_at timestamptz, deadline_at timestamptz, strict boolean, language text, section int, "
    "roll text",
    "ON CONFLICT (running_key) DO NOTHING",
)
ATTEMPTS = Statement("code text", "SELECT {list a.code, a.id} FROM v JOIN attempts AS a ON a.code = v.code")
NEW_RESPONSES = inserting(
    Response,
    "attempt_id int, number int, section int, question_version_id int, option_order json, visited boolean, "
    "locked boolean, opened_at timestamptz, closes_at timestamptz",
)
_BY_NUMBER = """CROSS JOIN (
  WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < (SELECT max(many) FROM v)) SELECT n FROM k
) AS r WHERE r.n <= v.many"""
# An attempt's responses are `many` pieces of one width, from `at` on; the order of options is filled up with blanks.
FREE_RESPONSES = Statement(
    "attempt int, many int, width int, at int",
    _insert(
        Response,
        {
            "attempt_id": "v.attempt",
            "number": "r.n",
            "section": "CAST({cut v.at + (r.n - 1) * v.width, 4} AS integer)",
            "question_version_id": "CAST({cut v.at + (r.n - 1) * v.width + 4, 10} AS integer)",
            "option_order": "rtrim({cut v.at + (r.n - 1) * v.width + 14, v.width - 14}){lock ::json}",
            "visited": "r.n = 1",
        },
    )
    + f" FROM v {_BY_NUMBER}",
)
NEW_SECTIONS = inserting(
    AttemptSection, "attempt_id int, position int, place int, entered_at timestamptz, closes_at timestamptz"
)
