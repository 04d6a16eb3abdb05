"""What a new test starts from: a handful of kinds of test, each with the rules it usually has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mockhall.exam.entry import Access, Ask
from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import PRESETS
from mockhall.papers.desk_access import Offered
from mockhall.papers.desk_reveal import NEEDS_CLOSE, boxes
from mockhall.papers.desk_rules import Rules, read_rules

SHORT = {"title", "subject", "start"}
"""The fields of the short form. Scripts may send any other of the rules beside them: what is sent holds."""


@dataclass(frozen=True)
class Start:
    """A kind of test by its name, what it means in a line, and the fields and ticks of the form of the rules."""

    words: str
    means: str
    typed: Mapping[str, str]
    ticked: Collection[str] = ("shuffle_options",)


STARTS = {
    "practice": Start(
        "Practice, answers at once", "No clock, may be paused; each answer says at once whether it is right, and why",
        {"minutes": "", "preset": "placement", "reveal": "practice"}, ("shuffle_options", "practice"),
    ),
    "mock": Start(
        "Timed mock test", "60 minutes, +1 and 0, as many attempts as they like; all is shown on handing in",
        {"minutes": "60", "preset": "placement", "reveal": "mock"},
    ),
    "exam": Start(
        "Exam under strict rules (CBT)",
        "180 minutes, +4 and −1, one attempt with an account and a roll number; only Save & next keeps an answer; "
        "right answers after the close",
        {"minutes": "180", "preset": "jee-main", "reveal": "contest", "attempts": "1", "save_policy": "strict_cbt",
         "access": Access.SIGN_IN, "ask_roll": Ask.REQUIRED},
    ),
    "contest": Start(
        "Contest", "60 minutes, +4 and −1, one attempt with an account, everything shuffled, one close for everybody; "
        "marks two minutes after handing in, right answers after the close",
        {"minutes": "60", "preset": "jee-main", "reveal": "contest", "attempts": "1", "access": Access.SIGN_IN},
        ("shuffle_options", "shuffle_questions", "hard_close"),
    ),
}  # fmt: skip
USUAL = "mock"


def blank_start(zone: str) -> Rules:
    """The short form of a new test."""
    return Rules({"start": USUAL}, zone=zone)


def fill(rules: Rules) -> None:
    """The rules of the start chosen, where the form doesn't say them itself."""
    start = STARTS.get(rules.typed["start"], STARTS[USUAL])
    if rules.typed["start"] not in STARTS:
        rules.errors["start"] = "Choose one of those offered."
    if "reveal" not in rules.typed:
        rules.shown = boxes(PRESETS[start.typed["reveal"]])  # where the whole form has to be shown
    rules.typed = {"difficulty": Difficulty.MEDIUM} | dict(start.typed) | rules.typed
    rules.ticked = {*start.ticked, *rules.ticked}


def read_new(rules: Rules, cohorts: Sequence[Offered]) -> dict[str, Any]:
    """What the form of a new test means, short or whole. From a start, a closing time that answers wait for is asked
    for by the check list: nobody knows it yet while a test is made."""
    if "start" not in rules.typed:
        return read_rules(rules, cohorts=cohorts)
    fill(rules)
    values = read_rules(rules, cohorts=cohorts)
    if rules.errors.get("closes") == NEEDS_CLOSE:
        del rules.errors["closes"]
    return values


def is_short(rules: Rules) -> bool:
    """Does the short form have all that was sent and is wrong?"""
    return "start" in rules.typed and rules.errors.keys() <= SHORT
