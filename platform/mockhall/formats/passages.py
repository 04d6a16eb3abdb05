"""Texts that several questions are about: `passages/NAME.md`, named in a question's front matter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from mockhall.formats.problems import Problem, Report, printable, suggestion
from mockhall.formats.source import read_source
from mockhall.formats.values import QuestionValue

FOLDER = "passages"
LONGEST = 20_000


@dataclass(frozen=True)
class Passage:
    """A passage under the code it is stored with, which tells it from one of another paper."""

    code: str
    text: str


def read_passages(folder: Path, slug: str, texts: dict[str, str], problems: list[Problem]) -> dict[str, Passage]:
    """The passages of a paper's folder by name; `texts` gets what was read, `problems` what is wrong."""
    found: dict[str, Passage] = {}
    for path in sorted((folder / FOLDER).glob("*.md")) if (folder / FOLDER).is_dir() else []:
        report = Report(str(path))
        text = (read_source(path, folder, report) or "").strip()
        if not report.failed and not 0 < len(text) <= LONGEST:
            report.error(0, f"A passage has a text of up to {LONGEST:,} characters. This one has {len(text):,}.")
        texts[f"{FOLDER}/{path.name}"] = text
        problems += report.problems
        found[path.stem] = Passage(_code(slug, path.stem), text)
    return found


def _code(slug: str, name: str) -> str:
    return f"{name[:33]}-{hashlib.sha256(f'{slug}/{name}'.encode()).hexdigest()[:6]}"


Questions = Mapping[str, QuestionValue | None]


def with_passages(
    questions: Questions, passages: Mapping[str, Passage], folder: Path, problems: list[Problem]
) -> dict[str, QuestionValue | None]:
    """The questions with the text of the passage each names."""
    whole = dict(questions)
    for ref, value in questions.items():
        if value is None or not value.passage:
            continue
        passage = passages.get(value.passage)
        if passage is None:
            said = (
                f"There is no `{FOLDER}/{value.passage}.md`.{suggestion(value.passage, passages) or ' Write the file.'}"
            )
            problems.append(Problem(printable(str(folder / f"{ref}.md")), 0, said, "error", ref))
        else:
            whole[ref] = replace(value, passage=passage.code, passage_text=passage.text)
    used = {value.passage for value in questions.values() if value}
    unused = (folder / FOLDER / f"{name}.md" for name in sorted(set(passages) - used))
    problems.extend(Problem(printable(str(path)), 0, "No question names it.", "notice") for path in unused)
    return whole


def check_together(refs: Sequence[Sequence[str]], questions: Questions, line: int, report: Report) -> None:
    """Questions of one passage stand side by side in one section; `refs` are those of each section."""
    runs: list[str] = []
    for section in refs:
        values = (questions.get(ref) for ref in section)
        runs += [code for code, _ in groupby(value.passage if value else "" for value in values) if code]
    for code in sorted({code for code in runs if runs.count(code) > 1}):
        name = code.rpartition("-")[0]
        report.error(line, f"The questions of the passage `{name}` are apart. List them one after the other.")
