"""The shuffle: fixed by its seed, fair, pins kept."""

from collections import Counter
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.kinds import Kind
from mockhall.exam.shuffle import Options, _mix, letters, option_order, order, placed_choices

IDS = ("a", "b", "c", "d")


def test_a_seed_gives_one_order_on_every_machine_for_ever() -> None:
    # Written down when the shuffle was made: attempts under way must find their order again.
    drawn = ["".join(order(IDS, frozenset(), f"attempt-{n}:q1")) for n in range(4)]
    assert drawn == ["abcd", "cdab", "acbd", "dacb"]
    assert "".join(order("abcdefghij", frozenset(), "ten")) == "jgfhdcebia"


@given(st.lists(st.text(max_size=3), unique=True, max_size=10), st.text(), st.data())
def test_an_order_has_the_same_options_and_pinned_ones_keep_their_index(
    ids: list[str], seed: str, data: st.DataObject
) -> None:
    pinned = data.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))
    drawn = order(ids, pinned, seed)
    assert sorted(drawn) == sorted(ids)
    assert all(drawn[ids.index(option)] == option for option in pinned)
    assert order(ids, pinned, seed) == drawn


def test_two_options_with_one_id_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="one id"):
        order(("a", "a"), frozenset(), "seed")


def test_every_order_is_equally_likely() -> None:
    draws = 24_000
    found = Counter(order(IDS, frozenset(), str(seed)) for seed in range(draws))
    expected = draws / 24
    chi_square = sum((found[each] - expected) ** 2 / expected for each in permutations(IDS))
    assert chi_square < 49.73  # 23 degrees of freedom, p = 0.001


def test_every_option_comes_to_every_place_equally_often_beside_a_pin() -> None:
    draws = 9_000
    found = Counter(order(IDS, {"d"}, f"pin {seed}").index("a") for seed in range(draws))
    expected = draws / 3
    assert sum((found[place] - expected) ** 2 / expected for place in range(3)) < 13.82  # 2 degrees, p = 0.001


@pytest.mark.parametrize(
    ("draws", "place"), [([2**64 - 1, 5], 2), ([2**64 - 2], 2), ([0], 0), ([2**64 - 1, 2**64 - 1, 4], 1)]
)
def test_a_draw_in_the_incomplete_last_stretch_is_thrown_away(draws: list[int], place: int) -> None:
    items = ["a", "b", "c"]
    _mix(items, iter([(*draws, 1)]))  # the last draw leaves the other two where they are
    assert items[2] == "abc"[place]


def test_letters_follow_the_drawn_order() -> None:
    assert letters(("c", "a", "b")) == {"c": "A", "a": "B", "b": "C"}


def test_after_z_comes_aa() -> None:
    found = letters([str(number) for number in range(28)])
    assert [found[str(number)] for number in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


ITEMS = [{"id": each} for each in "abc"]
SIDES = [{"id": "l1", "side": "left"}, {"id": "l2", "side": "left"}, *({"id": f"r{n}", "side": "right"} for n in "123")]
GAPS: list[dict[str, Any]] = [
    {"gap": 1, "type": "choice", "choices": [{"id": "x"}, {"id": "y"}, {"id": "z"}]}, {"gap": 2, "type": "text"},
    {"gap": 3, "type": "choice", "choices": [{"id": "x"}, {"id": "w"}]},
]  # fmt: skip
SEEDS = [f"attempt {n}" for n in range(200)]


@pytest.mark.parametrize("shuffled", [True, False])
@pytest.mark.parametrize("right", [*permutations("abc")])
def test_an_order_is_never_shown_as_it_should_become(right: tuple[str, ...], shuffled: bool) -> None:
    shown = {option_order(Kind.ORDER, ITEMS, list(right), seed, shuffled=shuffled) for seed in SEEDS}
    assert shown == {*permutations("abc")} - {right}


def test_the_right_sides_of_a_match_are_shuffled_even_where_the_test_shuffles_nothing() -> None:
    shown = {option_order(Kind.MATCH, SIDES, (), seed, shuffled=False) for seed in SEEDS}
    assert {each[:2] for each in shown} == {("l1", "l2")}
    assert {each[2:] for each in shown} == {*permutations(("r1", "r2", "r3"))}


def test_true_stays_before_false() -> None:
    options = [{"id": "t"}, {"id": "f"}]
    assert {option_order(Kind.TRUE_FALSE, options, (), seed, shuffled=True) for seed in SEEDS} == {("t", "f")}


def test_the_choices_of_each_gap_are_shuffled_by_themselves() -> None:
    shown = [option_order(Kind.CLOZE, GAPS, (), seed, shuffled=True) for seed in SEEDS]
    assert len({tuple(placed_choices("1", ["x", "y", "z"], each)) for each in shown}) == 6
    assert {tuple(placed_choices("3", ["x", "w"], each)) for each in shown} == {("x", "w"), ("w", "x")}
    still = option_order(Kind.CLOZE, GAPS, (), "seed", shuffled=False)
    assert placed_choices("1", ["x", "y", "z"], still) == ["x", "y", "z"]


def test_pins_and_a_test_that_does_not_shuffle_are_kept_for_choices() -> None:
    options: list[dict[str, Any]] = [{"id": "a"}, {"id": "b"}, {"id": "z", "pinned": True}]
    assert {option_order(Kind.SINGLE, options, (), seed, shuffled=False) for seed in SEEDS} == {("a", "b", "z")}
    shown = {option_order(Kind.MULTIPLE, options, (), seed, shuffled=True) for seed in SEEDS}
    assert shown == {("a", "b", "z"), ("b", "a", "z")}


def test_four_loose_options_are_put_in_the_order_of_any_other_number() -> None:
    """They have a way of their own, for they are what most questions have."""
    ids = ("o1", "o2", "o3", "o4")
    seen = set()
    for seed in (f"code:{number}" for number in range(500)):
        found = Options(ids, frozenset()).order(seed)
        assert found == order(ids, frozenset(), seed)
        seen.add(found)
    assert len(seen) == 24
