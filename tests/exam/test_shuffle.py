"""The shuffle: fixed by its seed, fair, pins kept."""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam import shuffle
from mockhall.exam.kinds import Kind
from mockhall.exam.shuffle import FEW, Options, _mix, draws_of_few, letters, options_of, order, placed_choices

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


def shown_as(kind: Kind, options: Sequence[dict[str, Any]], right: Sequence[str], seed: str, *, shuffled: bool) -> Any:
    """The order in which one attempt shows the options of its only question."""
    (draw,) = draws_of_few(seed, 1)
    return options_of(kind, options, right, shuffled=shuffled).order(draw, seed)


@pytest.mark.parametrize("shuffled", [True, False])
@pytest.mark.parametrize("right", [*permutations("abc")])
def test_an_order_is_never_shown_as_it_should_become(right: tuple[str, ...], shuffled: bool) -> None:
    shown = {shown_as(Kind.ORDER, ITEMS, list(right), seed, shuffled=shuffled) for seed in SEEDS}
    assert shown == {*permutations("abc")} - {right}


def test_the_right_sides_of_a_match_are_shuffled_even_where_the_test_shuffles_nothing() -> None:
    shown = {shown_as(Kind.MATCH, SIDES, (), seed, shuffled=False) for seed in SEEDS}
    assert {each[:2] for each in shown} == {("l1", "l2")}
    assert {each[2:] for each in shown} == {*permutations(("r1", "r2", "r3"))}


def test_true_stays_before_false() -> None:
    options = [{"id": "t"}, {"id": "f"}]
    assert {shown_as(Kind.TRUE_FALSE, options, (), seed, shuffled=True) for seed in SEEDS} == {("t", "f")}


def test_the_choices_of_each_gap_are_shuffled_by_themselves() -> None:
    shown = [shown_as(Kind.CLOZE, GAPS, (), seed, shuffled=True) for seed in SEEDS]
    assert len({tuple(placed_choices("1", ["x", "y", "z"], each)) for each in shown}) == 6
    assert {tuple(placed_choices("3", ["x", "w"], each)) for each in shown} == {("x", "w"), ("w", "x")}
    still = shown_as(Kind.CLOZE, GAPS, (), "seed", shuffled=False)
    assert placed_choices("1", ["x", "y", "z"], still) == ["x", "y", "z"]


def test_pins_and_a_test_that_does_not_shuffle_are_kept_for_choices() -> None:
    options: list[dict[str, Any]] = [{"id": "a"}, {"id": "b"}, {"id": "z", "pinned": True}]
    assert {shown_as(Kind.SINGLE, options, (), seed, shuffled=False) for seed in SEEDS} == {("a", "b", "z")}
    shown = {shown_as(Kind.MULTIPLE, options, (), seed, shuffled=True) for seed in SEEDS}
    assert shown == {("a", "b", "z"), ("b", "a", "z")}


@pytest.mark.parametrize("loose", [0, 1, 2, 3, 4])
def test_each_draw_is_an_order_and_each_order_as_often_as_any_other(loose: int) -> None:
    options = Options((*IDS[:loose], "z"), frozenset("z"))
    found = Counter(options.order(draw, "") for draw in range(FEW))
    assert set(found) == {(*each, "z") for each in permutations(IDS[:loose])}
    assert len(set(found.values())) == 1


def test_more_than_four_are_in_the_order_of_their_seed() -> None:
    options = Options(("a", "b", "c", "d", "e", "z"), frozenset("z"))
    assert not options.are_few
    assert options.order(3, "seed") == order(options.ids, options.pinned, "seed") == options.order(4, "seed")


def test_the_draws_of_an_attempt_are_its_own_and_equally_likely() -> None:
    # Written down when they were made, as above.
    assert draws_of_few("attempt", 5) == [10, 23, 3, 21, 20]
    assert draws_of_few("attempt", 0) == []
    found = Counter(draw for seed in range(400) for draw in draws_of_few(str(seed), 60))
    assert sum((found[each] - 1000) ** 2 / 1000 for each in range(FEW)) < 49.73  # 23 degrees of freedom, p = 0.001


def test_a_draw_that_would_favour_an_order_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = draws_of_few("seed", 3)
    monkeypatch.setattr(shuffle, "_FAIR_FEW", 2**31)  # half of the draws are thrown away now
    found = draws_of_few("seed", 3)
    assert len(found) == 3
    assert found != wanted
