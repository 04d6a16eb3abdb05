"""Bytes to text: encodings, sizes, links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mockhall.formats.problems import Report
from mockhall.formats.source import MAX_BYTES, decode, read_source


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"])
def test_line_ends_and_byte_order_marks_make_no_difference(data: bytes) -> None:
    report = Report("f")
    assert decode(data, report) == "a\nb\n"
    assert report.problems == []


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a\nb\xff", 2, "Byte 4 isn't UTF-8"),
        (b"a\n\nb\0", 3, "U+0000"),
        (b"a\r\n\x1b[31m", 2, "U+001B"),
        ("a\n\ufffe".encode(), 2, "U+FFFE"),
        (b"x" * (MAX_BYTES + 1), 0, "over 256 kB"),
    ],
)
def test_what_is_no_clean_text_is_refused(data: bytes, line: int, words: str) -> None:
    report = Report("f")
    assert decode(data, report) is None
    assert [problem.line for problem in report.problems] == [line]
    assert words in report.problems[0].text


def test_a_file_of_exactly_the_greatest_size_is_read() -> None:
    assert decode(b"x" * MAX_BYTES, Report("f")) == "x" * MAX_BYTES


def test_a_link_inside_the_folder_is_followed_and_one_out_of_it_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret").write_text("secret")
    (home / "real.md").write_text("text")
    (home / "inner.md").symlink_to("real.md")
    (home / "outer.md").symlink_to(tmp_path / "secret")
    (home / "loop.md").symlink_to("loop.md")
    (home / "broken.md").symlink_to("absent")
    assert read_source(home / "inner.md", home, Report("f")) == "text"
    for name, words in (("outer.md", "leads out"), ("loop.md", ""), ("broken.md", "isn't a file")):
        report = Report(name)
        assert read_source(home / name, home, report) is None
        assert words in report.problems[0].text
        assert "secret" not in report.problems[0].text


def test_folders_and_pipes_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("folder.md", "pipe.md", "absent.md"):
        report = Report(name)
        assert read_source(tmp_path / name, tmp_path, report) is None
        assert "isn't a file" in report.problems[0].text
