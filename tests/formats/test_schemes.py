"""Marking as files write it."""

from __future__ import annotations

import pytest

from mockhall.exam.marking import PRESETS, Scheme
from mockhall.formats.fields import Fields
from mockhall.formats.problems import Report
from mockhall.formats.schemes import Override, read_override, resolved
from mockhall.formats.tree import read_table


def read(marking: str) -> tuple[Override | None, list[str]]:
    report = Report("f")
    table = read_table(f"marking: {marking}", 1, report)
    assert table is not None
    return read_override(Fields(table, report, ["marking"])), [problem.text for problem in report.problems]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_spelt_out_and_means_the_same(name: str) -> None:
    override, problems = read(f"{{preset: {name}}}")
    assert problems == []
    assert Scheme.from_json({**resolved(override)}) == PRESETS[name]


def test_marks_stay_exact() -> None:
    override, problems = read('{full: 0.1, wrong: "-1/3", partial: ratio, floor: -1}')
    assert problems == []
    assert resolved(override) == {
        "full": "0.1", "wrong": "-1/3", "partial": "ratio", "floor": "-1", "no_negative": [],
    }  # fmt: skip


def test_all_wrong_values_of_one_marking_are_reported() -> None:
    override, problems = read("{full: many, wrong: 2, floor: 1, partial: most, worng: 3}")
    assert override is None
    assert len(problems) == 5
    assert "`worng` isn't known here. Did you mean `wrong`?" in problems
