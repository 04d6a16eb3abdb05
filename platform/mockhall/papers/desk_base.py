"""The rules of a test as they were at an earlier version, which a form began from: to tell who changed what since."""

from dataclasses import dataclass

from sqlmodel import Session, select

from mockhall.bank.models import Topic
from mockhall.papers import desk_access
from mockhall.papers.desk_access import Offered
from mockhall.papers.desk_rules import Rules, rules_of_paper
from mockhall.papers.models import Paper, PaperVersion
from mockhall.papers.queries import Shown
from mockhall.papers.versions import FRONT, front_at

FRONT_FIELDS = ("summary", "difficulty", "subject")


@dataclass(frozen=True)
class Base:
    """The form as it was then, with the cohorts it offered. What isn't known any more it doesn't speak of."""

    rules: Rules
    cohorts: list[Offered]

    def says_the_same(self, other: Rules) -> bool:
        """Is every rule known, and the same in this form?"""
        mine = self.rules
        return (
            mine.typed == other.typed
            and set(mine.ticked) == set(other.ticked)
            and set(mine.shown) == set(other.shown)
            and set(mine.cohorts) == set(other.cohorts)
        )


def base_of(db: Session, shown: Shown, number: int, zone: str) -> Base | None:
    """The rules at this version, in three queries; None where there never was one."""
    query = select(PaperVersion).where(PaperVersion.paper_id == shown.paper.id, PaperVersion.number == number)
    version = db.exec(query).first()
    if version is None:
        return None
    front, cohorts = front_at(shown.paper, number), desk_access.offered(db, version)
    topic = (db.get(Topic, front["topic_id"]) if front else None) or shown.topic
    now = {name: getattr(shown.paper, name) for name in Paper.model_fields}
    then = now | {name: (front or now)[name] for name in FRONT} | {"title": version.title, "version": number}
    rules = rules_of_paper(Shown(Paper(**then), topic, version), zone, cohorts)
    if front is None:
        rules.typed = {name: text for name, text in rules.typed.items() if name not in FRONT_FIELDS}
    return Base(rules, cohorts)
