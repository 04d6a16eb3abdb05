"""The parts of a question's Markdown."""

from __future__ import annotations

from mockhall.formats.body import Body, read_body
from mockhall.formats.problems import Report


def read(text: str, first: int = 1) -> tuple[Body | None, list[str]]:
    report = Report("q.md")
    return read_body(text, first, report), [f"{problem.line}: {problem.text}" for problem in report.problems]


def good(text: str) -> Body:
    body, problems = read(text)
    assert problems == []
    assert body is not None
    return body


def test_headings_inside_code_blocks_are_code() -> None:
    body = good(
        "Stem\n\n````markdown\n## Options\n```\n- [x] no\n```\n````\n\n## Explanation\n\n~~~\n## Options\n~~~\n"
    )
    assert body.options_line is None
    assert body.stem.endswith("```\n````")
    assert body.solution == "~~~\n## Options\n~~~"


def test_other_headings_stay_in_the_text() -> None:
    assert good("## Background\n\nStem\n\n## Explanation\n\n### Why\n\nSo\n").stem == "## Background\n\nStem"


def test_indented_code_at_the_start_of_the_stem_keeps_its_indentation() -> None:
    assert good("\n    code\n\nStem\n\n## Explanation\n\nx").stem == "    code\n\nStem"


def test_an_option_may_go_on_over_lines_paragraphs_and_code() -> None:
    text = "- [ ] one\n  two\n\n  three\n- [X]\n  ```python\n  if x:\n      y\n  ```\n- [ ] z {pinned}\n"
    choices = good(f"S\n\n## Options\n\n{text}\n## Explanation\n\nx").choices
    assert [choice.text for choice in choices] == ["one\ntwo\n\nthree", "```python\nif x:\n    y\n```", "z"]
    assert [choice.right for choice in choices] == [False, True, False]
    assert [choice.pinned for choice in choices] == [False, False, True]
    assert [choice.line for choice in choices] == [5, 9, 14]


def test_pinned_within_the_text_or_in_code_is_text() -> None:
    choices = good("S\n\n## Options\n\n- [ ] {pinned} is\n- [x] `{pinned}`\n").choices
    assert [(choice.text, choice.pinned) for choice in choices] == [("{pinned} is", False), ("`{pinned}`", False)]


def test_code_of_an_option_that_is_not_indented_is_a_fault() -> None:
    _, problems = read("S\n\n## Options\n\n- [x] a\n  ```\nprint()\n  ```\n- [ ] b\n", first=10)
    assert problems == ["16: Indent the lines of an option's code block by two spaces."]


def test_options_behind_the_explanation_are_a_fault() -> None:
    _, problems = read("S\n\n## Explanation\n\nx\n\n## Options\n\n- [x] a\n")
    assert problems == ["7: `## Options` stands behind `## Explanation`. Put it before."]


def test_an_open_code_block_is_one_problem_at_its_first_line() -> None:
    body, problems = read("S\n\n````python\nx\n```\n\n## Options\n\n- [x] a\n", first=4)
    assert body is None
    assert problems == ["6: The code block opened here is never closed. Add a line of just ````"]
