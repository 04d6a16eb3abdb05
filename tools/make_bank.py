"""Fill an empty database with a bank of many questions, to measure the editors' list on (docs/performance.md).

MOCKHALL_DATA_DIR=/some/folder python -m tools.make_bank --questions 50000
MOCKHALL_DATABASE_URL=postgresql://... python -m tools.make_bank --questions 50000

Questions of two versions each, filed, tagged, verified, used and answered as in a bank of some years, the same at each
run; with them an admin whose link is printed.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mockhall import migrations
from mockhall.accounts import actions as accounts
from mockhall.accounts.models import Role
from mockhall.bank import actions as bank
from mockhall.bank.search import Findable
from mockhall.db import Database
from mockhall.settings import read_settings
from tools.rows import stamp, store

START = datetime(2023, 11, 1, 9, 0, tzinfo=UTC)
BATCH = 1_000
SUBJECTS, TOPICS, WORDS, TAGS, AUTHORS = 12, 20, 6_000, 150, 25
LETTERS = "aeioubcdfglmnprst"
KINDS = ("single", "single", "single", "multiple", "numeric", "text")
STATES = ("verified", "verified", "verified", "draft", "draft", "in_review", "retired")
FINDINGS = ("", "", "", "", "", "", "Check the key", "Too easy", "Hard", "Weak")
COLUMNS = {
    "questions": "id code topic_id status version kind difficulty edited_at_desk created_at updated_at created_by_id "
    "verified_version verified_at verified_by_id due_at used",
    "question_versions": "question_id number kind stem options key solution topic difficulty tags reference unit "
    "shuffle passage_code passage translations solution_translations option_solutions created_at",
    "question_texts": "question_id title words",
    "question_tags": "tag question_id",
    "question_figures": "question_id answers facility discrimination finding counted_at version paper_version_id",
}


def main() -> None:
    """Make it and say what was made."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--questions", type=int, default=50_000)
    given = asked.parse_args()
    database = Database(read_settings())
    migrations.upgrade(database)
    topics, authors, link = _around(database)
    with database.write_lock(), database.bare() as connection:
        for start in range(1, given.questions + 1, BATCH):
            ids = range(start, min(start + BATCH, given.questions + 1))
            store(connection, COLUMNS, (row for number in ids for row in _question(number, topics, authors)))
        if not database.is_sqlite:
            connection.execute(f"SELECT setval('questions_id_seq', {given.questions})")  # nosec B608
        connection.execute("ANALYZE")
        connection.commit()
    database.close()
    print(f"{given.questions:,} questions: /desk/questions; for a password of its admin: /reset/{link}")


def _around(database: Database) -> tuple[list[tuple[int, str]], list[int], str]:
    """Topics, authors, and the admin's link."""
    chance = random.Random(1)  # nosec B311
    with database.writing() as db:
        topics = []
        for number in range(SUBJECTS):
            subject = bank.topic_named(db, f"Subject {number + 1}")
            for _ in range(TOPICS):
                topic = bank.topic_named(db, f"{_word(chance).capitalize()} {_word(chance)}", subject)
                topics.append((topic.id or 0, topic.title))
        people = [
            accounts.add_person(db, f"editor{n}@example.edu", Role.EDITOR, START, f"Editor {n}") for n in range(AUTHORS)
        ]
        admin = accounts.add_person(db, "admin@example.edu", Role.ADMIN, START, "Admin")
        return topics, [each.id or 0 for each in people], accounts.new_link(db, admin, datetime.now(UTC))


def _word(chance: random.Random) -> str:
    """Some words are everywhere, most are rare, as in a language."""
    number = min(int(chance.paretovariate(0.6)), WORDS)
    letters = "aeioubcdfglmnprst"
    return "".join(letters[(number * step + number // step) % len(letters)] for step in (3, 7, 11, 17, 29)) + str(
        number % 10
    )


def _question(number: int, topics: Sequence[tuple[int, str]], authors: Sequence[int]) -> Iterator[tuple[str, Any]]:
    chance = random.Random(number)  # nosec B311
    topic, title = chance.choice(topics)
    code, edited = f"q{number:011d}", START + timedelta(seconds=chance.randrange(95_000_000))
    kind, level, state = chance.choice(KINDS), chance.choice(("Easy", "Medium", "Advanced")), chance.choice(STATES)
    verified = edited - timedelta(days=chance.randrange(700)) if state == "verified" else None
    options = [{"id": f"o{n}", "text": _said(chance, 4), "pinned": False} for n in range(4)]
    tags = sorted({f"tag {int(chance.triangular(0, TAGS, 0))}" for _ in range(2)})
    contents = {
        "topic": title, "stem": f"{_said(chance, 25).capitalize()}?\n\n```python\n{_said(chance, 8)}\n```",
        "solution": f"{_said(chance, 30)}.", "tags": tags, "options": options if kind in KINDS[:4] else [],
    }  # fmt: skip
    yield "questions", (
        number, code, topic, state, 2, kind, level, True, stamp(edited), stamp(edited), chance.choice(authors),
        2 if verified else None, stamp(verified) if verified else None, None,
        stamp(verified + timedelta(days=365)) if verified else None, max(0, int(chance.gauss(0.5, 2))),
    )  # fmt: skip
    texts = (json.dumps(contents["options"]), '{"options": ["o1"]}')
    for version in (1, 2):
        yield "question_versions", (
            number, version, kind, contents["stem"], *texts, contents["solution"], title, level, json.dumps(tags), "",
            "", True, "", "", "{}", "{}", "{}", stamp(edited),
        )  # fmt: skip
    findable = Findable(number, code, contents)
    yield "question_texts", (number, findable.title, findable.words)
    yield from (("question_tags", (tag, number)) for tag in findable.tags)
    if chance.random() < 0.7:
        figures = (chance.randrange(5, 2_000), chance.uniform(3, 99), chance.uniform(-20, 70), chance.choice(FINDINGS))
        yield "question_figures", (number, *figures, stamp(edited), 2, 1)


def _said(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


if __name__ == "__main__":
    main()
