"""Draws from the bank: what fits, never one twice, by the seed, and what is said when there are too few."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockhall.exam import draws
from mockhall.exam.draws import Candidate, Draw
from mockhall.exam.errors import RuleError


def bank(*counts: tuple[str, str, int], tags: frozenset[str] = frozenset()) -> list[Candidate]:
    """So many questions of each topic and difficulty; version ids are 1000 more than the questions'."""
    rows = [(topic, difficulty) for topic, difficulty, count in counts for _ in range(count)]
    return [
        Candidate(number, 1000 + number, frozenset({topic.casefold()}), difficulty, tags)
        for number, (topic, difficulty) in enumerate(rows, 1)
    ]


def numbers(found: list[list[Candidate]]) -> list[list[int]]:
    return [[each.question for each in one] for one in found]


def test_a_draw_takes_only_what_fits_topic_difficulty_and_tag() -> None:
    joined = Candidate(7, 1007, frozenset({"sql", "databases"}), "Easy", frozenset({"joins"}))
    assert draws.fits(Draw(1, "SQL", "Easy", "Joins"), joined)
    assert draws.fits(Draw(1, "Databases"), joined)
    assert draws.fits(Draw(1), joined)
    assert not draws.fits(Draw(1, "Python"), joined)
    assert not draws.fits(Draw(1, difficulty="Medium"), joined)
    assert not draws.fits(Draw(1, tag="views"), joined)


def test_the_same_seed_draws_the_same_and_another_draws_others() -> None:
    pool = bank(("SQL", "Easy", 40))
    once = draws.drawn([Draw(5)], pool, set(), "asha")
    assert draws.drawn([Draw(5)], pool[::-1], set(), "asha") == once
    others = {tuple(numbers(draws.drawn([Draw(5)], pool, set(), f"seed {n}"))[0]) for n in range(20)}
    assert len(others) == 20


def test_each_question_is_drawn_about_as_often_as_any_other() -> None:
    pool = bank(("SQL", "Easy", 10))
    seen = Counter(each.question for n in range(2000) for each in draws.drawn([Draw(3)], pool, set(), f"seed {n}")[0])
    assert set(seen) == set(range(1, 11))
    assert all(500 < count < 700 for count in seen.values()), seen  # 600 each, within 4.9 standard deviations


def test_no_draw_takes_a_question_the_paper_holds_already_or_another_draw_took() -> None:
    pool = bank(("SQL", "Easy", 10))
    found = numbers(draws.drawn([Draw(4, "SQL"), Draw(4)], pool, {1, 2}, "ben"))
    assert sorted(found[0] + found[1]) == [3, 4, 5, 6, 7, 8, 9, 10]


def test_what_one_draw_can_do_without_is_left_to_the_one_that_needs_it() -> None:
    pool = bank(("SQL", "Easy", 3), ("SQL", "Medium", 2))
    for n in range(30):
        any_of_them, easy = numbers(draws.drawn([Draw(2, "SQL"), Draw(3, "SQL", "Easy")], pool, set(), f"seed {n}"))
        assert sorted(any_of_them) == [4, 5]
        assert sorted(easy) == [1, 2, 3]


def test_a_chain_of_draws_makes_room_for_one_another() -> None:
    pool = [
        Candidate(1, 1001, frozenset({"a"}), "Easy"),
        Candidate(2, 1002, frozenset({"a", "b"}), "Easy"),
        Candidate(3, 1003, frozenset({"b", "c"}), "Easy"),
    ]
    for n in range(30):
        found = numbers(draws.drawn([Draw(1, "b"), Draw(1, "a"), Draw(1, "c")], pool, set(), f"seed {n}"))
        assert found == [[2], [1], [3]]


def test_too_few_is_refused_with_how_many_there_are() -> None:
    with pytest.raises(RuleError) as error:
        draws.drawn([Draw(5, "SQL", "Easy", "joins")], bank(("SQL", "Easy", 4)), set(), "asha")
    assert error.value.field == "draws"
    assert "5 Easy questions of “SQL” tagged “joins” can't be drawn. The bank has none" in error.value.text
    with pytest.raises(RuleError, match=r"The bank has 4, of which 1 is in this test already"):
        draws.drawn([Draw(5)], bank(("SQL", "Easy", 4)), {1}, "asha")


def test_enough_for_each_alone_but_not_for_all_is_refused_too() -> None:
    with pytest.raises(RuleError, match="other draws of this test need some"):
        draws.drawn([Draw(3), Draw(2)], bank(("SQL", "Easy", 4)), set(), "asha")


@pytest.mark.parametrize("count", [0, -1, draws.MOST + 1])
def test_a_draw_takes_at_least_one_and_at_most_a_thousand(count: int) -> None:
    with pytest.raises(RuleError):
        draws.check_count(count)
    assert draws.check_count(draws.MOST) == 1_000


TOPICS = st.sampled_from(["", "a", "b", "c"])
POOLS = st.lists(st.frozensets(st.sampled_from("abc"), min_size=1), max_size=8)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.builds(Draw, st.integers(1, 3), TOPICS), max_size=4), POOLS)
def test_a_draw_is_refused_exactly_when_no_way_of_drawing_exists(
    wanted: list[Draw], topics: list[frozenset[str]]
) -> None:
    pool = [Candidate(n, n, each, "Easy") for n, each in enumerate(topics)]
    try:
        found = draws.drawn(wanted, pool, set(), "seed")
    except RuleError:
        assert not possible([each for each in wanted for _ in range(each.count)], pool)
        return
    flat = [each for one in found for each in one]
    assert len(flat) == len(set(flat)) == sum(each.count for each in wanted)
    assert all(draws.fits(draw, each) for draw, one in zip(wanted, found, strict=True) for each in one)


def possible(slots: list[Draw], pool: list[Candidate]) -> bool:
    """Hall's condition over sets of topics, looked at one by one: the other way of saying the same."""
    kinds = {each.topic: sum(slot.topic == each.topic for slot in slots) for each in slots}
    names = list(kinds)
    for bits in range(1, 1 << len(names)):
        chosen = [name for place, name in enumerate(names) if bits >> place & 1]
        reach = [each for each in pool if any(draws.fits(Draw(1, name), each) for name in chosen)]
        if len(reach) < sum(kinds[name] for name in chosen):
            return False
    return True
