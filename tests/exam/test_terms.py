"""Which accommodation wins: each thing by itself, the person's before the cohorts', of these the most generous."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mockhall.exam.terms import Accommodation, Terms, terms_with

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEST = Terms(NINE, NINE + timedelta(hours=2), 1, timedelta(hours=1))


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def own(**given: Any) -> Accommodation:
    return Accommodation(is_own=True, **given)


def cohort(**given: Any) -> Accommodation:
    return Accommodation(is_own=False, **given)


def test_nothing_given_leaves_the_test_as_it_is() -> None:
    assert terms_with(TEST, []) == TEST
    assert terms_with(Terms(), [own(more_attempts=2, no_wait=True)]) == Terms()


def test_of_several_cohorts_the_most_generous_holds_thing_by_thing() -> None:
    several = [
        cohort(opens_at=at(-1), more_attempts=1),
        cohort(opens_at=at(1), closes_at=at(5), more_attempts=3),
        cohort(closes_at=at(1), no_wait=True),
    ]
    found = terms_with(TEST, several)
    assert (found.opens_at, found.closes_at, found.attempts, found.wait) == (at(-1), at(5), 4, None)
    assert not found.exact


def test_the_person_s_own_holds_before_the_cohorts_also_where_it_is_less_generous() -> None:
    given = [cohort(opens_at=at(-1), closes_at=at(5), more_attempts=3), own(closes_at=at(1), more_attempts=1)]
    found = terms_with(TEST, given)
    assert (found.opens_at, found.closes_at, found.attempts) == (at(-1), at(1), 2)
    assert found.exact


def test_a_cohort_may_open_later_and_close_earlier_than_the_test() -> None:
    found = terms_with(TEST, [cohort(opens_at=at(1), closes_at=at(1.5))])
    assert (found.opens_at, found.closes_at) == (at(1), at(1.5))


def test_a_hard_close_is_passed_by_an_own_closing_of_the_person_alone() -> None:
    hard = Terms(closes_at=at(2), hard_close=True)
    assert terms_with(hard, [cohort(closes_at=at(5))]).closes_at == at(2)
    assert terms_with(hard, [cohort(closes_at=at(1))]).closes_at == at(1)
    assert terms_with(hard, [cohort(closes_at=at(5)), own(closes_at=at(3))]).closes_at == at(3)
