"""The paper of exam-semantics 7, sat by its six people: five questions of four marks, one off for a wrong answer."""

from datetime import timedelta
from typing import Any

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper, PaperVersion
from mockhall.papers.versions import newest_version
from tests.exam.figures import SIX_PEOPLE
from tests.make import Site, single
from tests.results.sitting import Answers, begin, chose, hand_in, paper, person

RIGHT = {4: "o1", -1: "o2"}  # what was chosen for these marks; 0 is a blank


def six_paper(site: Site, **rules: Any) -> Paper:
    """The paper; option ids o1 (right) to o4."""
    questions = [single(topic=f"Topic {number % 2 + 1}", stem=f"Question {number}?") for number in range(1, 6)]
    rules = {"sections": {"All": questions}, "scheme": {"full": "4", "wrong": "-1"}, "shuffle_options": False} | rules
    return paper(site, **rules)


def six_people(site: Site, made: Paper) -> list[Attempt]:
    """Six attempts, one after the other, each question 10 s times its number, in the first person's twice as long."""
    attempts = []
    for place, row in enumerate(SIX_PEOPLE):
        answers = {
            number: chose(*([RIGHT[marks]] if marks else []), active_ms=number * 10_000 * (2 if place == 0 else 1))
            for number, marks in enumerate(row, 1)
        }
        site.clock.at += timedelta(minutes=2)
        candidate = person(site, f"Person{place + 1}")
        attempts.append(sit_slowly(site, made, candidate, answers))
    return attempts


def sit_slowly(site: Site, made: Paper, candidate: Person, answers: Answers) -> Attempt:
    """Handed in five minutes after the start: no time on a question can be longer than the attempt."""
    with site.writing() as db:
        attempt = begin(db, site, made, candidate, answers)
        site.clock.at += timedelta(minutes=5)
        hand_in(db, site, attempt)
    return attempt


def version_of(site: Site, made: Paper) -> PaperVersion:
    """The version they sat."""
    with site.reading() as db:
        return newest_version(db, made)
