"""What rulings are tried on: three candidates, the question, an editor who looks at a ruling."""

from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import col, select

from mockhall.accounts.models import Person, Role
from mockhall.attempts.models import Attempt
from mockhall.bank import actions as bank
from mockhall.bank.models import Question
from mockhall.results.models import ScoreRow
from tests.make import Site, make_paper, single
from tests.results.sitting import browse, chose, person, sit

REASON = "B is right too where the cache is shared."


def scores(site: Site) -> dict[str, str]:
    """`score of max` of each candidate."""
    with site.reading() as db:
        query = select(Attempt, ScoreRow).join(ScoreRow, col(ScoreRow.attempt_id) == col(Attempt.id))
        return {attempt.candidate: f"{row.score} of {row.max}" for attempt, row in db.exec(query)}


def question(site: Site) -> Question:
    """The question that is ruled about."""
    with site.reading() as db:
        rows = db.exec(select(Question).order_by(col(Question.id))).all()
        found: Question = next(row for row in rows if bank.newest_version(db, row).stem.startswith("Which one?"))
    return found


@dataclass
class Three:
    """Asha chose the key, Ben another choice, Nina nothing; +3 and −1 each. The second question they all had right."""

    people: dict[str, Person]
    attempts: dict[str, Attempt]

    def browse(self, site: Site, name: str) -> TestClient:
        """The browser of one of them."""
        return browse(site, self.people[name])

    def url(self, name: str) -> str:
        """The address of an attempt."""
        return f"/attempts/{self.attempts[name].code}"


def tara(site: Site) -> TestClient:
    return browse(site, person(site, "Tara", Role.ADMIN))


def look(site: Site, editor: TestClient, **fields: Any) -> str:
    """A dry run; gives its address."""
    reply = editor.post(f"/desk/questions/{question(site).code}/rulings", data={"reason": REASON, **fields})
    assert reply.status_code == 303, reply.text
    return str(reply.headers["location"])


def three_who_sat(site: Site) -> Three:
    """They have handed in."""
    with site.writing() as db:
        made = make_paper(db, sections={"All": [single(stem="Which one?"), single(stem="And here?")]})
    chosen = {"Asha": {1: chose("o1")}, "Ben": {1: chose("o2")}, "Nina": {}}
    people = {name: person(site, name) for name in chosen}
    return Three(people, {
        name: sit(site, made, people[name], {**answers, 2: chose("o1")}) for name, answers in chosen.items()
    })  # fmt: skip
