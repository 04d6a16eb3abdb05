"""Marks as the desk's forms hold them, and what a scheme means: by choices, for a guess, in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mockhall.exam import meaning
from mockhall.exam.errors import RuleError
from mockhall.exam.exact import plain
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest
from mockhall.exam.scheme import PRESETS, Scheme, scheme_of
from mockhall.papers.desk_views import Board, Part

HIDDEN = ("floor", "no_negative")
"""What a file can say of marks and the form doesn't show: it stays as it is while the marks are written by hand."""


def read_scheme(
    typed: Mapping[str, str], errors: dict[str, str], before: Mapping[str, Any] | None, suffix: str = ""
) -> dict[str, Any]:
    """A preset's marking, or the marks as written, spelt out; errors stand beside `full` and its like.

    Marks that were changed in the form hold in place of the preset: dropped in silence, they would mark a whole class
    wrongly."""
    preset = typed.get("preset", "")
    stored = Scheme.from_json(before).to_json() if before else {"wrong": "0", "partial": "none"}
    if preset in PRESETS and not are_written(typed, stored, PRESETS[preset]):
        return PRESETS[preset].to_json()
    kept: dict[str, Any] = {name: before[name] for name in ("preset", *HIDDEN) if name in before} if before else {}
    shown: dict[str, Any] = {
        "full": typed.get("full", ""), "wrong": typed.get("wrong") or "0", "partial": typed.get("partial") or "none",
    }  # fmt: skip
    try:
        return kept_short(Scheme.from_json(kept | shown).to_json())
    except RuleError as error:
        errors[f"{error.field}{suffix}"] = error.text
        return {}


def are_written(typed: Mapping[str, str], stored: Mapping[str, Any], chosen: Scheme | None) -> bool:
    """Did somebody change the marks in the form, which showed those stored? What is empty was not written, and
    the marks of the `chosen` preset are no others."""
    shown = _marks(stored)
    mine = [written or there for written, there in zip(_marks(typed), shown, strict=True)]
    return mine != shown and (chosen is None or mine != _marks(chosen.to_json()))


def _marks(written: Mapping[str, Any]) -> list[str]:
    """Full and wrong marks and the partial rule, each as the form shows it, or empty."""
    return [str(written.get(name) or "").replace("−", "-") for name in ("full", "wrong", "partial")]


def kept_short(written: dict[str, Any]) -> dict[str, Any]:
    """The scheme when it can be read back: 1e300 is a number, but too long to be kept. RuleError when not."""
    Scheme.from_json(written)
    return written


@dataclass(frozen=True)
class Meaning:
    """What a scheme says, in figures for its form."""

    scheme: Scheme
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def wrong(self) -> Fraction:
        """What a wrong single choice gives, the floor applied."""
        return lowest(self.scheme, Kind.SINGLE)

    @property
    def guess(self) -> Fraction:
        """The average of a random guess at one of four choices."""
        return meaning.expected_guess(self.scheme, 4)

    @property
    def sure(self) -> int:
        """Above how many per cent of confidence answering pays; 0 where it always does."""
        return round(meaning.break_even(self.scheme) * 100)

    @property
    def table(self) -> list[tuple[int, list[Fraction]]]:
        """Several answers, three right and two wrong to choose from: a row for each number of right ones."""
        rows = meaning.choice_table(self.scheme, 3, 2)
        return [(right, [row.marks for row in rows if row.right == right]) for right in range(4)]


def meaning_of(typed: Mapping[str, str], before: Mapping[str, Any] | None, board: Board | None) -> Meaning | None:
    """What the scheme in the form means, for the questions of `board` if there is one; None while it means nothing."""
    errors: dict[str, str] = {}
    written = read_scheme(typed, errors, before)
    if errors:
        return None
    scheme = Scheme.from_json(written)
    if board is None or not board.parts:
        return Meaning(scheme)
    reaches = [_reach(part, written) for part in board.parts]
    low = sum((each for each, _ in reaches), Fraction(0))
    return Meaning(scheme, low, sum((each for _, each in reaches), Fraction(0)))


def _reach(part: Part, written: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
    """The lowest and the highest total of a section under this scheme, as far as its questions are known."""
    drawn = scheme_of(written, part.section.scheme)
    asked = [(scheme_of(written, part.section.scheme, row.version.scheme), Kind(row.version.kind)) for row in part.rows]
    asked += [(drawn, Kind.SINGLE)] * part.drawn
    k = part.section.choose_k if part.section.choose else None
    return _lowest_sum([lowest(scheme, kind) for scheme, kind in asked], k), _highest_sum([s.full for s, _ in asked], k)


def _lowest_sum(marks: Sequence[Fraction], k: int | None) -> Fraction:
    return sum(sorted(marks)[:k], Fraction(0))


def _highest_sum(marks: Sequence[Fraction], k: int | None) -> Fraction:
    return sum(sorted(marks, reverse=True)[:k], Fraction(0))


def shown_marks(value: Fraction) -> str:
    """A number of a scheme as its field shows it."""
    return plain(value).replace("-", "−")
