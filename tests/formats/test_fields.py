"""Typed reading of a mapping."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mockhall.formats.fields import Fields
from mockhall.formats.problems import Report
from mockhall.formats.tree import read_table


def fields(text: str) -> Fields:
    report = Report("f")
    table = read_table(text, 1, report)
    assert table is not None
    return Fields(table, report, ["a", "b"])


def test_absent_and_empty_optional_values_are_no_fault() -> None:
    read = fields("a: ~\n")
    assert (read.text("a", 9), read.text("b", 9), read.whole("a"), read.decimal("b")) == ("", "", None, None)
    assert (read.scalars("a"), read.flag("b", default=True)) == ((), True)
    assert read.report.problems == []


def test_a_quoted_null_is_a_text() -> None:
    assert fields("a: 'null'").text("a", 9) == "null"


@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_true_is_true_in_any_case(word: str) -> None:
    assert fields(f"a: {word}").flag("a", default=False)


@pytest.mark.parametrize(
    "read",
    [
        lambda it: it.text("a", 9),
        lambda it: it.choice("a", ["x"]),
        lambda it: it.flag("a", default=True),
        lambda it: it.whole("a"),
        lambda it: it.decimal("a"),
    ],
)
def test_a_list_where_one_value_is_wanted_is_a_fault_at_its_line(read: Callable[[Fields], object]) -> None:
    it = fields("b: 1\na: [x]\n")
    read(it)
    assert [problem.line for problem in it.report.problems] == [2]
