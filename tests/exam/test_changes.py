"""Answer changes."""

from mockhall.exam.changes import Changes, changes


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
