"""What a predict-the-output question says its program prints."""

from __future__ import annotations

import pytest

from mockhall.formats.snippets import bare, distractors, expected, program
from tests.formats.texts import NUMERIC, SNIPPET, TEXT, good_question


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`1`", "1"),
        ("``a`b``", "a`b"),
        ("```\n1\n2\n```", "1\n2"),
        ("```text\n 1\n```", " 1"),
        ("`1` then `2`", "`1` then `2`"),
        ("It raises `TypeError`", "It raises `TypeError`"),
        ("`", "`"),
        ("", ""),
    ],
)
def test_backticks_and_fences_are_taken_off_text_that_is_nothing_but_code(text: str, shown: str) -> None:
    assert bare(text) == shown


def test_the_program_is_the_first_python_block() -> None:
    stem = "Before\n\n```text\nno\n```\n\n```python main.py\nprint(1)\n```\n\n```python\nprint(2)\n```"
    assert program(stem) == "print(1)"
    assert program("````markdown\n```python\nprint(1)\n```\n````") is None


def test_the_key_of_each_kind_says_what_is_printed() -> None:
    single = good_question(SNIPPET)
    assert (expected(single), distractors(single)) == ("2", ["1"])
    assert expected(good_question(SNIPPET.replace("snippet: true", "snippet: true\noutput: |\n  a\n  b"))) == "a\nb"
    assert expected(good_question(TEXT)) == "asyncio.gather"
    assert expected(good_question(NUMERIC)) == "12.50"
    assert expected(good_question(NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "range: [1, 2]"))) is None
