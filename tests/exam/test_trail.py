"""The trail of a question: the answers kept, one after the other."""

from datetime import UTC, datetime

from mockhall.exam.paper import Answer
from mockhall.exam.trail import LONGEST_ENTRY, answers, distinct, entry

AT = datetime(2026, 11, 22, 9, 0, 1, 250000, tzinfo=UTC)


def test_an_entry_is_short_and_read_back_as_it_was() -> None:
    """A choice among four takes 23 characters."""
    written = entry(AT, ["o1"], "", {})
    assert written == '[1795338001250,["o1"]]'
    assert [(each.at, each.answer) for each in answers(written)] == [(AT, Answer(("o1",)))]


def test_texts_pairs_and_cleared_answers_are_kept_too() -> None:
    """In the order they came; nothing is told apart by guessing."""
    trail = ",".join([entry(AT, [], 'a "],[ b', {}), entry(AT, [], "", {}), entry(AT, [], "", {"x": "y"})])
    assert [each.answer for each in answers(trail)] == [
        Answer(text='a "],[ b'), Answer(), Answer(parts=(("x", "y"),)),
    ]  # fmt: skip


def test_an_answer_too_long_leaves_only_its_moment() -> None:
    """The response itself has it while it counts."""
    trail = ",".join([entry(AT, ["o1"], "", {}), entry(AT, [], "x" * LONGEST_ENTRY, {})])
    assert [each.answer for each in answers(trail)] == [Answer(("o1",)), None]
    assert len(trail) < 60


def test_distinct_answers_leave_out_blanks_and_repeats_and_end_with_what_counts() -> None:
    """A cleared answer given anew is no change; an end the trail lost is still the end."""
    one, two = Answer(("o1",)), Answer(("o2",))
    trail = ",".join(entry(AT, choice, "", {}) for choice in (["o1"], [], ["o1"], ["o2"]))
    assert distinct(answers(trail), two) == [one, two]
    assert distinct(answers(trail), one) == [one, two, one]
    assert distinct(answers(trail), Answer()) == [one, two]
    assert distinct([], Answer()) == []
