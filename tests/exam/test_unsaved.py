"""Marks lost to selections never saved: what counts as one, and what they come to."""

from fractions import Fraction
from typing import Any

import pytest

from mockhall.exam.paper import Answer
from mockhall.exam.unsaved import marks_lost, never_saved

A, B, NOTHING = Answer(("o1",)), Answer(("o2",)), Answer()


@pytest.mark.parametrize(
    ("logged", "kept", "found"),
    [
        ({"choice": ["o1"], "text": "", "parts": {}}, NOTHING, A),
        ({"choice": ["o1"]}, B, A),
        ({"text": "42"}, NOTHING, Answer(text="42")),
        ({"parts": {"2": "b", "1": "a"}}, NOTHING, Answer(parts=(("1", "a"), ("2", "b")))),
        ({"choice": ["o1"]}, A, None),  # it was saved after all
        ({"choice": [], "text": " "}, A, None),  # left blank: nothing was selected
        (None, A, None),
    ],
)
def test_a_selection_was_never_saved_when_it_is_another_than_the_kept_answer(
    logged: dict[str, Any] | None, kept: Answer, found: Answer | None
) -> None:
    assert never_saved(logged, kept) == found


@pytest.mark.parametrize(
    ("pairs", "lost"),
    [
        ([], 0),
        ([(4, 0), (3, 0)], 7),
        ([(4, -1)], 5),  # a right one in place of a wrong one that was kept
        ([(4, 0), (-1, 0)], 3),  # saving the wrong one would have cost a mark
        ([(-1, 0), (0, 4)], 0),  # they would have earned less: nothing was lost
        ([(Fraction(2, 3), 0)], Fraction(2, 3)),
    ],
)
def test_the_marks_lost_are_what_all_of_them_would_have_earned_beyond_and_never_below_nothing(
    pairs: list[tuple[Any, Any]], lost: Fraction
) -> None:
    assert marks_lost([(Fraction(would), Fraction(did)) for would, did in pairs]) == lost
