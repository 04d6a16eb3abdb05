"""The guarded save: whose attempt, still open, in time, not locked, newer than what is stored, all in the statement.

Only a save that changed no row is looked at: exam/saving.judge then says why. Both must agree on every save;
tests/attempts/test_guard.py has them compared."""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from mockhall.attempts.lane import MOST_AT_ONCE, not_kept
from mockhall.attempts.lane_moves import move
from mockhall.attempts.lane_sql import Row, Run, Statement, instant, stamp
from mockhall.attempts.models import AttemptState
from mockhall.exam import clock, saving, trail
from mockhall.exam.clock import Phase
from mockhall.exam.paper import Answer
from mockhall.web.errors import NotYours, Refused

SIGN_IN = "Sign in, or open this page in the browser where you started."
NO_QUESTION = "This test has no question with that number."


class Save(NamedTuple):
    """A save as it goes to the writer; `keeps` is False where a strict paper logs the selection and keeps nothing."""

    token: str
    attempt: int
    number: int
    incoming: saving.Incoming
    now: datetime
    grace: timedelta
    active_ms: int = 0
    current: int = 0
    visited: tuple[int, ...] = ()
    keeps: bool = True

    @property
    def key(self) -> Hashable:
        return self.attempt, self.number

    @property
    def most(self) -> int:
        return MOST_AT_ONCE

    @property
    def cuts(self) -> bool:
        return False

    @property
    def answer(self) -> Answer:
        return Answer(self.incoming.choice, self.incoming.text, self.incoming.parts)

    @staticmethod
    def write(run: Run, jobs: Sequence["Save"]) -> list["Outcome | Refused"]:
        """Save those that count, say of the others why not, and remember where each candidate is."""
        seqs: dict[Hashable, int] = {}
        for statement, keeps in ((_SAVE, True), (_LOG, False)):
            if rows := [_row(job) for job in jobs if job.keeps is keeps]:
                seqs |= {(attempt, number): seq for attempt, number, seq in run(statement, rows)}
        refused = [(place, job) for place, job in enumerate(jobs) if job.key not in seqs]
        looked = _why(run, refused) if refused else {}
        deadlines = _move(run, [job for place, job in enumerate(jobs) if _counts(looked.get(place))])
        return [
            _certain(looked[place]) if place in looked else _saved(job, seqs[job.key], deadlines[job.attempt])
            for place, job in enumerate(jobs)
        ]


class Outcome(NamedTuple):
    """What became of a save, and the response as it stands; `is_open`: the attempt still takes answers."""

    verdict: saving.Verdict
    stored: saving.Stored
    saved_at: datetime | None
    deadline_at: datetime | None
    is_open: bool = True
    keeps: bool = True


_GUARD = """, mine AS (
  SELECT v.* FROM v
  JOIN login_sessions AS s ON s.token_hash = v.token AND s.revoked_at IS NULL AND s.expires_at > v.at
  JOIN people AS p ON p.id = s.person_id AND p.disabled_at IS NULL
  JOIN attempts AS a ON a.id = v.attempt AND a.person_id = p.id
  WHERE a.state = 'in_progress' AND (a.deadline_at IS NULL OR a.deadline_at >= v.latest)
  {lock ORDER BY a.id FOR NO KEY UPDATE OF a}
)
UPDATE responses SET SET_THIS FROM mine AS v
WHERE responses.attempt_id = v.attempt AND responses.number = v.place
  AND NOT responses.locked AND (responses.closes_at IS NULL OR responses.closes_at >= v.latest)
  AND CASE WHEN v.seq IS NULL THEN v.base IS NULL OR v.base = responses.seq
      ELSE v.seq > responses.seq
        AND (v.tab = '' OR v.tab = responses.tab OR responses.seq = 0 OR v.base = responses.seq) END
RETURNING responses.attempt_id, responses.number, responses.seq"""
# A hand-in locks the attempt's row too (with_for_update): on PostgreSQL it waits for us or we for it, so that no save
# is called kept that its score has not seen.
_COLUMNS = (
    "token text, attempt int, place int, choice json, text text, parts json, answered boolean, marked boolean, "
    "certainty int, seq int, tab text, base int, active_ms int, at timestamptz, latest timestamptz, unsaved json, "
    "entry text"
)
_SAME = """v.text = responses.text AND CAST(v.choice AS text) = CAST(responses.choice AS text)
  AND CAST(v.parts AS text) = CAST(responses.parts AS text)"""
_SAVE = Statement(_COLUMNS, _GUARD.replace("SET_THIS", """
  choice = v.choice, text = v.text, parts = v.parts, answered = v.answered, marked = v.marked,
  certainty = v.certainty, seq = COALESCE(v.seq, responses.seq + 1),
  tab = CASE v.tab WHEN '' THEN responses.tab ELSE v.tab END,
  active_ms = CASE WHEN v.active_ms > responses.active_ms THEN v.active_ms ELSE responses.active_ms END,
  visits = responses.visits + 1, visited = true, saved_at = v.at, unsaved = NULL, unsaved_at = NULL,
  first_answered_at = COALESCE(responses.first_answered_at, CASE WHEN v.answered THEN v.at END),
  trail = CASE WHEN SAME OR length(responses.trail) > LONGEST THEN responses.trail
    WHEN responses.trail = '' THEN v.entry ELSE responses.trail || ',' || v.entry END"""
).replace("SAME", _SAME).replace("LONGEST", str(trail.LONGEST)))  # fmt: skip
# Who comes back later and leaves the question as it is kept, or blank, has not taken back what was selected before.
_SELECTED = f"v.unsaved IS NOT NULL AND NOT ({_SAME})"
_LOG = Statement(_COLUMNS, _GUARD.replace("SET_THIS", """
  unsaved = CASE WHEN SELECTED THEN v.unsaved ELSE responses.unsaved END,
  unsaved_at = CASE WHEN SELECTED THEN v.at ELSE responses.unsaved_at END, visited = true,
  active_ms = CASE WHEN v.active_ms > responses.active_ms THEN v.active_ms ELSE responses.active_ms END"""
).replace("SELECTED", _SELECTED))  # fmt: skip


def _row(job: Save) -> Row:
    new, answer = job.incoming, job.answer
    return (
        job.token, job.attempt, job.number, _json(new.choice), new.text, _parts(new.parts),
        not answer.blank, new.marked, new.certainty or 0, new.seq, new.tab or "", new.base, job.active_ms,
        stamp(job.now), stamp(job.now - job.grace), _unsaved(job),
        trail.entry(job.now, new.choice, new.text, dict(new.parts)) if job.keeps else None,
    )  # fmt: skip


def _parts(parts: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(parts)) if parts else "{}"


@lru_cache(4096)
def _json(choice: tuple[str, ...]) -> str:
    """Options as they are stored; most questions name theirs alike, so there are few."""
    return json.dumps(choice)


def _unsaved(job: Save) -> str | None:
    """The selection a strict paper logs; of a question left blank there is none."""
    if job.keeps or job.answer.blank:
        return None
    return json.dumps({"choice": job.incoming.choice, "text": job.incoming.text, "parts": dict(job.incoming.parts)})


def _saved(job: Save, seq: int, deadline: datetime | None) -> Outcome:
    new = job.incoming
    stored = saving.Stored(new.choice, new.text, new.parts, new.marked, new.certainty, seq, new.tab or "")
    return Outcome(saving.Verdict.SAVE, stored, job.now, deadline, keeps=job.keeps)


_LOOK = Statement("place int, token text, attempt int, number int, at timestamptz", """
SELECT v.place, p.id, a.state, a.deadline_at, r.number, CAST(r.choice AS text), r.text, CAST(r.parts AS text), r.marked,
  r.certainty, r.seq, r.tab, r.saved_at, r.locked, r.closes_at
FROM v LEFT JOIN login_sessions AS s ON s.token_hash = v.token AND s.revoked_at IS NULL AND s.expires_at > v.at
LEFT JOIN people AS p ON p.id = s.person_id AND p.disabled_at IS NULL
LEFT JOIN attempts AS a ON a.id = v.attempt AND a.person_id = p.id
LEFT JOIN responses AS r ON r.attempt_id = a.id AND r.number = v.number""")  # fmt: skip


def why_none(run: Run, job: Save) -> "Outcome | Refused | None":
    """Why no save can be kept now, whatever it holds; None when one could."""
    rows = run(_LOOK, [(0, job.token, job.attempt, job.number, stamp(job.now))])
    found = _looked(job, *rows[0][1:])
    if isinstance(found, Refused):
        return found
    verdict = saving.refusal(*found.stands)
    return None if verdict is None else found.outcome(verdict)


def _why(run: Run, refused: Sequence[tuple[int, Save]]) -> dict[int, "Outcome | Refused"]:
    """Of each save that changed no row, why; `refused` are places and saves."""
    jobs = dict(refused)
    rows = [(place, job.token, job.attempt, job.number, stamp(job.now)) for place, job in refused]
    return {place: _judged(jobs[place], *row) for place, *row in run(_LOOK, rows)}


@dataclass(frozen=True, slots=True)
class _Looked:
    """A response as it is kept, and whether it still takes answers."""

    stored: saving.Stored
    saved_at: datetime | None
    deadline_at: datetime | None
    is_open: bool
    phase: Phase
    is_shut: bool

    @property
    def stands(self) -> tuple[bool, Phase, bool]:
        return self.is_open, self.phase, self.is_shut

    def outcome(self, verdict: saving.Verdict) -> Outcome:
        takes_answers = self.is_open and self.phase is not Phase.OVER
        return Outcome(verdict, self.stored, self.saved_at, self.deadline_at, takes_answers)


def _judged(job: Save, *row: Any) -> "Outcome | Refused":
    found = _looked(job, *row)
    if isinstance(found, Refused):
        return found
    open_, phase, locked = found.stands
    return found.outcome(saving.judge(found.stored, job.incoming, open_=open_, phase=phase, locked=locked))


def _looked(job: Save, person: int | None, state: str | None, deadline: Any, *row: Any) -> "_Looked | Refused":
    if person is None:
        return Refused(401, "sign_in", SIGN_IN)
    if state is None:
        return NotYours()
    if row[0] is None:
        return NotYours(NO_QUESTION)
    stored, (saved_at, locked, closes_at) = stored_of(*row[1:8]), row[8:]
    deadline_at, is_open = instant(deadline), state == AttemptState.IN_PROGRESS
    is_shut = bool(locked) or clock.phase(job.now, instant(closes_at), job.grace) is Phase.OVER
    phase = clock.phase(job.now, deadline_at, job.grace)
    return _Looked(stored, instant(saved_at), deadline_at, is_open, phase, is_shut)


def _certain(looked: "Outcome | Refused") -> "Outcome | Refused":
    """PostgreSQL may have changed between the two statements: a save that would count now is to be sent again."""
    is_kept = isinstance(looked, Refused) or looked.verdict is not saving.Verdict.SAVE
    return looked if is_kept else not_kept(1)


def stored_of(choice: str, text: str, parts: str, marked: Any, sure: int, seq: int, tab: str) -> saving.Stored:
    """A response's columns as the rules take them."""
    pairs = tuple(sorted(json.loads(parts).items()))
    return saving.Stored(tuple(json.loads(choice)), text, pairs, bool(marked), sure or None, seq, tab)


def _counts(looked: "Outcome | Refused | None") -> bool:
    """Was it kept, now or by an equal save before, in an attempt that still runs?"""
    if isinstance(looked, Outcome):
        return looked.verdict is saving.Verdict.SAME and looked.is_open
    return looked is None


def _move(run: Run, jobs: Sequence[Save]) -> dict[int, datetime | None]:
    """Remember what was opened and where each candidate is; their deadlines, which somebody may just have moved."""
    opened = {(job.attempt, number) for job in jobs for number in (*job.visited, job.current) if number != job.number}
    return move(run, {job.attempt: job.current for job in jobs}, opened)
