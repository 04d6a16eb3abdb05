"""The order of sections and questions in one attempt."""

from itertools import groupby

import pytest

from mockhall.exam.layout import Asked, Place, places, section_order

PAPER = [(1, [Asked(11), Asked(12), Asked(13)]), (2, [Asked(21)]), (3, [Asked(31), Asked(32)])]


def versions(found: list[Place]) -> list[int]:
    return [each.version for each in found]


def laid(shuffle_sections: bool = False, shuffle_questions: bool = False, seed: str = "asha") -> list[Place]:
    return places(PAPER, shuffle_sections=shuffle_sections, shuffle_questions=shuffle_questions, seed=seed)


def test_without_a_shuffle_the_order_is_the_papers() -> None:
    assert versions(laid()) == [11, 12, 13, 21, 31, 32]
    assert [(each.number, each.section) for each in laid()] == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 3), (6, 3)]


def test_shuffled_sections_stay_whole_and_are_numbered_through() -> None:
    orders = set()
    for n in range(40):
        found = laid(shuffle_sections=True, seed=f"seed {n}")
        assert [each.number for each in found] == [1, 2, 3, 4, 5, 6]
        orders.add(tuple(section for section, _ in groupby(found, key=lambda each: each.section)))
        assert [version for version in versions(found) if version < 20] == [11, 12, 13]
    assert len(orders) == 6


def test_shuffled_questions_stay_in_their_section() -> None:
    seen = {tuple(versions(laid(shuffle_questions=True, seed=f"seed {n}"))) for n in range(60)}
    assert len(seen) == 12
    assert all(set(order[:3]) == {11, 12, 13} and order[3] == 21 for order in seen)


def test_the_same_seed_gives_the_same_order() -> None:
    assert laid(True, True) == laid(True, True)
    assert section_order([3, 1, 2], False, "asha") == (3, 1, 2)


def test_questions_of_a_passage_move_together_and_keep_their_order() -> None:
    asked = [Asked(1), Asked(2, "p"), Asked(3), Asked(4, "p"), Asked(5, "q"), Asked(6, "q")]
    seen = set()
    for n in range(80):
        found = places([(1, asked)], shuffle_sections=False, shuffle_questions=True, seed=f"seed {n}")
        order = versions(found)
        assert order.index(4) == order.index(2) + 1
        assert order.index(6) == order.index(5) + 1
        seen.add(tuple(order))
    assert len(seen) > 15


def test_a_passage_named_like_a_question_is_still_a_passage() -> None:
    asked = [Asked(1), Asked(2, "1"), Asked(3, "1")]
    found = places([(1, asked)], shuffle_sections=False, shuffle_questions=True, seed="ben")
    assert sorted(versions(found)) == [1, 2, 3]


@pytest.mark.parametrize("shuffled", [True, False])
def test_an_empty_section_has_no_place(shuffled: bool) -> None:
    found = places([(1, []), (2, [Asked(9)])], shuffle_sections=shuffled, shuffle_questions=shuffled, seed="asha")
    assert [(each.number, each.section) for each in found] == [(1, 2)]
