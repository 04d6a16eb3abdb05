"""Keys to and from their stored form, and blank answers."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from mockhall.exam.errors import RuleError
from mockhall.exam.paper import Answer, Difficulty, Key, Kind


@pytest.mark.parametrize(
    "stored",
    [
        {"options": ["a", "b"]},
        {"value": "12.5"},
        {"value": "12.5", "tolerance": "0.01", "relative": "0.05"},
        {"value": "-1/3"},
        {"value": "0"},
        {"low": "3", "high": "4"},
        {"low": "3", "high": "3"},
        {"answers": ["asyncio.gather", "gather"], "case": False},
        {"answers": ["True"], "case": True},
        {"answers": ["a b"], "case": False, "spaces": False},
        {"answers": ["def *"], "case": True, "wildcards": True},
        {"any": [{"value": "2"}, {"low": "3", "high": "4"}]},
        {"value": "3.14", "decimals": {"places": 2, "how": "truncate"}},
        {"any": [{"value": "3.14"}, {"value": "2.5"}], "decimals": {"places": 2, "how": "round"}},
        {"value": "3.1416", "tolerance": "0.01", "decimals": {"places": 2, "how": "round"}},
        {"options": ["t"]},
        {"pairs": {"l1": "r2", "l2": "r1", "l3": "r1"}},
        {"order": ["c", "a", "b"]},
        {"gaps": {"1": {"options": ["x"]}, "2": {"answers": ["await"], "case": True}, "3": {"value": "5"}}},
    ],
)
def test_a_key_comes_back_from_its_stored_form(stored: Mapping[str, object]) -> None:
    key = Key.from_json(stored)
    assert key.to_json() == stored
    assert Key.from_json(key.to_json()) == key


def test_case_matters_only_where_it_is_said() -> None:
    assert not Key(answers=("a",)).case
    assert not Key.from_json({"answers": ["a"]}).case


def test_a_tolerance_of_nought_is_exact() -> None:
    assert Key.from_json({"value": "1", "tolerance": "0", "relative": "0"}).tolerance == 0


def test_numbers_in_a_key_are_exact() -> None:
    key = Key.from_json({"value": "0.1", "tolerance": 0.2})
    assert (key.value, key.tolerance) == (Fraction(1, 10), Fraction(1, 5))


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({}, "key"),
        ({"low": "3"}, "key"),
        ({"options": []}, "options"),
        ({"options": "ab"}, "options"),
        ({"options": [1]}, "options"),
        ({"answers": [" "]}, "answers"),
        ({"answers": []}, "answers"),
        ({"value": None}, "value"),
        ({"value": "x"}, "value"),
        ({"value": "1", "tolerance": "-1"}, "tolerance"),
        ({"value": "1", "relative": "-0.1"}, "relative"),
        ({"low": "4", "high": "3"}, "low"),
        ({"low": None, "high": "3"}, "low"),
        ({"any": []}, "any"),
        ({"any": ["2"]}, "any"),
        ({"any": [{"value": "1"}] * 11}, "any"),
        ({"any": [{"answers": ["a"]}]}, "key"),
        ({"value": "3.141", "decimals": {"places": 2, "how": "truncate"}}, "decimals"),
        ({"any": [{"value": "3"}, {"value": "3.141"}], "decimals": {"places": 2, "how": "round"}}, "decimals"),
        ({"value": "3", "decimals": {"places": -1, "how": "round"}}, "decimals"),
        ({"value": "3", "decimals": {"places": True, "how": "round"}}, "decimals"),
        ({"value": "3", "decimals": {"places": 1_000_000, "how": "round"}}, "decimals"),
        ({"value": "3", "decimals": {"places": 2, "how": "ceil"}}, "decimals"),
        ({"value": "3", "decimals": 2}, "decimals"),
        ({"answers": ["**"], "wildcards": True}, "answers"),
        ({"pairs": {}}, "pairs"),
        ({"pairs": {"l1": ""}}, "pairs"),
        ({"pairs": ["l1"]}, "pairs"),
        ({"order": ["a", "b"]}, "order"),
        ({"order": ["a", "b", "a"]}, "order"),
        ({"gaps": {}}, "gaps"),
        ({"gaps": {"1": {"pairs": {"a": "b"}}}}, "gap.1"),
        ({"gaps": {"1": {"gaps": {"1": {"value": "1"}}}}}, "gap.1"),
        ({"gaps": {"2": {"value": "x"}}}, "gap.2"),
        ({"gaps": {"2": "x"}}, "gap.2"),
    ],
)
def test_a_key_that_says_nothing_or_contradicts_itself_is_refused(written: Mapping[str, object], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        Key.from_json(written)
    assert refused.value.field == field


@pytest.mark.parametrize("answer", [Answer(), Answer(text="  \n"), Answer(parts=(("1", " "),))])
def test_nothing_or_only_spaces_is_a_blank(answer: Answer) -> None:
    assert answer.blank


@pytest.mark.parametrize("answer", [Answer(("a",)), Answer(text=" 0 "), Answer(parts=(("1", ""), ("2", "x")))])
def test_a_choice_or_a_text_is_no_blank(answer: Answer) -> None:
    assert not answer.blank


def test_kinds_and_difficulties_are_the_words_of_the_house() -> None:
    assert list(Kind) == [
        "single", "multiple", "true_false", "numeric", "text", "match", "order", "cloze",
    ]  # fmt: skip
    assert list(Difficulty) == ["Easy", "Medium", "Advanced"]
