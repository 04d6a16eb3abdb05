"""How a problem reads."""

from __future__ import annotations

import pytest

from mockhall.formats.problems import Problem, Report, listed, printable, quoted, suggestion


def test_a_problem_reads_as_file_line_and_text() -> None:
    assert str(Problem("a/b.md", 3, "Wrong.")) == "a/b.md:3: Wrong."
    assert str(Problem("a/b.md", 3, "Odd.", "notice")) == "a/b.md:3: notice: Odd."


def test_a_notice_does_not_fail_a_report_and_an_error_does() -> None:
    report = Report("f")
    report.notice(1, "Odd.")
    assert not report.failed
    report.error(2, "Wrong.")
    assert report.failed


def test_what_a_terminal_or_a_database_cannot_hold_is_escaped() -> None:
    assert printable("a\x1b[31m\0\udcff\u202eé√") == "a\\x1b[31m\\x00\\udcff\\u202eé√"


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "`a`"), (["a", "b"], "`a` or `b`"), (["a", "b", "c"], "`a`, `b` or `c`")]
)
def test_names_are_listed_in_words(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_a_near_word_is_suggested_in_its_own_spelling() -> None:
    assert suggestion("easy", ["Easy", "Hard"]) == " Did you mean `Easy`?"
    assert suggestion("xyz", ["Easy"]) == ""


def test_long_quotes_are_cut() -> None:
    assert len(quoted("x" * 1000)) == 62
