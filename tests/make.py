"""Builders with sensible defaults: a paper, a person, a client. Real rows in a real database."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlmodel import Session

from mockhall.accounts import actions as accounts
from mockhall.accounts import passwords
from mockhall.accounts.models import Person, Role
from mockhall.accounts.sessions import open_session
from mockhall.bank import actions as bank
from mockhall.bank.models import QuestionStatus
from mockhall.exam.draws import Draw
from mockhall.exam.reveal import PRESETS
from mockhall.formats.values import SectionRules
from mockhall.papers.models import Paper, PaperStatus
from mockhall.papers.versions import SectionPlan, add_version

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


@dataclass
class Clock:
    """The app's clock, standing still until a test moves it."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> datetime:
        """`clock.forward(minutes=40)`."""
        self.at += timedelta(**span)
        return self.at


GREEK = ("Alpha", "Beta", "Gamma", "Delta")


def single(key: int = 0, options: Iterable[str] = GREEK, **changes: Any) -> dict[str, Any]:
    """What a single-choice question says; `key` is the right option's place. Option ids are o1, o2, ..."""
    rows = [{"id": f"o{place}", "text": text, "pinned": False} for place, text in enumerate(options, 1)]
    return _question("single", {"options": [rows[key]["id"]]}, options=rows, **changes)


def multiple(keys: Iterable[int] = (0, 1), **changes: Any) -> dict[str, Any]:
    """A multiple-choice question of four options."""
    return single(**changes) | {"kind": "multiple", "key": {"options": [f"o{place + 1}" for place in keys]}}


def numeric(value: str = "42", **changes: Any) -> dict[str, Any]:
    """A question answered with a number."""
    return _question("numeric", {"value": value}, **changes)


def text(answers: Iterable[str] = ("gather",), **changes: Any) -> dict[str, Any]:
    """A question answered with a text."""
    return _question("text", {"answers": list(answers), "case": False}, **changes)


def _question(kind: str, key: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "kind": kind, "stem": f"A {kind} question?", "options": [], "key": key,
        "solution": "Because SOLUTION-SECRET.", "topic": "Basics", "difficulty": "Easy", "tags": [],
        "reference": "", "unit": "", "scheme": None, "shuffle": True,
    } | changes  # fmt: skip


def make_paper(
    db: Session, slug: str = "mock-1", sections: Mapping[str, Iterable[dict[str, Any]]] | None = None,
    minutes: int | None = 30, reveal: str = "mock", now: datetime = START,
    sat: Mapping[str, dict[str, Any]] | None = None, draws: Mapping[str, list[Draw]] | None = None, **rules: Any,
) -> Paper:  # fmt: skip
    """A published paper; without sections, one of each kind in "First" and a single choice in "Second".

    `sat` says by title how sections are sat, as `SectionRules`, and `scheme`; `draws` what they draw."""
    sections = sections or {"First": [single(), multiple(), numeric(), text()], "Second": [single(1)]}
    subject = bank.topic_named(db, "FastAPI")
    topic = bank.topic_named(db, "Basics", subject)
    paper = Paper(
        slug=slug, status=rules.pop("status", PaperStatus.PUBLISHED), topic_id=subject.id or 0,
        title=rules.pop("title", "Mock one"), summary="A short test.", difficulty="Easy",
        created_at=now, updated_at=now,
    )  # fmt: skip
    db.add(paper)
    db.flush()
    plan = []
    for title, questions in sections.items():
        said = dict((sat or {}).get(title, {}))
        scheme, versions = said.pop("scheme", None), [_version_id(db, topic, each, now) for each in questions]
        plan.append(SectionPlan(title, "", scheme, versions, SectionRules(**said), (draws or {}).get(title, [])))
    defaults = {
        "instructions": "", "minutes": minutes, "scheme": {"full": "3", "wrong": "-1"},
        "reveal": PRESETS[reveal].to_json(), "attempts_allowed": None, "shuffle_options": True,
        "shuffle_questions": False,
    }  # fmt: skip
    add_version(db, paper, defaults | rules, plan, now)
    return paper


def _version_id(db: Session, topic: Any, contents: dict[str, Any], now: datetime) -> int:
    _, version = bank.new_question(db, topic, contents, now, status=QuestionStatus.VERIFIED)
    assert version.id is not None
    return version.id


@cache
def _hash_of_password() -> str:
    """Once a process: half of what a page costs."""
    return passwords.hash_password(PASSWORD)


def make_person(db: Session, name: str, role: Role = Role.STUDENT, now: datetime = START, **changes: Any) -> Person:
    """An account `asha@example.edu` for Asha, with PASSWORD."""
    person = accounts.add_person(db, f"{name.lower()}@example.edu", role, now, name)
    person.password_hash = _hash_of_password()
    for field_name, value in changes.items():
        setattr(person, field_name, value)
    db.add(person)
    db.flush()
    return person


@dataclass
class Site:
    """A running app on a fresh database, its clock, and browsers to reach it."""

    app: FastAPI
    clock: Clock = field(default_factory=Clock)

    def browser(self) -> TestClient:
        """A new cookie jar: a stranger, who follows no redirects unless told."""
        return TestClient(self.app, follow_redirects=False, raise_server_exceptions=True)

    def signed_in(self, person: Person) -> TestClient:
        """A browser in which this person is signed in, without the cost of a password."""
        browser = self.browser()
        with self.writing() as db:
            token = open_session(db, person, self.clock.at)
        browser.cookies.set("mockhall", token, "testserver.local")  # as a reply would: a sign-out then takes it away
        return browser

    @property
    def writing(self) -> Any:
        """`with site.writing() as db`: a session committed at the end."""
        return self.app.state.database.writing

    @property
    def reading(self) -> Any:
        """`with site.reading() as db`: a session for looking."""
        return self.app.state.database.reading


def files_are_made() -> None:
    """Wait for the files that are being made in threads."""
    for thread in threading.enumerate():
        if thread.name.startswith("export "):
            thread.join(timeout=60)


@contextmanager
def queries(site: Site) -> Iterator[list[str]]:
    """The statements sent to the database inside the block, without what opens and ends transactions."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engine = site.app.state.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
