"""Texts as words to search by."""

import time

import pytest

from mockhall.exam.words import asked, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does `len([])` return?", ["what", "does", "len", "return"]),
        ("snake_case a.b", ["snake", "case", "a", "b"]),
        ("C++ and C#, 100 %, 5%", ["c", "c++", "and", "c#", "100", "5", "5%"]), ("", []), ("*** -- \"", []),
        ("सूची की लंबाई", ["सूची", "की", "लंबाई"]), ("क्\u200dष", ["क्ष"]), ("ＡＢＣ Straße ǅ", ["abc", "strasse", "dž"]),
        ("word " * 9, ["word"]), ("x" * 99, ["x" * 40]),
    ],
)  # fmt: skip
def test_the_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words_of([text]) == expected


def test_signs_of_a_searched_word_are_part_of_it() -> None:
    assert asked("C++ and") == ["c++", "and"]
    assert asked('"NEAR(a*, -b)') == ["near", "a", "b"]
    assert len(asked("word " * 50)) == 12


def test_a_text_of_accents_takes_no_time() -> None:
    start = time.monotonic()
    words_of(["a" + "\u0315\u0300" * 70_000])
    assert time.monotonic() - start < 2
