"""Folders of content/: papers with their questions, as content/README.md describes them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from mockhall.formats.images import FOLDER as IMAGES
from mockhall.formats.images import read_pictures, unused
from mockhall.formats.paper import Plan, read_plan
from mockhall.formats.passages import FOLDER as PASSAGES
from mockhall.formats.passages import check_together, read_passages, with_passages
from mockhall.formats.problems import Problem, Report, listed, printable, suggestion
from mockhall.formats.question import read_question
from mockhall.formats.schemes import Override, resolved
from mockhall.formats.source import read_source
from mockhall.formats.translations import FOLDER as TRANSLATIONS
from mockhall.formats.translations import Translations
from mockhall.formats.values import ImageValue, PaperValue, QuestionValue, SectionValue

PAPER = "paper.yaml"
FOLDERS = (PASSAGES, TRANSLATIONS, IMAGES)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
RENAME = f"Rename it: small letters, digits and single hyphens, at most {LONGEST_SLUG} characters."


def read_folder(folder: Path) -> tuple[list[PaperValue], list[Problem]]:
    """All papers below a content folder, its `papers` folder, or a paper's own; those without an error, by name.

    Every problem of every file is in the list. Nothing is raised whatever the files hold.
    """
    if (folder / PAPER).is_file():
        paper, problems = read_paper(folder)
        return [paper] if paper else [], problems
    home = folder / "papers" if (folder / "papers").is_dir() else folder
    report = Report(str(home))
    entries = _entries(home, report)
    read = [_outside(path, home) or read_paper(path) for path in entries if path.is_dir()]
    if not read and not report.failed:
        report.error(0, f"There is no test here. A test is a folder with a {PAPER}.")
    stray = [_notice(path, "Not read: a test is a folder of its own.") for path in entries if not path.is_dir()]
    problems = report.problems + stray + [problem for _, found in read for problem in found]
    return [paper for paper, _ in read if paper], problems


def _notice(path: Path, text: str) -> Problem:
    return Problem(printable(str(path)), 0, text, "notice")


def _outside(path: Path, home: Path) -> tuple[None, list[Problem]] | None:
    report = Report(str(path))
    try:
        if path.resolve().is_relative_to(home.resolve()):
            return None
    except (OSError, RuntimeError):
        pass
    report.error(0, "This is a link that leads out of the folder. Put the folder itself here.")
    return None, report.problems


def _entries(folder: Path, report: Report) -> list[Path]:
    """What stands in the folder, hidden files left out, in the order of the names."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        report.error(0, f"The folder can't be read: {error.strerror}.")
        return []


def read_paper(folder: Path) -> tuple[PaperValue | None, list[Problem]]:
    """The paper in a folder, None when an error is among the problems. Files are named by `folder` as given."""
    return _Folder(folder).read()


class _Folder:
    """One paper's folder while it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name or folder.resolve().name
        self.report = Report(str(folder / PAPER))
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self.images: tuple[ImageValue, ...] = ()

    def read(self) -> tuple[PaperValue | None, list[Problem]]:
        entries = _entries(self.folder, self.report)
        self._check_names(entries)
        text = read_source(self.folder / PAPER, self.folder, self.report)
        plan = read_plan(text, self.report) if text is not None else None
        self.texts[PAPER] = text or ""
        files = {path.stem: path for path in entries if path.suffix == ".md"}
        if plan:
            self._check_listing(plan, files)
        questions = self._whole({ref: self._question(path, _outer(plan, ref)) for ref, path in files.items()})
        if plan:
            refs = [[name.text for name in section.names] for section in plan.sections]
            check_together(refs, questions, plan.line, self.report)
        problems = self.report.problems + self.problems
        if plan is None or plan.paper is None or any(problem.level == "error" for problem in problems):
            return None, problems
        sections = _sections(plan, {ref: value for ref, value in questions.items() if value})
        return replace(
            plan.paper, slug=self.slug, sections=sections, digest=self._digest(), images=self.images
        ), problems

    def _whole(self, questions: dict[str, QuestionValue | None]) -> dict[str, QuestionValue | None]:
        """With the passages they share, and in other languages."""
        passages = read_passages(self.folder, self.slug, self.texts, self.problems)
        whole = with_passages(questions, passages, self.folder, self.problems)
        whole = Translations(self.folder, self.slug, self.texts, self.problems).put_into(whole)
        pictures = read_pictures(self.folder, self.texts, self.problems)
        self.images = tuple(pictures.found.values())
        self.problems += unused(pictures, self.texts)
        return {ref: value and pictures.put_into(value, self.problems) for ref, value in whole.items()}

    def _check_names(self, entries: list[Path]) -> None:
        if len(self.slug) > LONGEST_SLUG or not SLUG.fullmatch(self.slug):
            said = f"The folder's name is the test's address. {RENAME}"
            self.problems.append(Problem(printable(str(self.folder)), 0, said))
        for path in entries:
            if path.suffix != ".md" and path.name not in (PAPER, *FOLDERS):
                self.problems.append(_notice(path, f"Not read: only {PAPER}, .md files and {listed(FOLDERS)} are."))

    def _check_listing(self, plan: Plan, files: dict[str, Path]) -> None:
        counts = Counter(name.text for name in plan.names)
        for name in plan.names:
            if counts[name.text] > 1:
                self.report.error(name.line, f"`{name.text}` is listed {counts[name.text]} times. Keep one.")
            if name.text not in files:
                hint = suggestion(name.text.removesuffix(".md"), files) or " Write the file, or delete the line."
                self.report.error(name.line, f"There is no file `{name.text}.md`; names stand without `.md`.{hint}")
        left = [ref for ref in files if ref not in counts]
        if left:
            said = f"Not listed in any section: {listed(left)}. List each once, or delete the file."
            self.report.error(plan.line, said)

    def _question(self, path: Path, outer: tuple[Override | None, ...]) -> QuestionValue | None:
        report = Report(str(path), path.stem)
        if len(path.stem) > LONGEST_SLUG or not SLUG.fullmatch(path.stem):
            report.error(0, f"The file's name is the question's address. {RENAME}")
        text = read_source(path, self.folder, report)
        value = read_question(text, self.slug, path.stem, report, outer) if text is not None else None
        self.texts[path.name] = text or ""
        self.problems += report.problems
        return value

    def _digest(self) -> str:
        """Over names and texts; line ends and byte order marks, which editors change by themselves, don't count."""
        whole = hashlib.sha256()
        for name, text in sorted(self.texts.items()):
            data = text.encode()
            whole.update(f"{name}\0{len(data)}\0".encode() + data)
        return whole.hexdigest()


def _sections(plan: Plan, questions: dict[str, QuestionValue]) -> tuple[SectionValue, ...]:
    return tuple(
        SectionValue(
            title=section.title,
            covers=section.covers,
            marking=resolved(plan.override, section.override) if section.override else None,
            questions=tuple(questions[name.text] for name in section.names),
            rules=section.rules,
            draws=section.draws,
        )
        for section in plan.sections
    )


def _outer(plan: Plan | None, ref: str) -> tuple[Override | None, ...]:
    if plan is None:
        return ()
    return plan.override, next((each.override for each in plan.sections if ref in each.refs), None)
