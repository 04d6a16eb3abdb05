"""Shipped questions: every program is run, and whole papers are looked at for what gives the key away."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mockhall.exam.kinds import Kind
from mockhall.formats.content import read_paper
from mockhall.formats.snippets import distractors, expected, program
from mockhall.formats.values import PaperValue, QuestionValue

CONTENT = Path(__file__).parents[2] / "content" / "papers"
SECONDS = 20


def shipped() -> list[PaperValue]:
    """What is broken is left out here: tests/formats/test_content.py names it."""
    papers = [read_paper(path.parent)[0] for path in sorted(CONTENT.glob("*/paper.yaml"))]
    return [paper for paper in papers if paper]


PAPERS = shipped()
SNIPPETS = [(f"{paper.slug}/{q.ref}", q) for paper in PAPERS for q in paper.questions if q.snippet]


def run(code: str) -> tuple[bool, str]:
    """Whether the program ended by itself, and its output or the last line of its traceback."""
    # A warning of the compiler would stand in the candidate's terminal too, so it is an error here.
    command = [sys.executable, "-I", "-W", "error::SyntaxWarning", "main.py"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "main.py").write_text(code, encoding="utf-8")
        done = subprocess.run(
            command, cwd=folder, env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False,
        )  # fmt: skip
    if done.returncode:
        return False, (done.stderr.strip().splitlines() or ["no traceback"])[-1]
    return True, done.stdout


def trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def fault(question: QuestionValue) -> str | None:
    """What is wrong with a snippet's key; None when it is what the program prints."""
    ended, printed = run(program(question.stem) or "raise SystemExit('no program')")
    if not ended and question.output is None:
        return f"the program fails: {printed}"
    wanted = expected(question)
    if wanted is None or trimmed(wanted) != trimmed(printed):
        return f"the key says {wanted!r}, the program {printed!r}"
    same = [text for text in distractors(question) if trimmed(text) == trimmed(printed)]
    return f"a distractor is the output too: {same[0]!r}" if same else None


@pytest.fixture(scope="module")
def faults() -> dict[str, str | None]:
    with ThreadPoolExecutor(4) as pool:
        return dict(zip([name for name, _ in SNIPPETS], pool.map(fault, [q for _, q in SNIPPETS]), strict=True))


@pytest.mark.parametrize("name", [name for name, _ in SNIPPETS])
def test_a_snippet_prints_what_its_key_says(name: str, faults: dict[str, str | None]) -> None:
    assert faults[name] is None, f"{name}: {faults[name]}"


def each_question() -> Iterable[tuple[str, QuestionValue]]:
    return ((f"{paper.slug}/{q.ref}", q) for paper in PAPERS for q in paper.questions)


def test_the_options_of_a_question_differ_in_more_than_spaces() -> None:
    for name, question in each_question():
        folded = ["".join(option.text.split()) for option in question.options]
        if "```" not in "".join(folded):  # code blocks may differ in their indentation
            assert len(set(folded)) == len(folded), name


def positions(paper: PaperValue) -> Counter[int]:
    """How often the key of a single question stands first, second ..."""
    singles = [question for question in paper.questions if question.kind is Kind.SINGLE]
    return Counter([option.id for option in q.options].index(q.key.options[0]) for q in singles)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.slug)
def test_keys_are_spread_over_the_positions(paper: PaperValue) -> None:
    found = positions(paper)
    if found.total() >= 5:
        assert len(found) >= 3, f"keys stand at {dict(found)}"
        assert found.most_common(1)[0][1] <= found.total() * 0.5, f"keys stand at {dict(found)}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.slug)
def test_the_key_is_not_the_longest_option_too_often(paper: PaperValue) -> None:
    singles = [question for question in paper.questions if question.kind is Kind.SINGLE]
    longest = [q.ref for q in singles if max(q.options, key=lambda option: len(option.text)).id in q.key.options]
    assert len(longest) <= max(2, len(singles) * 0.6), longest


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.slug)
def test_no_two_questions_of_a_paper_ask_the_same(paper: PaperValue) -> None:
    stems = Counter(" ".join(question.stem.split()) for question in paper.questions)
    assert stems.most_common(1)[0][1] == 1


def test_the_first_fastapi_paper_has_enough_snippets() -> None:
    for paper in PAPERS:
        if paper.slug == "fastapi-mock-1":
            assert sum(question.snippet for question in paper.questions) >= 8
