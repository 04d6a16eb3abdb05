"""Keys to and from what is stored."""

from __future__ import annotations

import pytest

from mockhall.exam.paper import Key
from mockhall.formats.values import Json, KeyValue

KEYS: list[dict[str, Json]] = [
    {"options": ["a1", "b2"]},
    {"value": "12.50"},
    {"value": "-3e8", "tolerance": "0.01"},
    {"value": "5", "relative": "0.05"},
    {"low": "3", "high": "4.0"},
    {"answers": ["a", "b"], "case": True},
]


@pytest.mark.parametrize("stored", KEYS)
def test_a_key_comes_back_as_it_was_stored(stored: dict[str, Json]) -> None:
    assert KeyValue.from_json(stored).to_json() == stored


@pytest.mark.parametrize("stored", KEYS)
def test_the_rules_of_the_exam_read_the_same_key(stored: dict[str, Json]) -> None:
    assert Key.from_json(KeyValue.from_json(stored).to_json()) == Key.from_json(stored)


def test_an_unknown_field_of_a_stored_key_is_refused() -> None:
    with pytest.raises(TypeError):
        KeyValue.from_json({"letters": ["a"]})


NEWER: list[dict[str, Json]] = [
    {"options": ["t"]},
    {"answers": ["x = 1"], "case": False, "spaces": False, "wildcards": True},
    {"value": "3.14", "decimals": {"places": 2, "how": "truncate"}},
    {"any": [{"value": "2"}, {"low": "3", "high": "4"}]},
    {"any": [{"value": "2"}], "decimals": {"places": 0, "how": "round"}},
    {"pairs": {"a": "x", "b": "x"}},
    {"order": ["c", "a", "b"]},
    {"gaps": {"1": {"options": ["x"]}, "2": {"answers": ["a"], "case": True}, "3": {"value": "1"}}},
]


@pytest.mark.parametrize("stored", NEWER)
def test_keys_in_parts_come_back_and_mean_the_same_to_the_exam(stored: dict[str, Json]) -> None:
    assert KeyValue.from_json(stored).to_json() == stored
    assert Key.from_json(stored).to_json() == stored
