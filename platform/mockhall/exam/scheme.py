"""Marking schemes: what an answer earns, the known exams' presets, and which level of a paper wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self

from mockhall.exam.errors import RuleError
from mockhall.exam.exact import parse_exact, plain
from mockhall.exam.kinds import Kind

LARGEST_MARKS = 10_000
"""No question is worth more; it keeps a slip of the keyboard out of every total."""


class Partial(StrEnum):
    """What an answer that is neither quite right nor wrong earns: several right options, pairs, gaps, an order."""

    NONE = "none"
    PER_OPTION = "per_option"
    SUBSET_TABLE = "subset_table"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Scheme:
    """Marks for an answer. `wrong` and `floor` are 0 or below; `no_negative` kinds lose nothing when wrong."""

    full: Fraction
    wrong: Fraction = Fraction(0)
    partial: Partial = Partial.NONE
    floor: Fraction | None = None
    no_negative: frozenset[Kind] = frozenset()

    @classmethod
    def from_json(cls, written: Mapping[str, object]) -> Self:
        """Read a stored or written scheme, `preset` allowed; what is absent is as in `cls`.

        Raises RuleError beside the field that is wrong, unknown or missing (`full`).
        """
        fields = _spelt_out(written)
        if "full" not in fields:
            raise RuleError("full", "Say how many marks a right answer earns.")
        return cls(
            full=_marks(fields, "full"),
            wrong=_marks(fields, "wrong"),
            partial=_partial(fields.get("partial", "none")),
            floor=None if fields.get("floor") is None else _marks(fields, "floor"),
            no_negative=_kinds(fields.get("no_negative", [])),
        )

    def to_json(self) -> dict[str, object]:
        """The scheme spelt out, numbers as exact strings; `from_json` gives it back."""
        written: dict[str, object] = {
            "full": plain(self.full),
            "wrong": plain(self.wrong),
            "partial": str(self.partial),
        }
        if self.floor is not None:
            written["floor"] = plain(self.floor)
        if self.no_negative:
            written["no_negative"] = sorted(str(kind) for kind in self.no_negative)
        return written

    def wrong_for(self, kind: Kind) -> Fraction:
        """What a wrong answer to a question of this kind earns, before the floor."""
        return Fraction(0) if kind in self.no_negative else self.wrong


_FIELDS = ("full", "wrong", "partial", "floor", "no_negative")


def _spelt_out(written: Mapping[str, object]) -> dict[str, object]:
    preset = written.get("preset")
    fields = {} if preset is None else _preset(preset).to_json()
    for name, value in written.items():
        if name != "preset":
            fields[_known(name)] = value
    return fields


def _known(name: str) -> str:
    if name not in _FIELDS:
        raise RuleError(name, f"Marking has no {name!r}. It has: preset, {', '.join(_FIELDS)}.")
    return name


def _preset(name: object) -> Scheme:
    if not isinstance(name, str) or name not in PRESETS:
        raise RuleError("preset", f"There is no preset {name!r}. There are: {', '.join(PRESETS)}.")
    return PRESETS[name]


def _marks(fields: Mapping[str, object], name: str) -> Fraction:
    value = parse_exact(fields.get(name, 0), name)
    if abs(value) > LARGEST_MARKS:
        raise RuleError(name, f"No question is worth more than {LARGEST_MARKS} marks.")
    if name == "full" and value <= 0:
        raise RuleError(name, "A right answer earns more than 0 marks.")
    if name != "full" and value > 0:
        raise RuleError(name, "This is 0 or below.")
    return value


def _partial(written: object) -> Partial:
    try:
        return Partial(str(written))
    except ValueError:
        raise RuleError("partial", f"Partial marks are one of: {', '.join(Partial)}.") from None


def _kinds(written: object) -> frozenset[Kind]:
    try:
        return frozenset(Kind(str(kind)) for kind in written) if isinstance(written, list | tuple) else _no_kinds()
    except ValueError:
        return _no_kinds()


def _no_kinds() -> frozenset[Kind]:
    raise RuleError("no_negative", f"A list of question types: {', '.join(Kind)}.")


_GATE_SPARED = frozenset({Kind.MULTIPLE, Kind.NUMERIC})

# The exams' rules as exam-semantics 1 gives them; the organisers print them anew each year, so each names its year.
PRESETS: dict[str, Scheme] = {
    # Campus placement tests: one mark, no negative marks. No one organiser; a custom.
    "placement": Scheme(Fraction(1)),
    # NTA, JEE (Main) 2025: +4/-1, choice and numerical value alike.
    "jee-main": Scheme(Fraction(4), Fraction(-1)),
    # IITs, JEE (Advanced) 2024, "one or more correct": +4, 3/2/1 for a correct part, -2 for a wrong choice.
    "jee-advanced": Scheme(Fraction(4), Fraction(-2), Partial.SUBSET_TABLE),
    # IITs, GATE 2025: -1/3 and -2/3 for single choice only; multiple-select and numerical no negative, no partial.
    "gate-1": Scheme(Fraction(1), Fraction(-1, 3), no_negative=_GATE_SPARED),
    "gate-2": Scheme(Fraction(2), Fraction(-2, 3), no_negative=_GATE_SPARED),
    # NTA, CUET (UG) 2024: +5/-1; its General Test asks for any 50 of 60.
    "cuet": Scheme(Fraction(5), Fraction(-1)),
    # NTA, NEET (UG) 2024: +4/-1.
    "neet": Scheme(Fraction(4), Fraction(-1)),
    # SSC, CGL 2024, tier 1: +2/-0.50.
    "ssc": Scheme(Fraction(2), Fraction(-1, 2)),
}


def scheme_of(*overrides: Mapping[str, object] | None) -> Scheme:
    """The scheme that holds for a question; overrides run from paper to section to question, the nearest wins.

    A preset replaces all that came before it. A nearer `wrong` without `no_negative` is meant for every kind.
    Nothing said at all is the placement preset. Raises RuleError as `Scheme.from_json` does.
    """
    fields = PRESETS["placement"].to_json()
    for override in overrides:
        if not override:
            continue
        nearer = _spelt_out(override)
        if override.get("preset") is not None:
            fields = {}
        elif "wrong" in nearer:
            fields.pop("no_negative", None)
        fields |= nearer
    return Scheme.from_json(fields)
