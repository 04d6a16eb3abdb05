"""How a test and its sections are sat, as paper.yaml says it."""

from __future__ import annotations

from dataclasses import asdict, fields
from fractions import Fraction
from pathlib import Path

import pytest

from mockhall.exam.draws import Draw
from mockhall.formats.content import read_folder, read_paper
from mockhall.formats.drawing import draw_problems
from mockhall.formats.paper import Plan, read_plan
from mockhall.formats.problems import Report
from mockhall.formats.values import PaperRules, SectionRules
from mockhall.papers.models import PaperSection, PaperVersion
from tests.formats.texts import PAPER, write_paper
from tests.make import START


def read(text: str) -> tuple[Plan | None, list[tuple[int, str]]]:
    report = Report("paper.yaml")
    plan = read_plan(text, report)
    return plan, [(problem.line, problem.text) for problem in report.problems]


def said(lines: str) -> PaperRules:
    plan, problems = read(PAPER + lines)
    assert problems == []
    assert plan is not None
    assert plan.paper is not None
    return plan.paper.rules


def in_section(*lines: str) -> tuple[Plan | None, list[tuple[int, str]]]:
    """With these lines at the end, in the second section, from line 20 on."""
    return read(PAPER + "".join(f"    {line}\n" for line in lines))


def test_rules_are_named_as_the_columns_that_keep_them() -> None:
    assert {each.name for each in fields(PaperRules)} <= set(PaperVersion.model_fields)
    assert {each.name for each in fields(SectionRules)} <= set(PaperSection.model_fields)
    usual = PaperVersion(paper_id=1, number=1, title="", scheme={}, reveal={}, created_at=START)
    assert {name: getattr(usual, name) for name in asdict(PaperRules())} == asdict(PaperRules()) | {"languages": ["en"]}


def test_a_test_that_says_nothing_has_the_usual_rules() -> None:
    assert said("") == PaperRules()


def test_every_rule_of_a_test_is_read() -> None:
    lines = (
        "shuffle_sections: true\nsave_policy: auto\ntime_up: window\nwindow_minutes: 5\nhard_close: true\n"
        "floor: -2\n"
        "certainty: true\ncalculator: true\npractice: true\nask_name: required\nask_roll: optional\n"
        "access: sign-in\ncode: Open Sesame\n"
        "wait_minutes: 60\nlanguages: [en, hi]\n"
    )
    assert said(lines) == PaperRules(
        True,
        "auto",
        "window",
        5,
        True,
        True,
        True,
        True,
        "required",
        "optional",
        "Open Sesame",
        60,
        ("en", "hi"),
        Fraction(-2),
        access="sign_in",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("save_policy: strict", "`save_policy:` is `auto` or `strict_cbt`"),
        ("floor: 1", "0 or below"),
        ("time_up: window", "`time_up: window` and `window_minutes:` belong together"),
        ("window_minutes: 5", "`time_up: window` and `window_minutes:` belong together"),
        ("wait_minutes: 9999999", "is a whole number"),
        ("ask_roll: yes", "`ask_roll:` is `no`, `optional` or `required`"),
        ("access: cohort", "`access:` is `public` or `sign-in`"),
        ("languages: [en, fr]", "`fr` is no language of ours"),
        ("calculator: 1", "`calculator:` is `true` or `false`"),
        (f"code: {'x' * 41}", "has 41 characters"),
    ],
)
def test_a_rule_that_is_wrong_is_reported_with_its_line(line: str, words: str) -> None:
    _, problems = read(PAPER + line + "\n")
    assert [number for number, _ in problems] == [20]
    assert words in problems[0][1]


def test_certainty_is_not_asked_in_a_strict_test() -> None:
    _, problems = read(PAPER + "certainty: true\nsave_policy: strict_cbt\n")
    assert [number for number, _ in problems] == [20]
    assert "don't go together" in problems[0][1]


def test_every_rule_of_a_section_is_read() -> None:
    plan, problems = in_section(
        "one_way: true", "minutes: {min: 5, max: 20}", "question_seconds: 45", "choose: {first: 3}", "draws:",
        "  - {count: 2, topic: Joins, difficulty: Easy, tag: outer}", "  - count: 1",
    )  # fmt: skip
    assert problems == []
    assert plan is not None
    first, second = plan.sections
    assert (first.rules, first.draws) == (SectionRules(), ())
    assert second.rules == SectionRules(True, 5, 20, 45, "first", 3)
    assert [each.draw for each in second.draws] == [Draw(2, "Joins", "Easy", "outer"), Draw(1)]
    assert [(each.file, each.line) for each in second.draws] == [("paper.yaml", 25), ("paper.yaml", 26)]


def test_a_section_may_be_drawn_whole() -> None:
    text = PAPER.replace("    questions: [03-three]\n", "    draws: [{count: 4}]\n")
    plan, problems = read(text)
    assert problems == []
    assert plan is not None
    assert plan.sections[1].names == ()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["minutes: 20"], "`minutes:` of a section is `{min: 5, max: 20}`"),
        (["minutes: {min: 20, max: 5}"], "`min:` 20 is more than `max:` 5"),
        (["minutes: {max: 10001}"], "`max:` is at most 10,000"),
        (["choose: {best: 2}"], "`choose:` asks for 2 of 1 questions"),
        (["choose: {best: 1, first: 1}"], "one of the two"),
        (["choose: best"], "`choose:` is `{best: 5}` or `{first: 5}`"),
        (["choose: {most: 1}"], "`most` isn't known here"),
        (["draws: 5"], "`draws:` is a list"),
        (["draws: [5]"], "A draw is `{count: 5"),
        (["draws: [{topic: Joins}]"], "`count:` is missing"),
        (["draws: [{count: 1001}]"], "from 1 to 1,000"),
        (["draws: [{count: 1, difficulty: easy}]"], "Did you mean `Easy`?"),
    ],
)
def test_a_rule_of_a_section_that_is_wrong_is_reported_with_its_line(lines: list[str], words: str) -> None:
    _, problems = in_section(*lines)
    assert problems
    assert problems[0][0] == 20
    assert words in problems[0][1]


def test_how_many_a_section_chooses_from_counts_those_drawn() -> None:
    assert in_section("choose: {best: 3}", "draws: [{count: 2}]")[1] == []


# ---------------------------------------------------------------- enough to draw


def drawing(folder: Path, draws: str) -> list[str]:
    """What is said of a paper that draws so in its second section, on line 20, beside one of three questions."""
    write_paper(folder / "papers" / "other")
    write_paper(folder / "papers" / "one", {"paper.yaml": PAPER + f"    draws: {draws}\n"})
    papers, problems = read_folder(folder)
    assert problems == []
    return [str(problem) for problem in draw_problems(papers)]


def test_a_draw_takes_questions_of_the_other_tests(tmp_path: Path) -> None:
    assert drawing(tmp_path, "[{count: 2, topic: Sums}]") == []


def test_a_draw_of_too_many_is_reported_with_file_line_and_how_many_there_are(tmp_path: Path) -> None:
    said = drawing(tmp_path, "[{count: 1}, {count: 3, topic: sums}]")
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}/papers/one/paper.yaml:20: 3 questions of “sums” can't be drawn. ")


def test_a_question_with_a_marking_of_its_own_is_not_drawn(tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "one"
    text = PAPER.replace("    questions: [03-three]\n", "    draws: [{count: 1, topic: Names}]\n")
    write_paper(folder, {"paper.yaml": text})
    (folder / "03-three.md").unlink()
    write_paper(tmp_path / "papers" / "two")
    three = tmp_path / "papers" / "two" / "03-three.md"
    assert draw_problems([paper for paper, _ in map(read_paper, (folder, three.parent)) if paper]) == []
    three.write_text(three.read_text().replace("kind: text", "kind: text\nmarking: {full: 9}"))
    found = draw_problems([paper for paper, _ in map(read_paper, (folder, three.parent)) if paper])
    assert "The bank has none to draw from" in str(found[0])
