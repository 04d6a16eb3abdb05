"""One question file: front matter and Markdown to a value."""

from __future__ import annotations

from urllib.parse import urlsplit

from mockhall.exam.kinds import Difficulty, Kind
from mockhall.formats.body import Body, read_body
from mockhall.formats.fields import Fields
from mockhall.formats.keys import (
    OWNERS,
    TRUE_FALSE,
    check_owners,
    explanations,
    read_number,
    read_options,
    read_texts,
    read_true_false,
)  # fmt: skip
from mockhall.formats.part_keys import read_cloze, read_match, read_order
from mockhall.formats.problems import Report, quoted
from mockhall.formats.schemes import Override, read_override, resolved
from mockhall.formats.snippets import expected, program
from mockhall.formats.tree import read_table
from mockhall.formats.values import GapValue, KeyValue, OptionValue, QuestionValue

COMMON = ("kind", "topic", "difficulty", "tags", "reference", "snippet", "output", "marking", "passage")
NAMES = (*COMMON, *OWNERS)
ORIGINAL = "en"


def read_question(
    text: str, slug: str, ref: str, report: Report, outer: tuple[Override | None, ...] = ()
) -> QuestionValue | None:
    """The question in a file's text; None when the report holds an error.

    `outer` is what paper and section say about marking. Both halves of the file are checked, whatever is wrong in one.
    """
    found = halves(text, report)
    if found is None:
        return None
    front, markdown, first = found
    table = read_table(front, 2, report)
    body = read_body(markdown, first, report)
    if body is not None:
        _check_body(body, report)
    if table is None:
        return None
    value = _value(Fields(table, report, NAMES), body, slug, ref, outer)
    return None if report.failed else value


def halves(text: str, report: Report) -> tuple[str, str, int] | None:
    """Front matter, Markdown, and the line the Markdown begins at."""
    lines = text.split("\n")
    rules = [place for place, line in enumerate(lines) if line.rstrip() == "---"]
    if not rules or rules[0] != 0:
        report.error(1, "The file has to begin with a line of `---`, then the front matter. Add it.")
        return None
    if len(rules) < 2:
        report.error(1, "The front matter begun here has no end. Put a line of `---` behind it.")
        return None
    end = rules[1]
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _check_body(body: Body, report: Report) -> None:
    if not body.stem.strip():
        report.error(body.first_line, "The question has no text. Write it below the front matter.")
    if not body.solution.strip():
        report.error(body.first_line, "There is no explanation. Add `## Explanation` and why the key is right.")


def _value(
    fields: Fields, body: Body | None, slug: str, ref: str, outer: tuple[Override | None, ...]
) -> QuestionValue | None:
    report = fields.report
    kind, difficulty = fields.choice("kind", list(Kind)), fields.choice("difficulty", list(Difficulty))
    override = read_override(fields)
    topic, reference = fields.text("topic", 120, required=True), _reference(fields)
    tags = tuple(tag.text.strip() for tag in fields.scalars("tags"))
    snippet, unit = fields.flag("snippet", default=False), fields.text("unit", 40)
    output = _output(fields, snippet=snippet)
    answered = _answered(Kind(kind), fields, body, slug, ref) if kind and body else None
    if body is None or answered is None or not difficulty or report.failed:
        return None
    options, gaps, key = answered
    value = QuestionValue(
        ref, Kind(kind), body.stem, options, key, body.solution, topic, Difficulty(difficulty),
        tags, reference, unit, snippet, output, resolved(*outer, override) if override else None, gaps,
        fields.text("passage", 40), option_solutions=_option_solutions(body, slug, ref),
    )  # fmt: skip
    _check_snippet(value, body, report)
    return value


def _option_solutions(body: Body, slug: str, ref: str) -> dict[str, dict[str, str]]:
    found = explanations(slug, ref, body.choices)
    return {ORIGINAL: found} if found else {}


def _answered(
    kind: Kind, fields: Fields, body: Body, slug: str, ref: str
) -> tuple[tuple[OptionValue, ...], tuple[GapValue, ...], KeyValue]:
    """What the kind is answered with, and its key."""
    report = fields.report
    check_owners(kind, fields, body, report)
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            options, key = read_options(kind, body, slug, ref, report)
        case Kind.TRUE_FALSE:
            options, key = TRUE_FALSE, read_true_false(fields)
        case Kind.MATCH:
            options, key = read_match(body, slug, ref, report)
        case Kind.ORDER:
            options, key = read_order(body, slug, ref, report)
        case Kind.CLOZE:
            gaps, key = read_cloze(fields, body, slug, ref)
            return (), gaps, key
        case _:
            options, key = (), read_number(fields) if kind is Kind.NUMERIC else read_texts(fields)
    return options, (), key


def _reference(fields: Fields) -> str:
    written = fields.text("reference", 500)
    try:
        parts = urlsplit(written)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not set(written) & set(" \t\n<>\"'`\\")
    except ValueError:
        good = False
    if written and not good:
        said = f"`reference:` is a web address beginning with https:// or http://, not {quoted(written)}."
        fields.report.error(fields.line("reference"), said)
    return written


def _output(fields: Fields, *, snippet: bool) -> str | None:
    if not fields.has("output"):
        return None
    if not snippet:
        fields.report.error(fields.line("output"), "`output:` needs `snippet: true`. Add that, or delete the output.")
    return fields.text("output", 10_000).strip("\n")


def _check_snippet(value: QuestionValue, body: Body, report: Report) -> None:
    if not value.snippet:
        return
    if program(value.stem) is None:
        report.error(body.first_line, "`snippet: true` needs a ```python block in the question's text. Add it.")
    if expected(value) is None:
        said = "The key doesn't say what the snippet prints. Add `output: |` to the front matter."
        report.error(body.first_line, said)
