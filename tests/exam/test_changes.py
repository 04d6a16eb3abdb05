"""Answer changes."""

from datetime import timedelta

import pytest

from mockhall.exam.changes import STOOD, Changes, changes, settled
from mockhall.exam.paper import Answer
from mockhall.exam.trail import Kept
from tests.make import START


def test_each_turn_of_an_answer_is_counted_by_what_it_did() -> None:
    histories = [
        [("a", True), ("b", False), ("c", False), ("a", True)],
        [("b", False)],
        [],
        [("a", True), ("a", True)],
        [("b", False), ("c", False)],
    ]
    assert changes(histories) == Changes(right_to_wrong=1, wrong_to_right=1, wrong_to_wrong=2)


def test_one_right_answer_for_another_is_no_loss_and_no_gain() -> None:
    assert changes([[("gather", True), ("asyncio.gather", True)]]) == Changes()


def test_changes_are_told_in_a_sentence_that_adds_up() -> None:
    assert Changes().sentence == "No change made a right answer wrong or a wrong one right."
    assert Changes(2, 1, 3).sentence == (
        "6 changes: 1 from wrong to right, 2 from right to wrong and 3 from one wrong answer to another. "
        "In all they cost you 1 right answer."
    )
    assert Changes(wrong_to_right=2).sentence == (
        "2 changes: 2 from wrong to right. In all they gained you 2 right answers."
    )
    assert Changes(wrong_to_wrong=1).sentence == (
        "1 change: 1 from one wrong answer to another. In all they neither gained nor lost you a right answer."
    )


A, B = Answer(("o1",)), Answer(("o2",))


def kept(*answers: Answer | None, every: timedelta = STOOD) -> list[Kept]:
    return [Kept(START + place * every, each) for place, each in enumerate(answers)]


def left(*answers: Answer | None, every: timedelta = STOOD) -> list[Answer | None]:
    return [each.answer for each in settled(kept(*answers, every=every))]


def test_an_answer_that_did_not_stand_is_a_slip() -> None:
    assert left(A, B, A) == [A, B, A]
    assert left(A, B, A, every=STOOD - timedelta(milliseconds=1)) == [A]
    assert settled([]) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Answer(("o1",)), Answer(("o1", "o2"))),
        (Answer(text="gat"), Answer(text="gather")),
        (Answer(parts=(("l1", "r2"),)), Answer(parts=(("l1", "r2"), ("l2", "r1")))),
    ],
)
def test_an_answer_that_is_filled_in_bit_by_bit_is_one(before: Answer, after: Answer) -> None:
    assert left(before, after) == [after]
    assert left(after, before) == [after, before]


def test_an_answer_cleared_and_given_anew_is_kept_apart_from_one_gone_on_with() -> None:
    assert left(A, Answer(), B) == [A, Answer(), B]
    assert left(A, None, B) == [A, None, B]


def test_items_put_in_another_order_are_another_answer() -> None:
    before, after = Answer(("i1", "i2", "i3")), Answer(("i2", "i1", "i3"))
    assert left(before, after) == [before, after]
