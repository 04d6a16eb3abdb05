"""A test's paper.yaml: what it says before the questions are looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from mockhall.exam.kinds import Difficulty
from mockhall.exam.reveal import PRESETS, needs_close
from mockhall.formats import paper_rules
from mockhall.formats.fields import Fields
from mockhall.formats.problems import Report, quoted
from mockhall.formats.schemes import Override, read_override, resolved
from mockhall.formats.tree import Items, Node, Scalar, Table, read_table
from mockhall.formats.values import DrawValue, PaperValue, SectionRules

REVEALS = ("practice", "mock", "contest")
NAMES = (
    "title", "summary", "topic", "difficulty", "minutes", "marking", "reveal", "attempts", "shuffle_options",
    "shuffle_questions", "instructions", "opens", "closes", "sections", *paper_rules.PAPER_NAMES,
)  # fmt: skip
SECTION_NAMES = ("title", "covers", "marking", "questions", *paper_rules.SECTION_NAMES)


@dataclass(frozen=True)
class SectionPlan:
    """A section with the names of its question files."""

    line: int
    title: str
    covers: str
    override: Override | None
    names: tuple[Scalar, ...]
    rules: SectionRules
    draws: tuple[DrawValue, ...]

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(name.text for name in self.names)


@dataclass(frozen=True)
class Plan:
    """A paper.yaml as read. `line` is where its sections begin; `paper` lacks them still; None after an error."""

    line: int
    override: Override | None
    sections: tuple[SectionPlan, ...]
    paper: PaperValue | None

    @property
    def names(self) -> tuple[Scalar, ...]:
        return tuple(name for section in self.sections for name in section.names)


def read_plan(text: str, report: Report) -> Plan | None:
    """What paper.yaml says; None when it isn't YAML."""
    table = read_table(text, 1, report)
    if table is None:
        return None
    fields = Fields(table, report, NAMES)
    override = read_override(fields)
    _check_marking(fields, override)
    sections = _sections(fields)
    return Plan(fields.line("sections"), override, sections, _paper(fields, override))


def _check_marking(fields: Fields, override: Override | None) -> None:
    fields.need("marking")
    if override is not None and not override.keys() & {"preset", "full"}:
        fields.report.error(fields.line("marking"), "`marking:` doesn't say what a right answer earns. Add `full:`.")


def _paper(fields: Fields, override: Override | None) -> PaperValue | None:
    title, summary = fields.text("title", 160, required=True), fields.text("summary", 1000, required=True)
    topic, instructions = fields.text("topic", 120, required=True), fields.text("instructions", 20_000)
    difficulty, reveal = fields.choice("difficulty", list(Difficulty)), fields.choice("reveal", REVEALS)
    minutes, attempts = fields.whole("minutes"), fields.whole("attempts")
    options = fields.flag("shuffle_options", default=True)
    questions = fields.flag("shuffle_questions", default=False)
    opens, closes = fields.instant("opens"), fields.instant("closes")
    _check_times(fields, reveal, opens, closes)
    rules = paper_rules.read_paper_rules(fields)
    if fields.report.failed:
        return None
    return PaperValue(
        "", title, summary, topic, Difficulty(difficulty), minutes, resolved(override), reveal, attempts, options,
        questions, instructions, sections=(), digest="", opens_at=opens, closes_at=closes, rules=rules,
    )  # fmt: skip


def _check_times(fields: Fields, reveal: str, opens: datetime | None, closes: datetime | None) -> None:
    if opens is not None and closes is not None and opens >= closes:
        fields.report.error(fields.line("closes"), "`closes:` is not after `opens:`. Mend one of them.")
    if reveal and needs_close(PRESETS[reveal]) and fields.node("closes") is None:
        said = f"`reveal: {reveal}` shows something only after the close. Add `closes:`, or choose another."
        fields.report.error(fields.line("reveal"), said)


def _sections(fields: Fields) -> tuple[SectionPlan, ...]:
    node = fields.need("sections")
    if node is None:
        return ()
    if not isinstance(node, Items) or not node.items:
        fields.report.error(node.line, "`sections:` is a list of at least one block beginning with `- title:`.")
        return ()
    sections = tuple(section for item in node.items if (section := _section(item, fields.report)))
    counts = Counter(section.title for section in sections)
    for section in sections:
        if section.title and counts[section.title] > 1:
            fields.report.error(section.line, f"Two sections have the title {quoted(section.title)}. Rename one.")
    return sections


def _section(node: Node, report: Report) -> SectionPlan | None:
    if not isinstance(node, Table):
        report.error(node.line, "A section is a block with `title:` and `questions:`.")
        return None
    fields = Fields(node, report, SECTION_NAMES)
    names = fields.scalars("questions", required=not fields.has("draws"))
    rules, draws = paper_rules.read_section_rules(fields, len(names))
    return SectionPlan(
        line=node.line,
        title=fields.text("title", 160, required=True),
        covers=fields.text("covers", 400),
        override=read_override(fields),
        names=names,
        rules=rules,
        draws=draws,
    )
