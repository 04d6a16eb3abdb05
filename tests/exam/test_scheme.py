"""Schemes: stored form, presets, nearest wins."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Kind
from mockhall.exam.scheme import PRESETS, Partial, Scheme, scheme_of


@pytest.mark.parametrize(
    ("name", "full", "wrong", "partial"),
    [
        ("placement", "1", "0", "none"), ("jee-main", "4", "-1", "none"), ("jee-advanced", "4", "-2", "subset_table"),
        ("gate-1", "1", "-1/3", "none"), ("gate-2", "2", "-2/3", "none"), ("cuet", "5", "-1", "none"),
        ("neet", "4", "-1", "none"), ("ssc", "2", "-0.5", "none"),
    ],
)  # fmt: skip
def test_the_presets_are_the_exams(name: str, full: str, wrong: str, partial: str) -> None:
    written = PRESETS[name].to_json()
    assert (written["full"], written["wrong"], written["partial"]) == (full, wrong, partial)


def test_no_preset_is_untested() -> None:
    assert set(PRESETS) == {"placement", "jee-main", "jee-advanced", "gate-1", "gate-2", "cuet", "neet", "ssc"}


@pytest.mark.parametrize("scheme", [*PRESETS.values(), Scheme(Fraction(4), Fraction(-1), Partial.RATIO, Fraction(0))])
def test_a_scheme_comes_back_from_its_stored_form(scheme: Scheme) -> None:
    assert Scheme.from_json(scheme.to_json()) == scheme


@pytest.mark.parametrize("preset", ["gate-1", "gate-2"])
def test_gate_takes_nothing_for_wrong_multiple_select_and_numeric_answers(preset: str) -> None:
    scheme = PRESETS[preset]
    assert scheme.wrong_for(Kind.SINGLE) == scheme.wrong < 0
    assert scheme.wrong_for(Kind.MULTIPLE) == scheme.wrong_for(Kind.NUMERIC) == 0


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({}, "full"), ({"wrong": -1}, "full"), ({"full": 0}, "full"), ({"full": -1}, "full"), ({"full": True}, "full"),
        ({"full": "x"}, "full"), ({"full": 10_001}, "full"), ({"full": 4, "wrong": 1}, "wrong"),
        ({"full": 4, "wrong": -10_001}, "wrong"), ({"full": 4, "partial": "half"}, "partial"),
        ({"full": 4, "floor": 1}, "floor"), ({"full": 4, "no_negative": "single"}, "no_negative"),
        ({"full": 4, "no_negative": ["essay"]}, "no_negative"), ({"full": 4, "blank": 0}, "blank"),
        ({"preset": "cat"}, "preset"), ({"preset": ["neet"]}, "preset"),
    ],
)  # fmt: skip
def test_a_scheme_that_makes_no_sense_is_refused_beside_its_field(written: Mapping[str, object], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        Scheme.from_json(written)
    assert refused.value.field == field


def test_a_missing_full_is_asked_for_and_not_called_nought() -> None:
    with pytest.raises(RuleError, match="Say how many"):
        Scheme.from_json({"wrong": -1})


def test_ten_thousand_marks_are_the_most() -> None:
    assert Scheme.from_json({"full": 10_000, "wrong": -10_000}).full == 10_000


def test_nothing_said_is_the_placement_scheme() -> None:
    assert scheme_of() == scheme_of(None, {}) == PRESETS["placement"]


def test_the_nearest_wins_field_by_field() -> None:
    paper, section, question = {"full": 4, "wrong": -1, "floor": 0}, {"full": 2}, {"wrong": "-1/3"}
    assert scheme_of(paper, section, question) == Scheme(Fraction(2), Fraction(-1, 3), floor=Fraction(0))
    assert scheme_of(paper, None, None) == Scheme(Fraction(4), Fraction(-1), floor=Fraction(0))


def test_a_nearer_preset_replaces_everything_farther() -> None:
    assert scheme_of({"full": 9, "wrong": -9, "floor": 0}, {"preset": "neet"}) == PRESETS["neet"]


def test_numbers_beside_a_preset_change_it() -> None:
    assert scheme_of({"preset": "gate-1", "full": 3}).full == 3
    assert scheme_of({"preset": "gate-1", "wrong": "-1/2"}).no_negative == PRESETS["gate-1"].no_negative


def test_a_nearer_wrong_is_meant_for_every_kind() -> None:
    assert scheme_of({"preset": "gate-1"}, {"wrong": -1}).wrong_for(Kind.NUMERIC) == -1
    spared = scheme_of({"preset": "gate-1"}, {"wrong": -1, "no_negative": ["numeric"]})
    assert [spared.wrong_for(kind) for kind in (Kind.NUMERIC, Kind.MULTIPLE)] == [0, -1]


def test_a_floor_can_be_lifted_nearer() -> None:
    assert scheme_of({"full": 4, "wrong": -1, "floor": 0}, {"floor": None}).floor is None
