"""Servers to measure: the yardsticks, and Mockhall with a paper of sixty questions, each in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from mockhall import migrations
from mockhall.bank import actions as bank
from mockhall.bank.models import QuestionStatus
from mockhall.db import Database
from mockhall.exam.reveal import PRESETS
from mockhall.papers.models import Paper, PaperStatus
from mockhall.papers.versions import SectionPlan, add_version
from mockhall.settings import Settings
from mockhall.web.now import clock
from tests.servers.serving import clean_environment, free_port, serving

ROOT = Path(__file__).resolve().parents[2]
SLUG, SECTIONS, EACH = "bench", ("Physics", "Chemistry", "Mathematics"), 20
STEM = """A body of mass {n} kg moves along a straight line; its speed as a function of time is shown in the table.

| time in s | speed in m/s |
|---:|---:|
| 0 | {n} |
| 2 | 14 |

What is the *mean* acceleration over the first {n} seconds, and which of the statements about the work done is right?"""
OPTIONS = (
    "The work done is zero, because the force stands at right angles to the path.",
    "The work done equals the change of the kinetic energy, whatever the path was.",
    "The work done depends on the path and can't be found from the speeds alone.",
    "The work done is negative as long as the body gets slower, and zero after that.",
)


@contextmanager
def bare() -> Iterator[int]:
    """Yardstick A, on this port."""
    with _uvicorn("tools.bench.yardsticks:bare", "--interface", "asgi3", "--lifespan", "off") as port:
        yield port


@contextmanager
def upsert() -> Iterator[int]:
    """Yardstick R, on this port, its file in a folder of its own."""
    factory = "tools.bench.yardsticks:upsert"
    with tempfile.TemporaryDirectory() as folder, _uvicorn(factory, "--factory", file=f"{folder}/kept.db") as port:
        yield port


@contextmanager
def _uvicorn(app: str, *options: str, file: str = "") -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--no-access-log", "--log-level", "error"]
    environment = clean_environment(BENCH_FILE=file, PYTHONPATH=f"{ROOT}{os.pathsep}{ROOT / 'platform'}")
    process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment)
    try:
        _wait(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(15)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError("the yardstick did not start")


@contextmanager
def mockhall(database_url: str = "") -> Iterator[int]:
    """Mockhall on this port, with the paper; SQLite in a folder of its own unless a database is given."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        fill(Settings(data_dir=data, database_url=database_url, autoload=False))
        port = free_port()
        more = {
            "MOCKHALL_DATABASE_URL": database_url, "MOCKHALL_AUTOLOAD": "0", "MOCKHALL_LOG_LEVEL": "error",
            "MOCKHALL_GUEST_STARTS_PER_ADDRESS": "100000000", "PYTHONPATH": str(ROOT / "platform"),
        }  # fmt: skip
        with serving([sys.executable, "-m", "mockhall", "serve"], Path(folder), port, more=more):
            yield port


def fill(settings: Settings, sections: Sequence[str] = SECTIONS, each: int = EACH) -> None:
    """A published paper without a time limit."""
    database, now = Database(settings), clock()
    migrations.upgrade(database)
    with database.writing() as db:
        topic = bank.topic_named(db, "Mechanics", bank.topic_named(db, "Science"))
        paper = Paper(
            slug=SLUG, status=PaperStatus.PUBLISHED, topic_id=topic.id or 0, title="Bench", difficulty="Medium",
            created_at=now, updated_at=now,
        )  # fmt: skip
        db.add(paper)
        db.flush()
        plan = []
        for section in sections:
            versions = [
                bank.new_question(db, topic, _question(n), now, status=QuestionStatus.VERIFIED)[1] for n in range(each)
            ]
            plan.append(SectionPlan(section, question_versions=[version.id or 0 for version in versions]))
        rules = {"minutes": 180, "scheme": {"full": "4", "wrong": "-1"}, "reveal": PRESETS["mock"].to_json()}
        add_version(db, paper, rules, plan, now)
    database.close()


def _question(number: int) -> dict[str, object]:
    rows = [{"id": f"o{place}", "text": text, "pinned": False} for place, text in enumerate(OPTIONS, 1)]
    return {
        "kind": "single", "stem": STEM.format(n=number + 2), "options": rows, "key": {"options": ["o2"]},
        "solution": "By the work-energy theorem.", "topic": "Mechanics", "difficulty": "Medium", "shuffle": True,
    }  # fmt: skip
