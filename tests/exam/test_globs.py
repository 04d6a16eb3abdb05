"""Wildcards in accepted answers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockhall.exam.globs import matches, takes_anything


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("", "", True), ("", "a", False), ("*", "", True), ("*", "anything", True), ("a*c", "abbc", True),
        ("a*c", "ac", True), ("a*c", "acb", False), ("a?c", "abc", True), ("a?c", "ac", False), ("?", "क", True),
        ("\\*", "*", True), ("\\*", "a", False), ("\\?", "?", True), ("\\?", "a", False), ("a\\", "a\\", True),
        ("\\\\*", "\\x", True), ("\\n", "\\n", True), ("\\n", "n", False), ("**a**", "bab", True),
    ],
)  # fmt: skip
def test_a_star_is_any_run_and_a_question_mark_any_one(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


@given(st.text("ab*?", max_size=8), st.text("abc", max_size=10))
def test_patterns_mean_what_they_mean_as_regular_expressions(pattern: str, text: str) -> None:
    written = "".join({"*": ".*", "?": "."}.get(sign, sign) for sign in pattern)
    assert matches(pattern, text) is bool(re.fullmatch(written, text))


def test_a_pattern_of_nothing_but_stars_takes_anything() -> None:
    assert takes_anything(" * ")
    assert takes_anything("***")
    assert not any(takes_anything(each) for each in ("", "?*", "\\*", "* a"))
