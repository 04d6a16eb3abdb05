"""Two edits of one test's rules: the fields that differ, in words."""

from mockhall.bank.differences import Difference
from mockhall.exam.reveal_words import in_words
from mockhall.papers.desk_access import Offered
from mockhall.papers.desk_reveal import matrix_of
from mockhall.papers.desk_rules import TICKS, Rules

LABELS = {
    "title": "Title", "subject": "Subject", "difficulty": "Difficulty", "summary": "Short description",
    "minutes": "Minutes", "attempts": "Attempts per person", "full": "Marks, right", "wrong": "Marks, wrong",
    "partial": "Partial marks", "opens": "Opens", "closes": "Closes", "time_up": "When time is up",
    "window_minutes": "Minutes to hand in", "save_policy": "Answers are saved", "ask_name": "Name",
    "ask_roll": "Roll number", "access": "Access", "access_code": "Access code",
    "wait_minutes": "Minutes between two attempts",
}  # fmt: skip
SWITCHES = {
    "shuffle_options": "Shuffle choices", "shuffle_questions": "Shuffle questions", "certainty": "Certainty marking",
    "shuffle_sections": "Shuffle sections", "hard_close": "Closes for everybody at once", "calculator": "Calculator",
    "practice": "Practice", "hindi": "Hindi too",
}  # fmt: skip


def differences(theirs: Rules, mine: Rules, cohorts: list[Offered]) -> list[Difference]:
    """What stands differently in two forms of a test's rules, in the order of the page. What mine doesn't speak of
    would be left as it is, and is no difference."""
    stored, sent = _in_words(theirs, cohorts), _in_words(mine, cohorts)
    silent = {LABELS[name] for name in LABELS if name not in mine.typed}
    return [
        Difference(label, stored[label], sent[label])
        for label in sent
        if stored[label] != sent[label] and label not in silent
    ]


def _in_words(rules: Rules, cohorts: list[Offered]) -> dict[str, str]:
    ticked = [SWITCHES[name] for name in TICKS if name in rules.ticked]
    return {label: rules.typed.get(name, "").replace("−", "-") for name, label in LABELS.items()} | {
        "Ticked": "\n".join(ticked),
        "Cohorts": "\n".join(each.name for each in cohorts if each.code in rules.cohorts),
        "What candidates see, and when": in_words(matrix_of(rules.shown), closes=True),
    }
