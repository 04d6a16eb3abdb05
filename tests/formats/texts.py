"""Question and paper files for the tests to break."""

from __future__ import annotations

from pathlib import Path

from mockhall.formats.problems import Problem, Report
from mockhall.formats.question import read_question
from mockhall.formats.values import PaperValue, QuestionValue

SINGLE = """\
---
kind: single
topic: Sums
difficulty: Easy
tags: [adding, small numbers]
reference: https://example.org/sums
---
What is $1 + 1$?

## Options

- [ ] `1`
- [x] `2`
- [ ] None of these {pinned}

## Explanation

One and one are two.
"""

NUMERIC = """\
---
kind: numeric
topic: Sums
difficulty: Medium
answer: 12.50
tolerance: 0.01
unit: km/h
---
How fast?

## Explanation

So fast.
"""

TEXT = """\
---
kind: text
topic: Names
difficulty: Advanced
answers: ["asyncio.gather", gather]
---
Which function?

## Explanation

That one.
"""

SNIPPET = """\
---
kind: single
topic: Sums
difficulty: Easy
snippet: true
---
What does this program print?

```python main.py
print(1 + 1)
```

## Options

- [ ] `1`
- [x] `2`

## Explanation

Python adds.
"""

PAPER = """\
title: A test
summary: For the tests.
topic: Sums
difficulty: Medium
minutes: 40
marking: {full: 4, wrong: -1}
reveal: mock
attempts: 3
instructions: |
  Read.
sections:
  - title: First
    covers: Sums
    questions:
      - 01-one
      - 02-two
  - title: Second
    marking: {full: 2, wrong: 0}
    questions: [03-three]
"""


def write_paper(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """A folder with a good paper of three questions; `files` replaces or adds some, by name."""
    folder.mkdir(parents=True)
    good: dict[str, str | bytes] = {"paper.yaml": PAPER, "01-one.md": SINGLE, "02-two.md": NUMERIC, "03-three.md": TEXT}
    for name, text in (good | (files or {})).items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def question(text: str) -> tuple[QuestionValue | None, list[Problem]]:
    report = Report("q.md", "q")
    return read_question(text, "slug", "q", report), report.problems


def good_question(text: str) -> QuestionValue:
    value, problems = question(text)
    assert problems == []
    assert value is not None
    return value


def said(problems: list[Problem]) -> str:
    return "\n".join(map(str, problems))


def good(read: tuple[PaperValue | None, list[Problem]]) -> PaperValue:
    paper, problems = read
    assert problems == []
    assert paper is not None
    return paper
