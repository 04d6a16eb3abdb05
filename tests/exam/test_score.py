"""The score breakdown."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.marking import Mark, Outcome
from mockhall.exam.paper import Answer, Item
from mockhall.exam.score import Entry, Floors, breakdown, score
from tests.exam.make import BLANK, RIGHT, WRONG, chosen, make_item

HALF = Mark(Fraction(2), Outcome.PARTLY)


def entry(item: Item, mark: Mark) -> Entry:
    return item, mark, Answer() if mark.outcome is Outcome.BLANK else chosen("a")


def test_a_score_says_what_was_gained_and_what_negatives_cost() -> None:
    found = score([entry(make_item(n), mark) for n, mark in enumerate([RIGHT, RIGHT, HALF, WRONG, BLANK], start=1)])
    assert (found.total, found.max, found.gained, found.lost) == tuple(map(Fraction, (9, 20, 10, -1)))
    assert (found.right, found.partly, found.wrong, found.blank, found.answered) == (2, 1, 1, 1, 4)
    assert found.accuracy == Fraction(1, 2)


def test_nothing_answered_has_no_accuracy() -> None:
    assert score([entry(make_item(), BLANK)]).accuracy is None
    assert score([]).max == 0


def test_three_thirds_lost_are_exactly_one_mark() -> None:
    third = Mark(Fraction(-1, 3), Outcome.WRONG)
    assert score([entry(make_item(n), third) for n in range(3)]).total == -1


def test_half_a_mark_gained_is_nothing_lost() -> None:
    half = Mark(Fraction(1, 2), Outcome.PARTLY)
    found = score([entry(make_item(), half)])
    assert (found.gained, found.lost) == (half.marks, Fraction(0))


def test_the_breakdown_groups_by_section_topic_difficulty_and_kind() -> None:
    found = breakdown(
        [
            entry(make_item(1, 1, Kind.SINGLE, "Routing", Difficulty.EASY), RIGHT),
            entry(make_item(2, 2, Kind.MULTIPLE, "Routing", Difficulty.ADVANCED), WRONG),
            entry(make_item(3, 2, Kind.SINGLE, "Testing", Difficulty.EASY), BLANK),
        ]
    )
    assert {name: each.total for name, each in found.sections.items()} == {1: 4, 2: -1}
    assert {name: each.max for name, each in found.topics.items()} == {"Routing": 8, "Testing": 4}
    assert {name: each.right for name, each in found.difficulties.items()} == {
        Difficulty.EASY: 1,
        Difficulty.ADVANCED: 0,
    }
    assert {name: each.wrong for name, each in found.kinds.items()} == {Kind.SINGLE: 0, Kind.MULTIPLE: 1}
    assert (found.overall.total, found.overall.max) == (Fraction(3), Fraction(12))


def test_floors_apply_to_the_section_first_and_then_to_the_paper() -> None:
    entries = [entry(make_item(1, 1), WRONG), entry(make_item(2, 2), WRONG), entry(make_item(3, 3), WRONG)]
    found = breakdown(entries, Floors(sections={1: Fraction(0)}, paper=Fraction(-3, 2)))
    assert [found.sections[number].total for number in (1, 2, 3)] == [0, -1, -1]
    assert found.overall.total == Fraction(-3, 2)
    assert found.overall.lost == -3


def test_a_floor_below_the_total_changes_nothing() -> None:
    found = breakdown([entry(make_item(), RIGHT)], Floors({1: Fraction(0)}, Fraction(0)))
    assert found.overall.total == found.sections[1].total == 4


marks = st.sampled_from([RIGHT, HALF, WRONG, BLANK])
entries_ = st.lists(
    st.builds(entry, st.builds(make_item, section=st.integers(1, 3), topic=st.sampled_from("xyz")), marks), max_size=12
)


@given(entries_)
def test_without_floors_every_grouping_adds_up_to_the_whole(entries: list[Entry]) -> None:
    found = breakdown(entries)
    for groups in (found.sections, found.topics, found.difficulties, found.kinds):
        scores = list(groups.values())
        assert sum(each.total for each in scores) == found.overall.total
        assert sum(each.max for each in scores) == found.overall.max
        assert sum(each.answered + each.blank for each in scores) == len(entries)
    assert found.overall.total == found.overall.gained + found.overall.lost


@given(entries_, st.fractions(-5, 0))
def test_a_floor_is_never_undercut_and_never_costs_anything(entries: list[Entry], floor: Fraction) -> None:
    lifted = breakdown(entries, Floors({1: floor, 2: floor, 3: floor}, floor))
    assert lifted.overall.total >= max(floor, breakdown(entries).overall.total)
    assert all(each.total >= floor for each in lifted.sections.values())
