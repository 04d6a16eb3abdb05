"""The canonical values every format is read into and written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TypedDict

from mockhall.exam.draws import Draw
from mockhall.exam.kinds import Difficulty, Kind

Json = str | bool | int | list["Json"] | dict[str, "Json"] | None


class Marking(TypedDict):
    """A marking scheme spelt out for `exam.marking.Scheme.from_json`; marks are exact text, `"-0.5"` or `"-1/3"`.

    Every field is said, so the nearest scheme holds whole, and reading it after its outer ones changes nothing.
    """

    full: str
    wrong: str
    partial: str
    floor: str | None
    no_negative: list[str]


@dataclass(frozen=True)
class OptionValue:
    """A choice, an item of an order, or a side of a match. `id` follows from the text alone: it tells neither the
    key nor the place."""

    id: str
    text: str
    pinned: bool = False
    side: str = ""

    def to_json(self) -> dict[str, Json]:
        """As it is stored in bank.models."""
        if self.side:
            return {"id": self.id, "text": self.text, "side": self.side}
        return {"id": self.id, "text": self.text, "pinned": self.pinned}


@dataclass(frozen=True)
class GapValue:
    """A gap of a cloze, `[[1]]` in its text: its number, how it is filled, and what there is to choose from."""

    number: int
    type: str
    choices: tuple[OptionValue, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """As it is stored in bank.models."""
        choices: list[Json] = [{"id": each.id, "text": each.text} for each in self.choices]
        return {"id": f"g{self.number}", "gap": self.number, "type": self.type, "choices": choices}


FORMS = ("pairs", "order", "gaps", "any")


@dataclass(frozen=True)
class KeyValue:
    """What counts as right. One of: `options`, `value` (with at most one tolerance), `low` and `high`, `answers`, or
    `form`: pairs, an order, gaps and alternatives as they are stored.

    Numbers are the decimal strings the author wrote. `exam.paper.Key.from_json` reads what `to_json` gives.
    """

    options: tuple[str, ...] = ()
    value: str | None = None
    tolerance: str | None = None
    relative: str | None = None
    low: str | None = None
    high: str | None = None
    answers: tuple[str, ...] = ()
    case: bool = False
    spaces: bool = True
    wildcards: bool = False
    decimals: Mapping[str, Json] | None = None
    form: Mapping[str, Json] | None = None

    def to_json(self) -> dict[str, Json]:
        """The plain dict that is stored; only what this sort of key has."""
        if self.options:
            return {"options": list(self.options)}
        if self.answers:
            return {"answers": list(self.answers), "case": self.case, **self._how()}
        numbers = {name: getattr(self, name) for name in ("value", "tolerance", "relative", "low", "high")}
        found: dict[str, Json] = {name: number for name, number in numbers.items() if number is not None}
        decimals: dict[str, Json] = {"decimals": dict(self.decimals)} if self.decimals else {}
        return found | dict(self.form or {}) | decimals

    def _how(self) -> dict[str, Json]:
        spaces: dict[str, Json] = {} if self.spaces else {"spaces": False}
        return spaces | ({"wildcards": True} if self.wildcards else {})

    @classmethod
    def from_json(cls, stored: Mapping[str, Json]) -> KeyValue:
        """The inverse of `to_json`. Raises TypeError on a name it doesn't know."""
        form = {name: value for name, value in stored.items() if name in FORMS}
        if form:
            decimals = stored.get("decimals")
            return cls(form=form, decimals=decimals if isinstance(decimals, dict) else None)
        lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
        return cls(**{**stored, **lists})  # type: ignore[arg-type]  # the names decide the types, see to_json


@dataclass(frozen=True)
class QuestionValue:
    """A question; `ref` is its address inside the paper, stable over loads."""

    ref: str
    kind: Kind
    stem: str
    options: tuple[OptionValue, ...]
    key: KeyValue
    solution: str
    topic: str
    difficulty: Difficulty
    tags: tuple[str, ...] = ()
    reference: str = ""
    unit: str = ""
    snippet: bool = False
    output: str | None = None
    marking: Marking | None = None
    gaps: tuple[GapValue, ...] = ()
    passage: str = ""
    passage_text: str = ""
    translations: Mapping[str, Json] = field(default_factory=dict)
    solution_translations: Mapping[str, str] = field(default_factory=dict)
    option_solutions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DrawValue:
    """A draw from the bank, and where it is written."""

    draw: Draw
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ImageValue:
    """A picture under the address it is served at: a hash of what it holds, and its ending."""

    address: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class SectionRules:
    """How a section is sat: named as the columns of `papers.models.PaperSection`."""

    one_way: bool = False
    minutes_min: int | None = None
    minutes_max: int | None = None
    question_seconds: int | None = None
    choose: str = ""
    choose_k: int | None = None
    floor: Fraction | None = None


@dataclass(frozen=True)
class SectionValue:
    """A section; `marking` is None where the paper's holds."""

    title: str
    covers: str
    marking: Marking | None
    questions: tuple[QuestionValue, ...]
    rules: SectionRules = SectionRules()
    draws: tuple[DrawValue, ...] = ()

    @property
    def count(self) -> int:
        """How many questions a candidate gets here, those drawn among them."""
        return len(self.questions) + sum(each.draw.count for each in self.draws)


@dataclass(frozen=True)
class PaperRules:
    """How a paper is sat and what it asks of candidates: named as the columns of `papers.models.PaperVersion`."""

    shuffle_sections: bool = False
    save_policy: str = "auto"
    time_up: str = "submit"
    window_minutes: int | None = None
    hard_close: bool = False
    certainty: bool = False
    calculator: bool = False
    practice: bool = False
    ask_name: str = "optional"
    ask_roll: str = "no"
    access_code: str = ""
    wait_minutes: int | None = None
    languages: tuple[str, ...] = ("en",)
    floor: Fraction | None = None
    access: str = "public"


@dataclass(frozen=True)
class PaperValue:
    """A whole test. `minutes` is None for untimed practice, `attempts` None for no limit; instants are UTC.

    `digest` changes exactly when the text of one of its files does.
    """

    slug: str
    title: str
    summary: str
    topic: str
    difficulty: Difficulty
    minutes: int | None
    marking: Marking
    reveal: str
    attempts: int | None
    shuffle_options: bool
    shuffle_questions: bool
    instructions: str
    sections: tuple[SectionValue, ...]
    digest: str = field(repr=False)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    rules: PaperRules = PaperRules()
    images: tuple[ImageValue, ...] = ()

    @property
    def questions(self) -> tuple[QuestionValue, ...]:
        """All questions, in the order of the paper."""
        return tuple(question for section in self.sections for question in section.questions)
