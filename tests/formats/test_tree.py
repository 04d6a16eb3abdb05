"""YAML with its lines, and the YAML that is refused."""

from __future__ import annotations

import time

import pytest

from mockhall.formats.problems import Report
from mockhall.formats.tree import Items, Scalar, Table, read_table


def read(text: str, first: int = 1) -> tuple[Table | None, Report]:
    report = Report("f.yaml")
    return read_table(text, first, report), report


def test_scalars_stay_the_text_that_was_written() -> None:
    table, _ = read("a: 0.10\nb: no\nc: 2024-01-01\nd: '7'\ne: 1_000\n")
    assert table is not None
    texts = [node.text for _, node in table.pairs if isinstance(node, Scalar)]
    assert texts == ["0.10", "no", "2024-01-01", "7", "1_000"]


def test_every_node_knows_its_line_counted_from_the_first_of_the_file() -> None:
    table, _ = read("a: 1\nb:\n  - x\n  - y\nc: |\n  long\n  text\nd: {e: 1}\n", first=10)
    assert table is not None
    assert [name.line for name, _ in table.pairs] == [10, 11, 14, 17]
    items = table.get("b")
    assert isinstance(items, Items)
    assert [item.line for item in items.items] == [12, 13]


def test_unicode_line_separators_do_not_count_as_lines() -> None:
    table, _ = read('a: "x\u2028y"\nb: 1\n')
    assert table is not None
    assert [name.line for name, _ in table.pairs] == [1, 2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: [1\n", 3, "This isn't YAML"),
        ("a: 1\n\tb: 2\n", 2, "never with tabs"),
        ("a: 1\nb: c: d\n", 2, "between quotes"),
        ("a: &x 1\nb: *x\n", 1, "aren't used here"),
        ("a: 1\nb: *x\n", 2, "aren't used here"),
        ("a: !!binary x\n", 1, "tags aren't used"),
        ("a: 1\na: 2\n", 2, "stands twice"),
        ("? [a]\n: 1\n", 1, "has to be a word"),
        ("- a\n", 1, "`name: value`"),
        ("", 1, "`name: value`"),
        ("a: 1\n---\nb: 2\n", 2, "second `---`"),
        ('a: 1\nb: "\\ud800"\n', 2, "control character"),
        ('a: "\\UFFFFFFFF"\n', 1, "odd characters"),
        ("%YAML 1." + "9" * 5000 + "\n--- {}\n", 1, "odd characters"),
        ("a: " + "[" * 20 + "]" * 20, 1, "8 deep"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, line: int, words: str) -> None:
    _, report = read(text)
    assert [p for p in report.problems if p.line == line and words in p.text], [str(p) for p in report.problems]


@pytest.mark.parametrize("text", ["a: " + "[" * 200_000, "a: [" + "a," * 100_000 + "]", "a:\n" * 60_000])
def test_bombs_of_depth_and_number_end_quickly(text: str) -> None:
    started = time.monotonic()
    _, report = read(text)
    assert report.failed
    assert time.monotonic() - started < 15
