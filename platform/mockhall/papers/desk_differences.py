"""Two edits of one test: the rules that differ and whose they are, and what a change did, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mockhall.bank.differences import Difference
from mockhall.exam.reveal_words import in_words
from mockhall.papers.desk_access import Offered
from mockhall.papers.desk_base import Base
from mockhall.papers.desk_reveal import matrix_of
from mockhall.papers.desk_rules import TICKS, Rules
from mockhall.papers.versions import SectionPlan
from mockhall.web.filters import plural

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


class Whose(StrEnum):
    """Who changed a rule since the version both began from."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Conflict(Difference):
    """A rule that stands differently in two forms, and whose change that is."""

    whose: Whose


def differences(theirs: Rules, mine: Rules, cohorts: list[Offered], base: Base | None = None) -> list[Conflict]:
    """What stands differently in two forms of a test's rules, in the order of the page. What mine doesn't speak of
    would be left as it is, and is no difference."""
    stored, sent = _in_words(theirs, cohorts), _in_words(mine, cohorts)
    before = _in_words(base.rules, [*cohorts, *base.cohorts]) if base else {}
    before = {label: before[label] for label in before if label not in _silent(base.rules if base else mine)}
    return [
        Conflict(label, stored[label], sent[label], _whose(before.get(label), stored[label], sent[label]))
        for label in sent
        if stored[label] != sent[label] and label not in _silent(mine)
    ]


def _silent(rules: Rules) -> set[str]:
    return {LABELS[name] for name in LABELS if name not in rules.typed}


def _whose(before: str | None, stored: str, sent: str) -> Whose:
    if before is None:
        return Whose.UNKNOWN
    return Whose.MINE if before == stored else Whose.THEIRS if before == sent else Whose.BOTH


def _in_words(rules: Rules, cohorts: Sequence[Offered]) -> dict[str, str]:
    ticked = [SWITCHES[name] for name in TICKS if name in rules.ticked]
    return {label: rules.typed.get(name, "").replace("−", "-") for name, label in LABELS.items()} | {
        "Ticked": "\n".join(ticked),
        "Cohorts": "\n".join(sorted({each.name for each in cohorts if each.code in rules.cohorts})),
        "What candidates see, and when": in_words(matrix_of(rules.shown), closes=True),
    }


# ---------------------------------------------------------------- what a change of sections and questions did


def plan_changes(
    before: Sequence[SectionPlan], after: Sequence[SectionPlan], questions: Mapping[int, int]
) -> list[str]:  # fmt: skip
    """`1 question taken out`, `another order`; `questions` says of each version which question it is."""
    old, new = (
        Counter(questions[each] for plan in side for each in plan.question_versions) for side in (before, after)
    )
    versions = [{each for plan in side for each in plan.question_versions} for side in (before, after)]
    renewed = len({questions[each] for each in versions[1] - versions[0]} & set(old))
    counts = {
        "question added": (new - old).total(), "question taken out": (old - new).total(),
        "question in another version": renewed, "section added": max(0, len(after) - len(before)),
        "section taken out": max(0, len(before) - len(after)),
    }  # fmt: skip
    found = [plural(count, *_each(name)) for name, count in counts.items() if count]
    draws = [sorted(draw.words for plan in side for draw in plan.draws) for side in (before, after)]
    found += ["other draws"] if draws[0] != draws[1] else []
    frames = [sorted(map(_frame, side)) for side in (before, after)]
    found += ["a section’s title or rules"] if frames[0] != frames[1] and len(before) == len(after) else []
    return found or (["another order"] if list(before) != list(after) else [])


def _each(name: str) -> tuple[str, str]:
    """The words for one and for several."""
    noun, rest = name.split(" ", maxsplit=1)
    return name, f"{noun}s {rest}"


def _frame(plan: SectionPlan) -> str:
    return repr((plan.title, plan.covers, plan.scheme, plan.rules))
