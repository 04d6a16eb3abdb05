"""Rank and percentile: first attempts only, everybody once, previews never, equal scores equal."""

from fractions import Fraction

import pytest
from sqlmodel import col, select

from mockhall.accounts.models import Person, Role
from mockhall.attempts.models import Attempt
from mockhall.papers.models import Paper
from mockhall.results.marked import sortable
from mockhall.results.models import ScoreRow
from mockhall.results.standing import Standing, distribution, standing
from tests.make import Site, single
from tests.results.sitting import JSON, browse, chose, paper, person, sit

RIGHT, WRONG = chose("o1"), chose("o2")


def standing_of(site: Site, attempt: Attempt) -> Standing:
    with site.reading() as db:
        row = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
        return standing(db, row, is_preview=attempt.is_preview)


def scored(site: Site, made: Paper, name: str, score: Fraction) -> Attempt:
    """Somebody's attempt with a score set by hand, stored as scoring stores it."""
    attempt = sit(site, made, person(site, name))
    with site.writing() as db:
        row = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
        row.score, row.score_sort = score, sortable(score)
        db.add(row)
    return attempt


@pytest.fixture
def made(site: Site) -> Paper:
    return paper(site, sections={"Only": [single(), single(), single()]}, shuffle_options=False)


def test_percentile_and_rank_agree_with_the_published_vector(site: Site, made: Paper) -> None:
    scores = [98, 120, 120, -5, 60]
    attempts = [scored(site, made, f"c{place}", Fraction(score)) for place, score in enumerate(scores)]
    found = [standing_of(site, each) for each in attempts]
    assert [each.percentile for each in found] == [60, 100, 100, 20, 40]
    assert [each.rank for each in found] == [3, 1, 1, 5, 4]
    assert {each.n for each in found} == {5}


def test_a_later_attempt_is_placed_among_the_firsts_of_the_others(site: Site, made: Paper) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    first = sit(site, made, asha, {1: WRONG})
    sit(site, made, ben, {1: RIGHT})
    later = sit(site, made, asha, {1: RIGHT, 2: RIGHT})
    assert (standing_of(site, first).rank, standing_of(site, first).n) == (2, 2)
    found = standing_of(site, later)
    assert (found.rank, found.percentile, found.n, found.is_ranked) == (1, Fraction(100), 2, False)
    page = browse(site, asha).get(f"/attempts/{later.code}/result").text
    assert "of 2, outside the ranking" in page
    assert "Only a first attempt counts in the ranking." in page


def test_a_later_attempt_changes_nobodys_standing(site: Site, made: Paper) -> None:
    asha, ben = person(site, "Asha"), person(site, "Ben")
    sit(site, made, asha, {1: WRONG})
    of_ben = sit(site, made, ben, {1: RIGHT})
    before = standing_of(site, of_ben)
    sit(site, made, asha, {1: RIGHT, 2: RIGHT, 3: RIGHT})
    assert standing_of(site, of_ben) == before


@pytest.mark.parametrize("role", [Role.EDITOR, Role.STAFF, Role.ADMIN])
def test_a_preview_counts_for_nobody_and_has_no_rank(site: Site, made: Paper, role: Role) -> None:
    tara = person(site, "Tara", role)
    preview = sit(site, made, tara, {1: RIGHT, 2: RIGHT})
    of_ben = sit(site, made, person(site, "Ben"), {1: RIGHT})
    assert (standing_of(site, of_ben).rank, standing_of(site, of_ben).n) == (1, 1)
    found = browse(site, tara).get(f"/attempts/{preview.code}/result", headers=JSON).json()
    assert (found["rank"], found["percentile"], found["n"], found["score"]) == (None, None, 1, "6")
    assert "a preview, outside the ranking" in browse(site, tara).get(f"/attempts/{preview.code}/result").text


def test_equal_scores_are_equal_however_they_came_about(site: Site, made: Paper) -> None:
    """Thirds, sevenths and a tenth three times: none of them is a float, and rounding differs by database."""
    pairs = [
        (Fraction(1, 3) * 2, Fraction(2, 3)),
        (Fraction(22, 7), 3 + Fraction(1, 7)),
        (3 * Fraction(1, 10), Fraction(3, 10)),
    ]
    for place, (one, other) in enumerate(pairs):
        left, right = scored(site, made, f"l{place}", one), scored(site, made, f"r{place}", other)
        assert standing_of(site, left).rank == standing_of(site, right).rank
        assert standing_of(site, left).percentile == standing_of(site, right).percentile
        assert standing_of(site, left).n == 2 * (place + 1)


def test_the_stored_number_is_the_rounded_one_on_both_databases(site: Site, made: Paper) -> None:
    attempt = sit(
        site,
        paper(site, slug="thirds", scheme={"full": "7/3"}, sections={"S": [single()]}),
        person(site, "Asha"),
        {1: RIGHT},
    )
    with site.reading() as db:
        row = db.exec(select(ScoreRow).where(col(ScoreRow.attempt_id) == attempt.id)).one()
    assert (row.score, row.score_sort) == (Fraction(7, 3), 2.333333)


def test_under_thirty_people_the_page_says_so_and_draws_nothing(site: Site, made: Paper) -> None:
    attempts = [scored(site, made, f"p{place}", Fraction(place)) for place in range(29)]
    asha = person(site, "Asha")
    browser = browse(site, asha)
    page = browser.get(f"/attempts/{_own(site, attempts[0], asha).code}/result").text
    assert "among 29 people, not enough data yet" in page
    assert "Score distribution" not in page
    scored(site, made, "p30", Fraction(3))
    page = browser.get(f"/attempts/{attempts[0].code}/result").text
    assert "among 30 people</small>" in page
    assert "Score distribution of 30 attempts" in page


def _own(site: Site, attempt: Attempt, owner: Person) -> Attempt:
    with site.writing() as db:
        row = db.exec(select(Attempt).where(col(Attempt.id) == attempt.id)).one()
        score = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempt.id)).one()
        row.person_id = score.person_id = owner.id or 0
    return attempt


def test_the_distribution_counts_each_score_once_and_knows_the_median(site: Site, made: Paper) -> None:
    scores = [Fraction(place, 4) for place in range(-4, 37)]  # -1 to 9 of 9 marks
    attempts = [scored(site, made, f"p{place}", score) for place, score in enumerate(scores)]
    with site.reading() as db:
        row = db.exec(select(ScoreRow).where(ScoreRow.attempt_id == attempts[-1].id)).one()
        found = distribution(db, row, standing(db, row, is_preview=False))
    assert sum(found.counts) == len(scores)
    assert len(found.counts) == 10
    assert found.median == 4.0
    assert (found.low, found.high, found.you) == (-2.25, 9.0, Fraction(9))
    # Eight bands of 9/8 marks from 0 on, two below it: the fifth holds 2.25 to 3.25.
    assert found.counts[0] == 0
    assert found.counts[1] == 4
    assert found.counts[4] == sum(Fraction(18, 8) <= each < Fraction(27, 8) for each in scores)
