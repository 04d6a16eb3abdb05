"""Whole folders: good ones, broken ones, and any bytes at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockhall.exam.marking import Scheme, scheme_of
from mockhall.formats.content import read_folder, read_paper
from tests.formats.texts import NUMERIC, PAPER, SINGLE, SNIPPET, TEXT, good, said, write_paper

CONTENT = Path(__file__).parents[2] / "content"
SHIPPED = sorted(path.parent for path in CONTENT.glob("papers/*/paper.yaml"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_a_shipped_paper_has_no_problem(folder: Path) -> None:
    assert good(read_paper(folder)).slug == folder.name


def test_there_are_shipped_papers() -> None:
    assert SHIPPED


def test_a_paper_is_read_whole(tmp_path: Path) -> None:
    paper = good(read_paper(write_paper(tmp_path / "sums")))
    assert (paper.slug, paper.title, paper.minutes, paper.attempts, paper.reveal) == ("sums", "A test", 40, 3, "mock")
    assert (paper.shuffle_options, paper.shuffle_questions, paper.instructions) == (True, False, "Read.")
    assert [(section.title, section.covers) for section in paper.sections] == [("First", "Sums"), ("Second", "")]
    assert [question.ref for question in paper.questions] == ["01-one", "02-two", "03-three"]


def test_the_nearest_marking_holds_whole_and_reading_it_after_the_outer_ones_changes_nothing(tmp_path: Path) -> None:
    paper_yaml = PAPER.replace("{full: 4, wrong: -1}", "{preset: gate-2}").replace("{full: 2, wrong: 0}", "{full: 3}")
    text = TEXT.replace("kind: text", 'marking: {wrong: "-1/3"}\nkind: text')
    paper = good(read_paper(write_paper(tmp_path / "sums", {"paper.yaml": paper_yaml, "03-three.md": text})))
    section, question = paper.sections[1], paper.questions[2]
    assert paper.sections[0].marking is None
    assert section.marking is not None
    assert question.marking is not None
    assert (section.marking["full"], section.marking["wrong"]) == ("3", "-2/3")
    assert (question.marking["full"], question.marking["wrong"], question.marking["no_negative"]) == ("3", "-1/3", [])
    assert scheme_of(paper.marking, section.marking, question.marking) == Scheme.from_json({**question.marking})


def test_a_broken_paper_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    write_paper(tmp_path / "papers/good")
    write_paper(tmp_path / "papers/bad", {"02-two.md": NUMERIC.replace("12.50", "many")})
    papers, problems = read_folder(tmp_path)
    assert [paper.slug for paper in papers] == ["good"]
    assert [(Path(problem.file).name, problem.line) for problem in problems] == [("02-two.md", 5)]
    assert str(problems[0]).startswith(f"{tmp_path}/papers/bad/02-two.md:5: ")
    assert problems[0].question == "02-two"


def test_a_content_folder_its_papers_and_one_paper_can_all_be_named(tmp_path: Path) -> None:
    folder = write_paper(tmp_path / "papers/good")
    read = [read_folder(path) for path in (tmp_path, tmp_path / "papers", folder)]
    assert [problems for _, problems in read] == [[], [], []]
    assert read[0] == read[1] == read[2]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title: A test\n", "", 1, "`title:` is missing"),
        ("title: A test", "titel: A test", 1, "Did you mean `title`?"),
        ("summary: For the tests.", "summary: [a]", 2, "is a text"),
        ("difficulty: Medium", "difficulty: Hard", 4, "`Easy`, `Medium` or `Advanced`"),
        ("minutes: 40", "minutes: 0", 5, "1 or more"),
        ("minutes: 40", "minutes: -5", 5, "1 or more"),
        ("minutes: 40", "minutes: 1.5", 5, "1 or more"),
        ("marking: {full: 4, wrong: -1}\n", "", 1, "`marking:` is missing"),
        ("wrong: -1}", "wrong: 1}", 6, "0 or below"),
        ("{full: 4, wrong: -1}", "{wrong: -1}", 6, "Add `full:`"),
        ("{full: 4, wrong: -1}", "4", 6, "`{full: 4, wrong: -1}` or"),
        ("{full: 4, wrong: -1}", "{full: 1e-300}", 6, "Write a number"),
        ("{full: 4, wrong: -1}", "{full: 4, partial: most}", 6, "Partial marks are one of"),
        ("reveal: mock", "reveal: mocks", 7, "Did you mean `mock`?"),
        ("attempts: 3", "attempts: three", 8, "1 or more"),
        ("minutes: 40", "shuffle_options: 1", 5, "`true` or `false`"),
        ("- 02-two", "- 02-tow", 16, "Did you mean `02-two`?"),
        ("- 02-two", "- 02-two.md", 16, "without `.md`"),
        ("- 02-two", "- ../../secret", 16, "There is no file"),
        ("- 02-two", "- 01-one", 15, "listed 2 times"),
        ("- 02-two", "- [02-two]", 16, "not a single value"),
        ("      - 02-two\n", "", 11, "Not listed in any section: `02-two`"),
        ("questions: [03-three]", "questions: []", 19, "is an empty list"),
        ("title: Second", "title: First", 17, "Two sections have the title"),
        ("title: Second", "name: Second", 17, "`name` isn't known"),
        ("sections:\n", "sections: none\nsection:\n", 11, "is a list of at least one block"),
        ("      - 02-two\n", "      - 02-two\n  - Third\n", 17, "A section is a block"),
        ("questions: [03-three]", "questions: [03-three", 20, "This isn't YAML"),
    ],
)
def test_a_fault_in_paper_yaml_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert PAPER.count(old) == 1
    paper, problems = read_paper(write_paper(tmp_path / "sums", {"paper.yaml": PAPER.replace(old, new)}))
    assert paper is None
    assert [problem for problem in problems if problem.line == line and words in problem.text], said(problems)


def test_questions_are_checked_even_when_paper_yaml_is_broken_or_absent(tmp_path: Path) -> None:
    folder = write_paper(tmp_path / "sums", {"paper.yaml": "a: [", "01-one.md": SINGLE.replace("Easy", "E")})
    assert {Path(problem.file).name for problem in read_paper(folder)[1]} == {"paper.yaml", "01-one.md"}
    (folder / "paper.yaml").unlink()
    assert {Path(problem.file).name for problem in read_paper(folder)[1]} == {"paper.yaml", "01-one.md"}


@pytest.mark.parametrize("name", ["Sums", "two words", "a--b", "a_b", "-a", "ü", "a" * 81])
def test_a_folder_name_that_is_no_address_is_refused(tmp_path: Path, name: str) -> None:
    paper, problems = read_paper(write_paper(tmp_path / name))
    assert paper is None
    assert "Rename it" in problems[0].text


def test_a_file_name_that_is_no_address_is_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"paper.yaml": PAPER.replace("01-one", "01_One"), "01_One.md": SINGLE}
    paper, problems = read_paper(write_paper(tmp_path / "sums", files))
    assert paper is None
    assert "Rename it" in said(problems)


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text(SINGLE)
    folder = write_paper(tmp_path / "papers/sums")
    (folder / "01-one.md").unlink()
    (folder / "01-one.md").symlink_to(tmp_path / "elsewhere.md")
    assert "leads out" in said(read_paper(folder)[1])
    write_paper(tmp_path / "other")
    (tmp_path / "papers/linked").symlink_to(tmp_path / "other")
    papers, problems = read_folder(tmp_path)
    assert papers == []
    assert said(problems).count("leads out") == 2


def test_stray_files_are_noticed_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    folder = write_paper(tmp_path / "papers/sums", {"notes.txt": "x", ".hidden": "x"})
    (tmp_path / "papers/readme.txt").write_text("x")
    papers, problems = read_folder(tmp_path)
    assert [paper.slug for paper in papers] == [folder.name]
    assert [(Path(problem.file).name, problem.level) for problem in problems] == [
        ("readme.txt", "notice"), ("notes.txt", "notice"),
    ]  # fmt: skip


def test_an_empty_or_absent_folder_is_said_to_be_one(tmp_path: Path) -> None:
    assert "There is no test here" in said(read_folder(tmp_path)[1])
    assert "can't be read" in said(read_folder(tmp_path / "absent")[1])


def test_the_digest_follows_the_text_and_not_line_ends_or_strays(tmp_path: Path) -> None:
    plain = good(read_paper(write_paper(tmp_path / "a/sums")))
    windows = write_paper(tmp_path / "b/sums", {"01-one.md": SINGLE.replace("\n", "\r\n").encode("utf-8-sig")})
    changed = write_paper(tmp_path / "c/sums", {"01-one.md": SINGLE.replace("are two", "make two")})
    assert good(read_paper(windows)) == plain
    assert good(read_paper(changed)).digest != plain.digest
    assert len(plain.digest) == 64


GOOD = [SINGLE, NUMERIC, TEXT, SNIPPET, PAPER]
MARKS = st.sampled_from(
    ["---\n", "- [x] ", "- [ ]", "## Options\n", "## Explanation\n", "```", "~~~~", "{pinned}", "&a ", "*a", "!!int ",
     "%", "\\U", '"', "'", "[", "{", ": ", "\t", "\r", "\x85", "\u2028", "\ufeff", "|\n", "1e9999", "\ud800", "\0"]
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A good file with pieces cut out and marks put in, or no sense at all."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 20))
        text = text[:start] + draw(MARKS | st.text(max_size=8)) + text[end:]
    return draw(st.just(text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paper=st.just(PAPER.encode()) | spoilt(), question=spoilt())
def test_no_bytes_crash_the_reader_and_a_paper_comes_with_no_error(paper: bytes, question: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = write_paper(Path(folder) / "sums", {"paper.yaml": paper, "01-one.md": question})
        value, problems = read_paper(home)
    assert (value is None) == any(problem.level == "error" for problem in problems)
    lines = max(25, *(data.count(b"\r") + data.count(b"\n") for data in (paper, question))) + 1
    for problem in problems:
        assert 0 <= problem.line <= lines
        str(problem).encode()
