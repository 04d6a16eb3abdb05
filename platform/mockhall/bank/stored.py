"""A stored question as the form that edits it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockhall.bank import gaps
from mockhall.bank.draft import Choice, Draft, Pair, Step, with_rows
from mockhall.bank.models import QuestionVersion
from mockhall.bank.numbers import line_of
from mockhall.exam.exact import parse_exact, plain
from mockhall.exam.kinds import Kind


@dataclass(frozen=True)
class Before:
    """What an edit has to know of what is stored: every option id the question ever had, and its newest version."""

    ids: frozenset[str] = frozenset()
    version: QuestionVersion | None = None

    @property
    def scheme(self) -> dict[str, Any] | None:
        return self.version.scheme if self.version else None

    @property
    def gap_choices(self) -> dict[str, Sequence[Mapping[str, str]]]:
        """The choices of each gap of a cloze."""
        if self.version is None or self.version.kind != Kind.CLOZE:
            return {}
        return {str(row["gap"]): row.get("choices", []) for row in self.version.options}

    @property
    def stood(self) -> list[str]:
        """The ids of the options as they are stored."""
        return [row["id"] for row in self.version.options] if self.version else []

    @property
    def translations(self) -> dict[str, Any]:
        return dict(self.version.translations) if self.version else {}

    @property
    def solution_translations(self) -> dict[str, str]:
        return dict(self.version.solution_translations) if self.version else {}

    @property
    def option_solutions(self) -> dict[str, dict[str, str]]:
        return dict(self.version.option_solutions) if self.version else {}


@dataclass
class Written:
    """The rows of a stored question, and which control holds each option."""

    rows: dict[str, Any] = field(default_factory=dict)
    controls: dict[str, str] = field(default_factory=dict)


def of_version(version: QuestionVersion, subject: str, topic: str) -> Draft:
    """The form of a stored question."""
    scheme, written = version.scheme or {}, _written(version)
    return with_rows(Draft(
        kind=version.kind, stem=version.stem, shuffle=version.shuffle,
        unit=version.unit, solution=version.solution, reference=version.reference, subject=subject, topic=topic,
        difficulty=version.difficulty, tags=", ".join(version.tags), full=_shown(scheme, "full"),
        wrong=_shown(scheme, "wrong"), partial=str(scheme.get("partial", "")),
        version=version.number, passage_code=version.passage_code, passage=version.passage,
        **written.rows, **_hindi(version, written.controls),
    ))  # fmt: skip


def _shown(scheme: dict[str, Any], name: str) -> str:
    return str(scheme.get(name, "")).replace("-", "−")


def _written(version: QuestionVersion) -> Written:
    kind, options, key = version.kind, version.options, version.key
    if kind == Kind.TRUE_FALSE:
        return Written({"truth": next(iter(key.get("options", [])), "")})
    if kind == Kind.MATCH:
        return _pairs(options, key["pairs"])
    if kind == Kind.ORDER:
        texts = {row["id"]: row["text"] for row in options}
        steps = tuple(Step(handle, texts[handle]) for handle in key["order"])
        return Written({"steps": steps}, {each.handle: f"step-{each.handle}" for each in steps})
    if kind == Kind.CLOZE:
        return Written({"gaps": gaps.of_stored(options, key)}, _gap_controls(options))
    if kind in {Kind.NUMERIC, Kind.TEXT}:
        return Written(_typed_key(key))
    return _choices(options, key.get("options", []), version.option_solutions)


def _choices(options: list[dict[str, Any]], right: list[str], why: Mapping[str, Mapping[str, str]]) -> Written:
    en, hi = why.get("en", {}), why.get("hi", {})
    rows = tuple(
        Choice(
            row["id"],
            row["text"],
            row["id"] in right,
            bool(row.get("pinned")),
            en.get(row["id"], ""),
            hi.get(row["id"], ""),
        )
        for row in options
    )
    pin_last = bool(rows) and rows[-1].pinned
    return Written({"choices": rows, "pin_last": pin_last}, {row.handle: f"option-{row.handle}" for row in rows})


def _pairs(options: list[dict[str, Any]], key: dict[str, str]) -> Written:
    texts = {row["id"]: row["text"] for row in options}
    lefts = [row["id"] for row in options if row["side"] == "left"]
    extra = [row["id"] for row in options if row["side"] == "right" and row["id"] not in key.values()]
    rows = [Pair(left, texts[left], key[left], texts[key[left]]) for left in lefts]
    rows += [Pair(f"new{at}", "", right, texts[right]) for at, right in enumerate(extra, 1)]
    controls = {row.right_handle: f"right-{row.handle}" for row in reversed(rows)}
    return Written({"pairs": tuple(rows)}, controls | {left: f"left-{left}" for left in lefts})


def _gap_controls(options: list[dict[str, Any]]) -> dict[str, str]:
    return {row["id"]: f"gap-{each['gap']}" for each in options for row in each.get("choices", [])}


def _typed_key(key: dict[str, Any]) -> dict[str, Any]:
    """The fields that hold a number's or a text's key."""
    first, *others = key.get("any", [key])
    percent, decimals = first.get("relative"), key.get("decimals") or {}
    return {
        "right_is": "range" if "low" in first else "value",
        "value": first.get("value", ""),
        "tolerance": plain(parse_exact(percent, "relative") * 100) if percent else first.get("tolerance") or "",
        "tolerance_is": "percent" if percent else "absolute",
        "low": first.get("low", ""),
        "high": first.get("high", ""),
        "also": "\n".join(map(line_of, others)),
        "places": str(decimals.get("places", "")),
        "places_how": decimals.get("how", "round"),
        # A file can hold an answer of several lines, such as what a program prints; answers are compared with runs of
        # spaces and lines as one space, and here each has a line of its own.
        "answers": "\n".join(" ".join(answer.split("\n")) for answer in key.get("answers", [])),
        "case": bool(key.get("case", False)),
        "spaces": not key.get("spaces", True),
        "wildcards": bool(key.get("wildcards", False)),
    }


def _hindi(version: QuestionVersion, controls: dict[str, str]) -> dict[str, Any]:
    """The fields of the translation. The choices of one gap share a field, a line each."""
    said = version.translations.get("hi", {})
    rows: dict[str, list[str]] = {}
    texts = said.get("options", {})
    for option, control in controls.items():
        if texts:
            rows.setdefault(control, []).append(texts.get(option, ""))
    return {
        "hi_stem": said.get("stem", ""), "hi_passage": said.get("passage", ""),
        "hi_solution": version.solution_translations.get("hi", ""),
        "hi_rows": tuple((control, "\n".join(lines)) for control, lines in rows.items()),
    }  # fmt: skip
