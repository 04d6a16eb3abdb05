"""Code blocks in Markdown."""

from __future__ import annotations

import pytest

from mockhall.formats.fences import Block, blocks


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\n```python main.py\nx\n```\nb", Block(1, 3, "```", "python main.py", "x")),
        ("~~~\n```\n~~~~", Block(0, 2, "~~~", "", "```")),
        ("````\n```\n````", Block(0, 2, "````", "", "```")),
        ("  ```\n  if x:\n      y\n z\n  ```", Block(0, 4, "```", "", "if x:\n    y\nz")),
        ("- [x] ```python\n  x\n  ```", Block(0, 2, "```", "python", "  x")),
        ("```\nx", Block(0, None, "```", "", "x")),
        ("```\nx\n``` y", Block(0, None, "```", "", "x\n``` y")),
    ],
)
def test_a_block_is_found_with_its_place_and_code(text: str, block: Block) -> None:
    assert list(blocks(text.split("\n"))) == [block]


def test_inline_code_of_three_backticks_opens_nothing() -> None:
    assert list(blocks(["```x``` is inline", "text"])) == []
