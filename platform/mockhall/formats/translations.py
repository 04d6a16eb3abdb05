"""Questions in another language: `translations/hi/NAME.md` beside `NAME.md`, their parts in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mockhall.exam.kinds import Kind
from mockhall.formats.body import Body, read_body
from mockhall.formats.fields import Fields
from mockhall.formats.keys import option_ids
from mockhall.formats.passages import FOLDER as PASSAGES
from mockhall.formats.problems import Problem, Report, suggestion
from mockhall.formats.question import halves
from mockhall.formats.source import read_source
from mockhall.formats.tree import Scalar, Table, read_table
from mockhall.formats.values import Json, QuestionValue

FOLDER = "translations"
LANGUAGE = re.compile(r"[a-z]{2,3}")


class Translations:
    """The translations of one paper's folder while they are read."""

    def __init__(self, folder: Path, slug: str, texts: dict[str, str], problems: list[Problem]) -> None:
        self.folder, self.slug, self.texts, self.problems = folder, slug, texts, problems

    def put_into(self, questions: Mapping[str, QuestionValue | None]) -> dict[str, QuestionValue | None]:
        """The questions with what is translated of each."""
        whole = dict(questions)
        for language, path in self._files():
            report = Report(str(path), path.stem)
            value = whole.get(path.stem)
            text = read_source(path, self.folder, report)
            self.texts[f"{FOLDER}/{language}/{path.name}"] = text or ""
            if path.stem not in questions:
                report.error(
                    0, f"There is no question `{path.stem}.md` to translate.{suggestion(path.stem, questions)}"
                )
            elif value is not None and text is not None:
                whole[path.stem] = self._translated(value, language, text, report)
            self.problems += report.problems
        return whole

    def _files(self) -> Iterator[tuple[str, Path]]:
        home = self.folder / FOLDER
        for language in sorted(home.iterdir()) if home.is_dir() else []:
            if not language.is_dir() or not LANGUAGE.fullmatch(language.name):
                said = "Not read: a language has a folder of its own, named as `hi` for Hindi."
                self.problems.append(Problem(str(language), 0, said, "notice"))
                continue
            yield from ((language.name, path) for path in sorted(language.glob("*.md")))

    def _translated(self, value: QuestionValue, language: str, text: str, report: Report) -> QuestionValue:
        front, markdown, first = (halves(text, report) if text.startswith("---\n") else None) or ("", text, 1)
        body = read_body(markdown, first, report)
        if body is None:
            return value
        if not body.stem:
            report.error(first, "The translation has no text. Write the question in this language.")
        options = self._options(value, body, report) | _gaps(value, front, report)
        kept: dict[str, Json] = {"stem": body.stem, "options": options}
        passage = self._passage(value, language, report)
        whole = {**value.translations, language: {**kept, "passage": passage} if passage else kept}
        solutions = (
            {**value.solution_translations, language: body.solution} if body.solution else value.solution_translations
        )
        explained = {**value.option_solutions, language: why} if (why := self._explained(value, body)) else None
        return replace(
            value, translations=whole, solution_translations=solutions,
            option_solutions=explained or value.option_solutions,
        )  # fmt: skip

    def _explained(self, value: QuestionValue, body: Body) -> dict[str, str]:
        """Why options are right or wrong, in this language."""
        original = read_body(self._markdown(value.ref), 1, Report(""))
        ids = _rows(value, original, self.slug) if original and value.kind in (Kind.SINGLE, Kind.MULTIPLE) else []
        return {each: choice.why for each, choice in zip(ids, body.choices, strict=False) if choice.why}

    def _passage(self, value: QuestionValue, language: str, report: Report) -> str:
        name = value.passage.rpartition("-")[0]
        path = self.folder / FOLDER / language / PASSAGES / f"{name}.md"
        if not name or not path.is_file():
            return ""
        text = (read_source(path, self.folder, report) or "").strip()
        self.texts[f"{FOLDER}/{language}/{PASSAGES}/{path.name}"] = text
        return text

    def _options(self, value: QuestionValue, body: Body, report: Report) -> dict[str, Json]:
        """The words of each option by its id, from rows in the order of the original."""
        original = read_body(self._markdown(value.ref), 1, Report(""))
        ids, words = (_rows(value, original, self.slug), _words(value.kind, body)) if original else ([], [])
        if len(ids) != len(words):
            report.error(
                body.first_line, f"The question has {len(ids)} rows, its translation {len(words)}. Translate each."
            )
        return dict(zip(ids, words, strict=False))

    def _markdown(self, ref: str) -> str:
        found = halves(self.texts[f"{ref}.md"], Report(""))
        return found[1] if found else ""


def _rows(value: QuestionValue, body: Body, slug: str) -> list[str]:
    """The ids of a question's options, sides or items as its file lists them."""
    match value.kind:
        case Kind.TRUE_FALSE:
            return ["t", "f"]
        case Kind.MATCH:
            return _side_ids(value, body, slug)
        case Kind.ORDER:
            texts = [item.text for item in body.items]
        case _:
            texts = [choice.text for choice in body.choices]
    ids = option_ids(slug, value.ref, texts)
    return [ids[text] for text in texts]


def _side_ids(value: QuestionValue, body: Body, slug: str) -> list[str]:
    sides = [f"{side}\0{text}" for pair in body.pairs for side, text in _sides(pair.left, pair.right)]
    left, right = ([each for each in sides if each.startswith(side)] for side in ("left", "right"))
    ids = option_ids(slug, value.ref, left) | option_ids(slug, value.ref, right)
    return [ids[each] for each in sides]


def _words(kind: Kind, body: Body) -> list[Json]:
    if kind is Kind.MATCH:
        return [text for pair in body.pairs for _, text in _sides(pair.left, pair.right)]
    return [row.text for row in (body.items if kind is Kind.ORDER else body.choices)]


def _sides(left: str, right: str) -> list[tuple[str, str]]:
    return [*([("left", left)] if left else []), ("right", right)]


def _gaps(value: QuestionValue, front: str, report: Report) -> dict[str, Json]:
    """The choices of gaps: `gaps:` with `1: {rises: ..., falls: ...}`, the original words first."""
    table = read_table(front, 2, report) if front.strip() else None
    gaps = Fields(table, report, ("gaps",)).node("gaps") if table else None
    found: dict[str, Json] = {}
    for name, node in gaps.pairs if isinstance(gaps, Table) else ():
        known = {each.text: each.id for gap in value.gaps if str(gap.number) == name.text for each in gap.choices}
        for word, said in node.pairs if isinstance(node, Table) else ():
            if word.text not in known or not isinstance(said, Scalar):
                report.error(word.line, f"Gap {name.text} has no choice `{word.text}` to translate.")
            else:
                found[known[word.text]] = said.text
    return found
