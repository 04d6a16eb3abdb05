"""Fill an empty database with a paper that many have sat, to measure reports and exports on (docs/performance.md).

MOCKHALL_DATA_DIR=/some/folder python -m tools.make_results --attempts 100000 --questions 50

People, attempts, responses, marks and scores as the app would have left them, drawn from a model of abilities and
difficulties, the same at each run. Of the questions one has a wrong key, one is too easy and one is hard.
"""

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mockhall import migrations
from mockhall.bank import actions as bank
from mockhall.bank.models import QuestionStatus
from mockhall.db import Database
from mockhall.exam.reveal import PRESETS
from mockhall.exam.trail import entry
from mockhall.papers.models import Paper, PaperStatus, PaperVersion
from mockhall.papers.versions import SectionPlan, add_version
from mockhall.settings import read_settings
from tools.rows import stamp, store

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
OPTIONS = ("o1", "o2", "o3", "o4")
ORDERS = [json.dumps([OPTIONS[(place + turn) % 4] for place in range(4)]) for turn in range(4)]
SECTIONS = 3
TOPICS = ("Routing", "Validation", "Dependencies", "Async", "Testing")
BATCH = 500  # attempts
FULL, WRONG = 4, -1
COLUMNS = {
    "people": "id code name role time_factor created_at",
    "attempts": "id code paper_id paper_version_id person_id candidate state is_preview current started_at deadline_at "
    "submitted_at finished_at roll language strict extra_seconds paused_seconds scratch",
    "responses": "attempt_id number section question_version_id option_order choice text parts certainty visited "
    "answered marked seq tab active_ms visits saved_at first_answered_at locked trail",
    "marks": "attempt_id number marks max outcome counted",
    "scores": "attempt_id paper_id person_id is_ranked score score_sort max gained lost right partly wrong blank "
    "unsaved unsaved_marks scored_at",
}


@dataclass(frozen=True)
class Question:
    """A question as candidates meet it: its version, and how likely who is right."""

    version: int
    section: int
    difficulty: float
    slope: float

    def chance(self, ability: float) -> float:
        """Of being right."""
        return 0.2 + 0.8 / (1 + math.exp(-self.slope * (ability - self.difficulty)))


def main() -> None:
    """Make it and say what was made."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--attempts", type=int, default=100_000)
    asked.add_argument("--questions", type=int, default=50)
    given = asked.parse_args()
    database = Database(read_settings())
    migrations.upgrade(database)
    paper, version, questions = _paper(database, given.questions)
    with database.write_lock(), database.bare() as connection:
        for start in range(1, given.attempts + 1, BATCH):
            ids = range(start, min(start + BATCH, given.attempts + 1))
            store(connection, COLUMNS, (row for attempt in ids for row in _attempt(attempt, paper, version, questions)))
        if not database.is_sqlite:
            for table in ("people", "attempts"):
                connection.execute(f"SELECT setval('{table}_id_seq', {given.attempts})")  # nosec B608
        connection.execute("ANALYZE")
        connection.commit()
    database.close()
    print(f"{given.attempts:,} attempts of {given.questions} questions: /desk/papers/many-results/report")


def _paper(database: Database, count: int) -> tuple[int, int, list[Question]]:
    chance = random.Random(1)  # nosec B311
    with database.writing() as db:
        subject = bank.topic_named(db, "FastAPI")
        topics = [bank.topic_named(db, name, subject) for name in TOPICS]
        paper = Paper(
            slug="many-results", status=PaperStatus.PUBLISHED, topic_id=subject.id or 0, title="Many results",
            summary="A test that many have sat.", difficulty="Medium", created_at=START, updated_at=START,
        )  # fmt: skip
        db.add(paper)
        db.flush()
        ids = [_question(db, topics[place % len(topics)], place) for place in range(count)]
        parts = [ids[place::SECTIONS] for place in range(SECTIONS)]
        plan = [SectionPlan(f"Part {place}", "", None, part) for place, part in enumerate(parts, 1)]
        rules = {
            "instructions": "", "minutes": 60, "scheme": {"full": str(FULL), "wrong": str(WRONG)},
            "reveal": PRESETS["mock"].to_json(), "attempts_allowed": None, "shuffle_options": True,
        }  # fmt: skip
        version: PaperVersion = add_version(db, paper, rules, plan, START)
        questions = [
            Question(each, place, chance.gauss(0, 1), chance.uniform(0.6, 1.6))
            for place, part in enumerate(parts, 1)
            for each in part
        ]
    questions[0] = Question(questions[0].version, 1, -6.0, 1.0)  # too easy
    questions[1] = Question(questions[1].version, 1, 0.0, -1.0)  # a wrong key: the able are wrong
    questions[2] = Question(questions[2].version, 1, 9.0, 1.0)  # hard
    return paper.id or 0, version.id or 0, questions


def _question(db: Any, topic: Any, place: int) -> int:
    options = [{"id": each, "text": f"Choice {each[1]} of {place + 1}", "pinned": False} for each in OPTIONS]
    contents = {
        "kind": "single", "stem": f"Which choice of question {place + 1} is right?", "options": options,
        "key": {"options": ["o1"]}, "solution": "The first.", "topic": topic.title,
        "difficulty": ("Easy", "Medium", "Advanced")[place % 3], "tags": [], "reference": "", "unit": "",
        "scheme": None, "shuffle": True,
    }  # fmt: skip
    _, version = bank.new_question(db, topic, contents, START, status=QuestionStatus.VERIFIED)
    return version.id or 0


def _attempt(number: int, paper: int, version: int, questions: Sequence[Question]) -> Iterator[tuple[str, Any]]:
    chance = random.Random(number)  # nosec B311
    ability = chance.gauss(0, 1)
    began = START + timedelta(seconds=number * 17 % 1_500_000)
    code, at, name = f"made{number:020d}", began, f"Candidate {number}"
    yield "people", (number, f"p{number:09d}", name, "guest", "1", stamp(began))
    outcomes: list[str] = []
    for place, question in enumerate(questions, 1):
        at += timedelta(milliseconds=int(1000 * chance.lognormvariate(3.2, 0.6)))
        outcome, choice = _answer(question, ability, chance)
        outcomes.append(outcome)
        yield "responses", _response(number, place, question, choice, at, chance)
        marks = {"right": FULL, "wrong": WRONG, "blank": 0}[outcome]
        yield "marks", (number, place, str(marks), str(FULL), outcome, True)
    stamps = (stamp(began), stamp(began + timedelta(hours=1)), stamp(at), stamp(at))
    yield "attempts", (
        number, code, paper, version, number, name, "scored", False, len(questions), *stamps, "", "en", False, 0, 0, "",
    )  # fmt: skip
    yield "scores", _score(number, paper, outcomes, stamp(at))


def _answer(question: Question, ability: float, chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.06:
        return "blank", ""
    if chance.random() < question.chance(ability):
        return "right", "o1"
    return "wrong", chance.choices(OPTIONS[1:], (5, 3, 1))[0]


def _response(
    attempt: int, place: int, question: Question, choice: str, at: datetime, chance: random.Random
) -> Sequence[Any]:
    milliseconds = int(1000 * chance.lognormvariate(3.5, 0.5))
    chosen = [choice] if choice else []
    saved = stamp(at)
    trail = entry(at, chosen, "", {}) if choice else ""
    if choice and chance.random() < 0.08:
        trail = f"{entry(at - timedelta(seconds=9), ['o2'], '', {})},{trail}"
    return (
        attempt, place, question.section, question.version, ORDERS[(attempt + place) % 4], json.dumps(chosen), "", "{}",
        0, True, bool(choice), chance.random() < 0.05, 1, "", milliseconds, 1, saved, saved if choice else None, False,
        trail,
    )  # fmt: skip


def _score(number: int, paper: int, outcomes: Sequence[str], at: str) -> Sequence[Any]:
    right, wrong, blank = (outcomes.count(each) for each in ("right", "wrong", "blank"))
    gained, lost = FULL * right, WRONG * wrong
    return (
        number, paper, number, True, str(gained + lost), gained + lost, str(FULL * len(outcomes)), str(gained),
        str(lost), right, 0, wrong, blank, 0, "0", at,
    )  # fmt: skip


if __name__ == "__main__":
    main()
