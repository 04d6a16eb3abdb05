"""What others did, in the review: shares beside the options, the median time, and slow against the cohort."""

import json
import re
from typing import Any

import pytest
from sqlmodel import select

from mockhall.accounts.models import Person
from mockhall.attempts.models import Attempt
from mockhall.exam.reveal import Item, Matrix
from mockhall.papers.models import PaperVersion
from mockhall.results import statistics
from tests.make import Site, numeric, single
from tests.results.sitting import JSON, begin, browse, chose, hand_in, paper, person, sit, typed


def sat_by(site: Site, people: int, items: frozenset[Item] | None = None) -> Attempt:
    """A choice that every third takes wrongly, and a number; each person takes a second longer. The first attempt."""
    made = paper(site, sections={"S": [single(), numeric()]}, shuffle_options=False, attempts_allowed=None)
    attempts = []
    with site.writing() as db:
        if items is not None:
            db.exec(select(PaperVersion)).one().reveal = Matrix(*[items] * 4).to_json()
    for place in range(people):
        candidate = person(site, f"P{place}")
        answers = {1: chose("o2" if place % 3 == 2 else "o1", active_ms=1000 * (place + 1)), 2: typed("42")}
        with site.writing() as db:
            attempts.append(begin(db, site, made, candidate, answers))
    site.clock.forward(minutes=5)
    with site.writing() as db:
        for attempt in attempts:
            hand_in(db, site, attempt)
    statistics.refresh_stale(site.app.state.database, site.clock.forward(seconds=90))
    return attempts[0]


def review(site: Site, attempt: Attempt, headers: dict[str, str] | None = None) -> str:
    with site.reading() as db:
        owner = db.get_one(Person, attempt.person_id)
    return browse(site, owner).get(f"/attempts/{attempt.code}/review", headers=headers or {}).text


def questions(site: Site, attempt: Attempt) -> list[dict[str, Any]]:
    return list(json.loads(review(site, attempt, JSON))["questions"])


def test_shares_stand_beside_the_options_with_how_many_they_are_of(site: Site) -> None:
    attempt = sat_by(site, 30)
    page = review(site, attempt)
    assert re.findall(r'class="share">(\d+)%', page) == ["67", "33", "0", "0"]
    assert "How many of 30 candidates chose each, of first attempts." in page
    assert "of candidates chose this" in page
    assert '<dt class="quiet">Median</dt><dd>0:15</dd>' in page
    found = questions(site, attempt)
    assert [each["share"] for each in found[0]["options"]] == [67, 33, 0, 0]
    assert [each["chose"] for each in found] == [30, None]  # a number has no options to choose


def test_fewer_than_thirty_are_not_enough(site: Site) -> None:
    page = review(site, sat_by(site, 3))
    assert "What others chose: not enough data yet, 3 candidates." in page
    assert 'class="share"' not in page
    assert "Median" not in page


def test_while_nobody_has_counted_nothing_is_said(sqlite_site: Site) -> None:
    site, asha = sqlite_site, person(sqlite_site, "Asha")
    attempt = sit(site, paper(site, sections={"S": [single()]}), asha, {1: chose("o1")})
    page = review(site, attempt)
    assert "What others chose" not in page


@pytest.mark.parametrize("items", [{Item.CORRECTNESS, Item.MARKS, Item.GENERAL_FEEDBACK}, {Item.SPECIFIC_FEEDBACK}])
def test_what_others_chose_waits_for_the_right_answer(sqlite_site: Site, items: set[Item]) -> None:
    attempt = sat_by(sqlite_site, 30, frozenset(items | {Item.ATTEMPT}))
    page = review(sqlite_site, attempt)
    assert 'class="share"' not in page
    assert "candidates" not in page
    assert [each["chose"] for each in questions(sqlite_site, attempt)] == [None, None]


def test_how_long_others_took_waits_for_marks(sqlite_site: Site) -> None:
    items = {Item.ATTEMPT, Item.CORRECTNESS, Item.RIGHT_ANSWER}
    assert "Median" not in review(sqlite_site, sat_by(sqlite_site, 30, frozenset(items)))


def test_of_thirty_who_is_slower_than_three_quarters_is_slow(site: Site) -> None:
    """Times are 1 s to 30 s: the upper quartile is 22.75 s. Their own median would make nobody slow."""
    sat_by(site, 30)
    with site.reading() as db:
        attempts = db.exec(select(Attempt).order_by(Attempt.id)).all()  # type: ignore[arg-type]  # a column
    slow = ["slow" in questions(site, attempts[place])[0]["chips"] for place in (0, 21, 22, 29)]
    assert slow == [False, False, True, True]
