"""The statements of a hand-in, each for many at once."""

from mockhall.attempts.lane_sql import Statement

# In time and by the owner, all in the statement. On PostgreSQL saves lock the same row: what is marked here is all that
# was ever called kept.
CLOSE = Statement("token text, code text, at timestamptz", """, mine AS (
  SELECT v.at, a.id FROM v
  JOIN login_sessions AS s ON s.token_hash = v.token AND s.revoked_at IS NULL AND s.expires_at > v.at
  JOIN people AS p ON p.id = s.person_id AND p.disabled_at IS NULL
  JOIN attempts AS a ON a.code = v.code AND a.person_id = p.id
  WHERE a.state = 'in_progress' AND a.paused_at IS NULL AND a.submitted_at IS NULL AND a.receipt IS NULL
    AND (a.deadline_at IS NULL OR a.deadline_at >= v.at)
  {lock ORDER BY a.id FOR UPDATE OF a}
)
UPDATE attempts SET state = 'submitted', running_key = NULL, submitted_at = mine.at, finished_at = mine.at
FROM mine WHERE attempts.id = mine.id
RETURNING attempts.code, attempts.id, attempts.paper_id, attempts.person_id, attempts.started_at, attempts.deadline_at,
  attempts.is_preview, attempts.strict""")  # fmt: skip
# What devices say a question took is held to what has passed, as in `actions.score_attempt`.
HOLD_TIMES = Statement(
    "attempt int, most int",
    "UPDATE responses SET active_ms = v.most FROM v "
    "WHERE responses.attempt_id = v.attempt AND responses.active_ms > v.most",
)
RESPONSES = Statement("attempt int", """SELECT r.attempt_id, {list r.number, r.section, r.question_version_id,
  CAST(r.choice AS text), r.text, CAST(r.parts AS text), r.certainty, r.first_answered_at, CAST(r.unsaved AS text)}
FROM v JOIN responses AS r ON r.attempt_id = v.attempt GROUP BY r.attempt_id""")  # fmt: skip
NEW_MARKS = Statement(
    "attempt int, number int, marks text, most text, outcome text, counted boolean",
    'INSERT INTO marks (attempt_id, number, marks, "max", outcome, counted) '
    "SELECT v.attempt, v.number, v.marks, v.most, v.outcome, v.counted FROM v",
)
# The first scored attempt of a person is that which is ranked; whoever previews a test never is.
NEW_SCORES = Statement(
    "attempt int, paper int, person int, preview boolean, score text, sort numeric, most text, gained text, lost text, "
    "rights int, partly int, wrong int, blank int, unsaved int, unsaved_marks text, at timestamptz",
    """INSERT INTO scores (attempt_id, paper_id, person_id, is_ranked, score, score_sort, "max", gained, lost, "right",
  partly, wrong, blank, unsaved, unsaved_marks, scored_at)
SELECT v.attempt, v.paper, v.person, NOT v.preview AND NOT EXISTS (
    SELECT 1 FROM scores AS s WHERE s.paper_id = v.paper AND s.person_id = v.person AND s.is_ranked
  ), v.score, v.sort, v.most, v.gained, v.lost, v.rights, v.partly, v.wrong, v.blank, v.unsaved, v.unsaved_marks, v.at
FROM v""",
)
SCORED = Statement(
    "attempt int, receipt text, digest text",
    "UPDATE attempts SET state = 'scored', receipt = v.receipt, receipt_hash = v.digest FROM v "
    "WHERE attempts.id = v.attempt",
)
PLACES = Statement(
    "code text",
    """SELECT a.paper_version_id, {list r.section, r.question_version_id},
  (SELECT COUNT(*) FROM key_versions WHERE applied_at IS NOT NULL)
FROM v JOIN attempts AS a ON a.code = v.code JOIN responses AS r ON r.attempt_id = a.id
GROUP BY a.paper_version_id""",
)
# Asked again where answers are marked: what was ruled since they were looked up counts.
RULINGS = Statement("code text", "SELECT COUNT(*) FROM key_versions WHERE applied_at IS NOT NULL")
