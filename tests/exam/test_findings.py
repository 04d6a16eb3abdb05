"""Findings and the option table."""

from dataclasses import replace
from fractions import Fraction

import pytest

from mockhall.exam.analysis import ItemFigures
from mockhall.exam.findings import Chooser, Finding, OptionRow, findings, option_table, probably_wrong_key

GOOD = ItemFigures(60, 40, 40, 50, 10, negative_covariance=False)


@pytest.mark.parametrize(
    ("figures", "blanks", "expected"),
    [
        (GOOD, 0, []),
        (replace(GOOD, discrimination=-0.1), 0, [Finding.CHECK_THE_KEY, Finding.WEAK]),
        (replace(GOOD, discrimination=0), 0, [Finding.WEAK]),
        (replace(GOOD, discrimination=19.9), 0, [Finding.WEAK]),
        (replace(GOOD, discrimination=20), 0, []),
        (replace(GOOD, facility=95), 0, [Finding.TOO_EASY]),
        (replace(GOOD, facility=94.9), 0, []),
        (replace(GOOD, facility=19.9), 0, [Finding.HARD]),
        (replace(GOOD, facility=20), 0, []),
        (GOOD, 9, [Finding.OFTEN_LEFT_BLANK]),
        (GOOD, 8, []),
        (replace(GOOD, facility=None, discrimination=None), 0, []),
    ],
)
def test_each_finding_at_its_boundary(figures: ItemFigures, blanks: int, expected: list[Finding]) -> None:
    assert findings(figures, 30, blanks) == expected


def test_three_in_ten_blanks_are_often_and_fewer_are_not() -> None:
    assert findings(GOOD, 1000, 300) == [Finding.OFTEN_LEFT_BLANK]
    assert findings(GOOD, 1000, 299) == []


def test_under_thirty_attempts_nothing_is_found() -> None:
    bad = replace(GOOD, facility=0, discrimination=-50)
    assert findings(bad, 29, 29) == []
    assert len(findings(bad, 30, 30)) == 4


def test_a_distractor_the_best_prefer_asks_to_check_the_key() -> None:
    table = [OptionRow("a", True, 10, 2, 5), OptionRow("b", False, 10, 3, 1)]
    assert probably_wrong_key(table)
    assert findings(GOOD, 30, 0, table) == [Finding.CHECK_THE_KEY]


def test_a_distractor_level_with_the_key_is_no_finding() -> None:
    assert not probably_wrong_key([OptionRow("a", True, 10, 3, 5), OptionRow("b", False, 10, 3, 1)])
    assert not probably_wrong_key([])


def chooser(attempt: int, total: int, choice: str) -> Chooser:
    return Chooser(attempt, Fraction(total), tuple(choice))


def test_the_table_counts_all_and_a_third_from_each_end() -> None:
    people = [chooser(n, 9 - n, choice) for n, choice in enumerate("aabbabb")]
    rows = {row.option: (row.is_key, row.chosen, row.top, row.bottom) for row in option_table("abc", "a", people)}
    assert rows == {"a": (True, 3, 2, 0), "b": (False, 4, 0, 2), "c": (False, 0, 0, 0)}


def test_ties_go_by_attempt_id_and_blanks_choose_nothing() -> None:
    people = [chooser(3, 5, "b"), chooser(1, 5, "a"), chooser(2, 5, "")]
    rows = {row.option: (row.chosen, row.top, row.bottom) for row in option_table("ab", "a", people)}
    assert rows == {"a": (1, 1, 0), "b": (1, 0, 1)}


def test_two_people_have_no_thirds() -> None:
    table = option_table("ab", "a", [chooser(1, 5, "a"), chooser(2, 1, "b")])
    assert [(row.chosen, row.top, row.bottom) for row in table] == [(1, 0, 0), (1, 0, 0)]
