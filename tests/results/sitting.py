"""Builders for results: sit a paper through the verbs of the exam room, browse as somebody, count queries."""

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from mockhall.accounts.models import Person, Role
from mockhall.accounts.sessions import open_session
from mockhall.attempts import closing
from mockhall.attempts.beginning import Pattern
from mockhall.attempts.forms import SaveForm
from mockhall.attempts.lane_save import Outcome, Save
from mockhall.attempts.lane_sql import Run, on_postgresql, on_sqlite
from mockhall.attempts.lane_start import Start, Started
from mockhall.attempts.models import Attempt
from mockhall.papers import queries as papers
from mockhall.papers.models import Paper
from mockhall.papers.versions import newest_version
from mockhall.web.codes import token_hash
from tests.make import START, Site, make_paper, multiple, numeric, single, text

JSON = {"accept": "application/json"}
Answers = Mapping[int, SaveForm]


def chose(*options: str, **more: Any) -> SaveForm:
    """A save of a choice: `chose("o1", marked=True)`."""
    return SaveForm(choice=options, seq=1, **more)


def typed(words: str, **more: Any) -> SaveForm:
    """A save of a typed answer."""
    return SaveForm(text=words, seq=1, **more)


def begin(db: Session, site: Site, paper: Paper, person: Person, answers: Answers | None = None) -> Attempt:
    """An attempt that runs, with these answers saved, by the statements of the lane."""
    layout, now = papers.layout(db, newest_version(db, paper)), site.clock.at
    token = open_session(db, person, now)
    grace, run = site.app.state.settings.grace, running_on(db)
    (found,) = Start.write(run, [Start(token, paper.slug, Pattern(layout), person.name, "", 1, now, grace)])
    assert isinstance(found, Started), found
    attempt = db.exec(select(Attempt).where(Attempt.code == found.code)).one()
    for number, form in (answers or {}).items():
        incoming = form.incoming(form.answer)
        job = Save(token_hash(token), attempt.id or 0, number, incoming, now, grace, form.active_ms, 1)
        (kept,) = Save.write(run, [job])
        assert isinstance(kept, Outcome), kept
    return attempt


def running_on(db: Session) -> Run:
    """The lane's statements in the transaction of a session."""
    connection = db.connection()
    driver = connection.connection.driver_connection
    return on_sqlite(driver) if connection.dialect.name == "sqlite" else on_postgresql(driver)


def hand_in(db: Session, site: Site, attempt: Attempt) -> None:
    """Hand in now."""
    state = site.app.state
    assert closing.hand_in(db, attempt, site.clock.at, state.settings.grace, state.on_close)


def sit(site: Site, paper: Paper, person: Person, answers: Answers | None = None) -> Attempt:
    """An attempt handed in and scored."""
    with site.writing() as db:
        attempt = begin(db, site, paper, person, answers)
        hand_in(db, site, attempt)
    return attempt


def person(site: Site, name: str, role: Role = Role.STUDENT, **changes: Any) -> Person:
    """Somebody with an account, without the cost of a password."""
    with site.writing() as db:
        made = Person(code=f"p-{name.lower()}"[:20], name=name, role=role, created_at=START, **changes)
        if role is not Role.GUEST:
            made.email = made.email or f"{name.lower()}@example.edu"
        db.add(made)
        db.flush()
    return made


def paper(site: Site, **rules: Any) -> Paper:
    """`make_paper` in its own transaction."""
    with site.writing() as db:
        return make_paper(db, **rules)


def browse(site: Site, somebody: Person) -> TestClient:
    """A browser that holds this person's cookie."""
    browser = site.browser()
    with site.writing() as db:
        browser.cookies.set("mockhall", open_session(db, somebody, site.clock.at))
    return browser


# The example worked by hand: four questions in First, one in Second; 3 or 4 marks right, 1 or 1/3 off wrong.
#   1 single   right                       +3
#   2 multiple one of two, per option      +2 of 4, partly
#   3 numeric  41 for 42                   -1/3
#   4 text     left blank, marked           0
#   5 single   wrong                       -1
EXAMPLE_ANSWERS = {
    1: chose("o1"), 2: chose("o1"), 3: typed("41"), 4: SaveForm(marked=True, seq=1), 5: chose("o1"),
}  # fmt: skip
EXAMPLE_SCORE = {"score": "11/3", "max": "16"}


def example_paper(site: Site, **rules: Any) -> Paper:
    """The paper of the example, options in their own order so that letters are known."""
    first = [
        single(topic="Routing"),
        multiple(topic="Routing", scheme={"full": "4", "wrong": "-1", "partial": "per_option"}, difficulty="Medium"),
        numeric(topic="Numbers", scheme={"wrong": "-1/3"}, unit="s"),
        text(topic="Words"),
    ]
    sections = {"First": first, "Second": [single(1, topic="Routing", difficulty="Advanced")]}
    return paper(site, **({"sections": sections, "shuffle_options": False} | rules))


def reload(site: Site, attempt: Attempt) -> Attempt:
    """The attempt as it is stored now."""
    with site.reading() as db:
        found: Attempt = db.exec(select(Attempt).where(col(Attempt.id) == attempt.id)).one()
    return found
