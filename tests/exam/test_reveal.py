"""What may be seen and when: one test a cell, and every boundary."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.errors import RuleError
from mockhall.exam.reveal import PRESETS, Item, Matrix, Moment, moment, needs_close, opens_at, visible, visible_for
from tests.exam.make import HOUR, NINE, TICK

# Items down, moments across: during, immediately, later, closed; as exam-semantics 5 has them.
CELLS = {
    "practice": {
        "attempt": "yyyy", "correctness": "yyyy", "max_marks": "yyyy", "marks": "yyyy", "specific_feedback": "yyyy",
        "general_feedback": "yyyy", "right_answer": "yyyy", "overall_feedback": "-yyy",
    },
    "mock": {
        "attempt": "yyyy", "correctness": "-yyy", "max_marks": "yyyy", "marks": "-yyy", "specific_feedback": "-yyy",
        "general_feedback": "-yyy", "right_answer": "-yyy", "overall_feedback": "-yyy",
    },
    "contest": {
        "attempt": "yyyy", "correctness": "---y", "max_marks": "yyyy", "marks": "--yy", "specific_feedback": "---y",
        "general_feedback": "---y", "right_answer": "---y", "overall_feedback": "--yy",
    },
}  # fmt: skip


@pytest.mark.parametrize("when", list(Moment))
@pytest.mark.parametrize("item", list(Item))
@pytest.mark.parametrize("preset", list(CELLS))
def test_each_cell_of_each_preset(preset: str, item: Item, when: Moment) -> None:
    shown = CELLS[preset][item][list(Moment).index(when)] == "y"
    assert (item in visible(PRESETS[preset], when)) is shown


def test_no_preset_is_untested() -> None:
    assert set(PRESETS) == set(CELLS)


@pytest.mark.parametrize("when", list(Moment))
@pytest.mark.parametrize("item", list(Item))
def test_one_cell_set_alone_shows_one_item_at_one_moment(item: Item, when: Moment) -> None:
    matrix = Matrix.from_json({when: [item]})
    assert {each: visible(matrix, each) for each in Moment if visible(matrix, each)} == {when: {item}}


@pytest.mark.parametrize("item", list(Item))
def test_practice_shows_the_key_of_a_question_only_after_the_students_own_answer(item: Item) -> None:
    before = visible_for(PRESETS["practice"], Moment.DURING, own_answer=False)
    after = visible_for(PRESETS["practice"], Moment.DURING, own_answer=True)
    assert (item in before) is (item in (Item.ATTEMPT, Item.MAX_MARKS))
    assert (item in after) is (item is not Item.OVERALL_FEEDBACK)


@pytest.mark.parametrize("when", [Moment.IMMEDIATELY, Moment.LATER, Moment.CLOSED])
def test_after_handing_in_a_blank_shows_what_any_question_shows(when: Moment) -> None:
    assert visible_for(PRESETS["mock"], when, own_answer=False) == visible(PRESETS["mock"], when)


TWO = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("now", "submitted", "closes", "expected"),
    [
        (timedelta(0), None, None, Moment.DURING),
        (2 * HOUR, None, HOUR, Moment.DURING),
        (timedelta(0), timedelta(0), None, Moment.IMMEDIATELY),
        (TWO - TICK, timedelta(0), None, Moment.IMMEDIATELY),
        (TWO, timedelta(0), None, Moment.LATER),
        (1000 * HOUR, timedelta(0), None, Moment.LATER),
        (HOUR - TICK, timedelta(0), HOUR, Moment.LATER),
        (HOUR, timedelta(0), HOUR, Moment.CLOSED),
        (HOUR, HOUR, HOUR, Moment.CLOSED),
        (HOUR - TICK, HOUR - TICK, HOUR, Moment.IMMEDIATELY),
    ],
)
def test_the_moment_at_each_boundary(
    now: timedelta, submitted: timedelta | None, closes: timedelta | None, expected: Moment
) -> None:
    assert moment(NINE + now, at(submitted), at(closes)) is expected


def at(after: timedelta | None) -> datetime | None:
    return None if after is None else NINE + after


@pytest.mark.parametrize(
    ("preset", "item", "now", "submitted", "closes", "expected"),
    [
        ("mock", Item.RIGHT_ANSWER, TICK, timedelta(0), HOUR, TICK),
        ("mock", Item.RIGHT_ANSWER, TICK, None, HOUR, None),
        ("contest", Item.RIGHT_ANSWER, TICK, timedelta(0), HOUR, HOUR),
        ("contest", Item.RIGHT_ANSWER, HOUR, timedelta(0), HOUR, HOUR),
        ("contest", Item.RIGHT_ANSWER, TICK, timedelta(0), None, None),
        ("contest", Item.MARKS, TICK, timedelta(0), HOUR, TWO),
        ("contest", Item.MARKS, TICK, timedelta(0), TWO / 2, TWO / 2),
        ("contest", Item.MARKS, TWO, timedelta(0), None, TWO),
    ],
)
def test_an_item_opens_at_a_known_instant_or_not_at_all(
    preset: str, item: Item, now: timedelta, submitted: timedelta | None, closes: timedelta | None, expected: timedelta
) -> None:
    assert opens_at(PRESETS[preset], item, NINE + now, at(submitted), at(closes)) == at(expected)


instants = st.timedeltas(timedelta(0), HOUR).map(lambda after: NINE + after)
matrices = st.builds(Matrix, *[st.frozensets(st.sampled_from(Item)) for _ in Moment])


@given(matrices, st.sampled_from(Item), instants, st.none() | instants, st.none() | instants)
def test_at_the_instant_named_the_item_is_visible_and_before_it_is_not(
    matrix: Matrix, item: Item, now: datetime, submitted: datetime | None, closes: datetime | None
) -> None:
    opens = opens_at(matrix, item, now, submitted, closes)
    ends = now + 2 * HOUR if opens is None else opens
    assert opens is None or item in visible(matrix, moment(opens, submitted, closes))
    for between in (now, now + (ends - now) / 2, ends - TICK):
        if now <= between < ends:
            assert item not in visible(matrix, moment(between, submitted, closes))


@given(matrices)
def test_a_matrix_comes_back_from_its_stored_form(matrix: Matrix) -> None:
    assert Matrix.from_json(matrix.to_json()) == matrix


@pytest.mark.parametrize(
    ("written", "field"),
    [({"before": []}, "before"), ({"later": ["key"]}, "later"), ({"later": "marks"}, "later"),
     ({"closed": [1]}, "closed")],
)  # fmt: skip
def test_an_unknown_time_or_item_is_refused(written: Mapping[str, object], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        Matrix.from_json(written)
    assert refused.value.field == field


def test_only_the_contest_needs_a_closing_time() -> None:
    assert [name for name, matrix in PRESETS.items() if needs_close(matrix)] == ["contest"]
