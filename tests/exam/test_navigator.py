"""The navigator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.navigator import BLANK, FLAGGED, CellState, after, before, counts, next_in, state


@pytest.mark.parametrize(
    ("visited", "answered", "marked", "expected"),
    [
        (False, False, False, CellState.NOT_VISITED), (True, False, False, CellState.NOT_ANSWERED),
        (True, True, False, CellState.ANSWERED), (True, False, True, CellState.MARKED),
        (True, True, True, CellState.ANSWERED_AND_MARKED), (False, True, False, CellState.ANSWERED),
        (False, False, True, CellState.MARKED), (False, True, True, CellState.ANSWERED_AND_MARKED),
    ],
)  # fmt: skip
def test_the_state_is_a_function_of_three_booleans(
    visited: bool, answered: bool, marked: bool, expected: CellState
) -> None:
    assert state(visited, answered, marked) is expected


def test_values_and_words_are_those_of_the_room() -> None:
    assert {str(each): each.words for each in CellState} == {
        "new": "not visited",
        "skipped": "not answered",
        "answered": "answered",
        "marked": "marked for review",
        "both": "answered and marked for review",
    }


def test_counts_name_all_five_states() -> None:
    states = [CellState.MARKED, CellState.ANSWERED, CellState.MARKED]
    assert list(counts(states).values()) == [0, 0, 1, 2, 0]
    assert list(counts([])) == list(CellState)


@given(st.lists(st.sampled_from(CellState)))
def test_counts_add_up_to_the_questions(states: list[CellState]) -> None:
    assert sum(counts(states).values()) == len(states)


def test_after_the_last_question_comes_the_summary() -> None:
    assert [after(number, 3) for number in (1, 2, 3)] == [2, 3, None]
    assert after(1, 1) is None


def test_before_the_first_question_comes_nothing() -> None:
    assert [before(number) for number in (1, 2, 3)] == [None, 1, 2]


STATES = {1: CellState.MARKED, 2: CellState.ANSWERED, 3: CellState.NOT_VISITED, 4: CellState.MARKED}


@pytest.mark.parametrize(("here", "there"), [(1, 4), (2, 4), (3, 4), (4, 1)])
def test_the_next_in_a_state_goes_round(here: int, there: int) -> None:
    assert next_in(STATES, CellState.MARKED, here) == there


def test_a_question_alone_in_its_state_is_its_own_next() -> None:
    assert next_in(STATES, CellState.ANSWERED, 2) == 2


def test_there_may_be_no_next() -> None:
    assert next_in(STATES, CellState.ANSWERED_AND_MARKED, 1) is None
    assert next_in({}, CellState.MARKED, 1) is None


def test_several_states_may_be_wanted() -> None:
    assert next_in(STATES, {CellState.NOT_VISITED, CellState.ANSWERED}, 2) == 3
    assert next_in(STATES, frozenset(), 2) is None


@pytest.mark.parametrize("visited", [True, False])
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("marked", [True, False])
def test_blank_means_no_answer_and_flagged_means_marked(visited: bool, answered: bool, marked: bool) -> None:
    found = state(visited, answered, marked)
    assert (found in BLANK, found in FLAGGED) == (not answered, marked)
