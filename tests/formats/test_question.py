"""A question file, read and broken in every way the format names."""

from __future__ import annotations

import pytest

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.exam.paper import Key
from tests.formats.texts import NUMERIC, SINGLE, SNIPPET, TEXT, good_question, question, said

MARKED = "tags: [adding, small numbers]"
LONG = "".join(f"- [ ] {number}\n" for number in range(3, 12))


def test_a_single_question_is_read_whole() -> None:
    value = good_question(SINGLE)
    assert (value.ref, value.kind, value.topic, value.difficulty) == ("q", Kind.SINGLE, "Sums", Difficulty.EASY)
    assert value.stem == "What is $1 + 1$?"
    assert [(option.text, option.pinned) for option in value.options] == [
        ("`1`", False), ("`2`", False), ("None of these", True),
    ]  # fmt: skip
    assert value.key.to_json() == {"options": [value.options[1].id]}
    assert value.solution == "One and one are two."
    assert value.tags == ("adding", "small numbers")
    assert value.reference == "https://example.org/sums"


def test_a_number_keeps_the_digits_the_author_wrote() -> None:
    value = good_question(NUMERIC)
    assert value.key.to_json() == {"value": "12.50", "tolerance": "0.01"}
    assert value.unit == "km/h"


def test_a_range_and_a_relative_tolerance_are_read() -> None:
    ranged = good_question(NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "range: [3, 4.0]"))
    assert ranged.key.to_json() == {"low": "3", "high": "4.0"}
    relative = good_question(NUMERIC.replace("tolerance", "relative_tolerance"))
    assert relative.key.to_json() == {"value": "12.50", "relative": "0.01"}


def test_a_text_key_keeps_words_that_yaml_takes_for_something_else() -> None:
    value = good_question(TEXT.replace("gather]", "no, 007, null-ish]\ncase_sensitive: true"))
    assert value.key.to_json() == {"answers": ["asyncio.gather", "no", "007", "null-ish"], "case": True}


@pytest.mark.parametrize("text", [SINGLE, NUMERIC, TEXT, SNIPPET])
def test_the_rules_of_the_exam_read_every_key(text: str) -> None:
    Key.from_json(good_question(text).key.to_json())


def test_spaces_behind_the_front_matters_rules_change_nothing() -> None:
    assert good_question(SINGLE.replace("---\n", "---  \n")) == good_question(SINGLE)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SINGLE.replace("kind: single", "kind: singel"), 2, "Did you mean `single`?"),
        (SINGLE.replace("kind: single\n", ""), 2, "`kind:` is missing"),
        (SINGLE.replace("kind: single", "kind: [single]"), 2, "not a list"),
        (SINGLE.replace("topic: Sums", "topic:"), 3, "`topic:` is empty"),
        (SINGLE.replace("topic: Sums", "topic: " + "x" * 121), 3, "within 120"),
        (SINGLE.replace("difficulty: Easy", "difficulty: easy"), 4, "Did you mean `Easy`?"),
        (SINGLE.replace("difficulty: Easy", "dificulty: Easy"), 4, "Did you mean `difficulty`?"),
        (SINGLE.replace(MARKED, "zzz: 1"), 5, "`zzz` isn't known here. Known are `kind`"),
        (SINGLE.replace(MARKED, "topic: Again"), 5, "`topic` stands twice"),
        (SINGLE.replace(MARKED, "tags: adding"), 5, "`tags:` is a list"),
        (SINGLE.replace(MARKED, "tags: [a, [b]]"), 5, "not a single value"),
        (SINGLE.replace(MARKED, "snippet: yes"), 5, "`snippet:` is `true` or `false`"),
        (SINGLE.replace(MARKED, "answer: 3"), 5, "`answer:` belongs to numeric questions"),
        (SINGLE.replace(MARKED, "answers: [a]"), 5, "`answers:` belongs to text questions"),
        (SINGLE.replace(MARKED, "output: x"), 5, "`output:` needs `snippet: true`"),
        (SINGLE.replace(MARKED, "marking: {full: 0, wrong: 1}"), 5, "A right answer earns more than 0"),
        (SINGLE.replace(MARKED, "marking: {full: 0, wrong: 1}"), 5, "`wrong:` This is 0 or below."),
        (SINGLE.replace(MARKED, "marking:\n  preset: jee"), 6, "There is no preset 'jee'"),
        (SINGLE.replace("https:", "javascript:"), 6, "beginning with https://"),
        (SINGLE.replace("https://example.org/sums", "https://[::1"), 6, "beginning with https://"),
        (SINGLE.replace("https://example.org/sums", "https:///nowhere"), 6, "beginning with https://"),
        (SINGLE.replace(MARKED, "tags: [a"), 6, "This isn't YAML"),
        (SINGLE.replace("What is $1 + 1$?", ""), 8, "The question has no text"),
        (SINGLE.replace("- [x]", "- [ ]"), 10, "No option is marked as right"),
        (SINGLE.replace("- [ ] N", "- [x] N"), 14, "A second option is marked as right"),
        (SINGLE.replace("None of these", "`2`"), 14, "the same as that in line 13"),
        (SINGLE.replace("- [ ] `1`\n", LONG), 10, "There are 11 options. Give 2 to 10."),
        (SINGLE.replace("- [ ] `1`\n", "").replace("- [ ] None of these {pinned}\n", ""), 10, "There are 1 options"),
        (SINGLE.replace("## Options", "## Option"), 10, "Did you mean `Options`?"),
        (SINGLE.replace("## Options", "### Options"), 8, "needs `## Options`"),
        (SINGLE.replace("- [ ] `1`", "- `1`"), 12, "An option begins with `- [ ] `"),
        (SINGLE.replace("- [ ] `1`", "- [ ] `1`\nand on"), 13, "by two spaces"),
        (SINGLE.replace("- [ ] `1`", "- [ ]"), 12, "This option has no text"),
        (SINGLE.replace("One and one are two.", ""), 8, "There is no explanation"),
        (SINGLE.replace("## Explanation", "## Explanations"), 16, "Did you mean `Explanation`?"),
        (SINGLE + "\n## Explanation\n\nMore.\n", 20, "stands twice"),
        (SINGLE.replace("## Options", "```python"), 10, "never closed"),
        (SINGLE.replace("---\nkind", "kind"), 1, "has to begin with a line of `---`"),
        (SINGLE.replace("sums\n---", "sums"), 1, "The front matter begun here has no end"),
        ("---\n---\nStem\n\n## Explanation\n\nx\n", 2, "Lines of the form `name: value`"),
        (NUMERIC.replace("answer: 12.50\n", ""), 2, "`answer:` is missing"),
        (NUMERIC.replace("12.50", "12,50"), 5, "is a number like 12.5"),
        (NUMERIC.replace("12.50", "1e999999999"), 5, "is a number like 12.5"),
        (NUMERIC.replace("12.50", ".nan"), 5, "is a number like 12.5"),
        (NUMERIC.replace("12.50", "0x1F"), 5, "is a number like 12.5"),
        (NUMERIC.replace("0.01", "-0.01"), 6, "`tolerance:` is below 0"),
        (NUMERIC.replace("unit: km/h", "relative_tolerance: 0.1"), 7, "There are two tolerances"),
        (NUMERIC.replace("unit: km/h", "range: [1, 2]"), 5, "exclude each other"),
        (NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "range: [4, 3]"), 5, "begins at 4, above its end 3"),
        (NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "range: [4]"), 5, "`range:` has two ends"),
        (NUMERIC.replace("answer: 12.50\ntolerance: 0.01", "range: 4"), 5, "`range:` is a list"),
        (NUMERIC.replace("## Explanation", "## Options\n\n- [x] 1\n\n## Explanation"), 11, "has no options"),
        (TEXT.replace('["asyncio.gather", gather]', "[]"), 5, "is an empty list"),
        (TEXT.replace('["asyncio.gather", gather]', "gather"), 5, "is a list"),
        (TEXT.replace("gather]", '""]'), 5, "an entry that is empty"),
        (TEXT.replace("gather]", "g" * 2001 + "]"), 5, "over 2000 characters"),
        (TEXT.replace("answers", "case_sensitive: maybe\nanswers"), 5, "is `true` or `false`"),
        (SNIPPET.replace("```python main.py", "```text"), 7, "needs a ```python block"),
        (SNIPPET.replace("single", "multiple").replace("- [ ]", "- [x]"), 7, "Add `output: |`"),
        (SINGLE.replace(MARKED, "tags: &a [x, *a]"), 5, "aren't used here"),
        (SINGLE.replace(MARKED, "tags: !!python/object:os.system [x]"), 5, "tags aren't used here"),
        (SINGLE.replace(MARKED, 'tags: ["\\0"]'), 5, "makes a control character"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, line: int, words: str) -> None:
    value, problems = question(text)
    assert value is None
    assert [problem for problem in problems if problem.line == line and words in problem.text], said(problems)
    assert all(problem.question == "q" for problem in problems)


def test_faults_in_both_halves_of_a_file_are_all_reported() -> None:
    text = SINGLE.replace("Easy", "Hard").replace("topic: Sums", "foo: 1").replace("- [x]", "- [ ]")
    _, problems = question(text.replace("One and one are two.", ""))
    assert len(problems) == 5, said(problems)


def test_a_twice_named_answer_is_only_a_notice() -> None:
    value, problems = question(TEXT.replace("gather]", '"Asyncio.Gather"]'))
    assert value is not None
    assert {problem.level for problem in problems} == {"notice"}
    assert "notice: `answers:`" in str(problems[0])


def test_two_code_blocks_that_differ_in_their_indentation_are_different_options() -> None:
    block = "- [{}] ```python\n  if x:\n  {}y\n  ```\n"
    options = block.format(" ", "  ") + block.format("x", "    ")
    head, tail = SINGLE.split("- [ ] `1`")[0], SINGLE.split("{pinned}\n")[1]
    value = good_question(head + options + tail)
    assert value.options[0].text == "```python\nif x:\n  y\n```"
    assert value.options[1].text == "```python\nif x:\n    y\n```"


def test_marking_of_a_question_stands_whole_with_its_presets_resolved() -> None:
    value = good_question(SINGLE.replace(MARKED, "marking: {preset: gate-1}"))
    assert value.marking == {
        "full": "1", "wrong": "-1/3", "partial": "none", "floor": None, "no_negative": ["multiple", "numeric"],
    }  # fmt: skip
