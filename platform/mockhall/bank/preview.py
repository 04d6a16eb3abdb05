"""A half-written question as the room and the review show one: what their templates ask of a question, from a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from mockhall.bank import keys, translations
from mockhall.bank.draft import Draft
from mockhall.exam.errors import RuleError
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Partial, lowest, parse_marks
from mockhall.exam.scheme import Scheme
from mockhall.exam.shape import GapKind
from mockhall.exam.shown import ShownGap, Side
from mockhall.exam.shuffle import letters

TRUTHS = (("t", "True"), ("f", "False"))


class Option(NamedTuple):
    """A choice in the room; beside the key also judged, as in the review."""

    letter: str
    id: str
    text: str
    checked: bool = False
    result: str = ""
    verdict: str = ""
    why: str = ""


class Part(NamedTuple):
    """A pair, a step or a gap answered rightly, as the review shows it."""

    name: str
    text: str
    given: str
    result: str = "right"
    correct: Sequence[str] = ()


@dataclass(frozen=True)
class Asked:
    """What the templates of the room and of the review ask of a question. What a candidate sees mixed stands sorted:
    no order tells the right one. `lang` is the attribute of another language than the page's."""

    draft: Draft
    kind: Kind
    lang: Mapping[str, str] = field(default_factory=dict)
    followers: None = None

    @property
    def stem(self) -> str:
        return self.draft.stem

    @property
    def unit(self) -> str:
        return " ".join(self.draft.unit.split())

    @property
    def scheme(self) -> Scheme:
        """The marks of the form, as far as they can be read; a test's own hold where it gives none."""
        full, wrong = (_marks(getattr(self.draft, name), name) for name in ("full", "wrong"))
        known = self.draft.partial if self.draft.partial in list(Partial) else Partial.NONE
        return Scheme(full or Fraction(1), min(wrong, Fraction(0)), Partial(known))

    @property
    def wrong(self) -> Fraction:
        return lowest(self.scheme, self.kind)

    @property
    def options(self) -> list[Option]:
        """The choices, the right ones judged."""
        if self.kind is Kind.TRUE_FALSE:
            words = translations.TRUTHS if self.lang else dict(TRUTHS)
            rows = [(value, text, value == self.draft.truth, "") for value, text in words.items()]
        else:
            rows = [(row.handle, row.text, row.right, row.why) for _, row in self.draft.written]
        found = zip("ABCDEFGHIJ", rows, strict=False)
        return [
            Option(letter, handle, text, False, *(("right", "Correct answer") if right else ("", "")), why)
            for letter, (handle, text, right, why) in found
        ]

    def shown_options(self, _chosen: Sequence[str]) -> list[Option]:
        """The choices while answering, none chosen."""
        return self.options

    def sides(self, side: str) -> list[Side]:
        """The left or the right side of a match; two rows of the same right share it."""
        if side == "left":
            return _lettered([(row.handle, row.left) for row in self.draft.pairs if row.left.strip()])
        rights = {" ".join(row.right.split()) for row in self.draft.pairs} - {""}
        return _lettered([(text, text) for text in sorted(rights)])

    def items(self, _chosen: Sequence[str]) -> list[Side]:
        """The steps of an order."""
        return _lettered(sorted(((row.handle, row.text) for row in self.draft.steps if row.text.strip()), key=_text))

    def gaps(self, _parts: Mapping[str, str]) -> dict[str, ShownGap]:
        """The gaps of a cloze, empty."""
        return {
            str(gap.number): ShownGap(str(gap.number), _gap_kind(gap.type), [(text, text) for text in gap.shown], "")
            for gap in self.draft.gaps
        }

    @property
    def parts(self) -> list[Part]:
        """A right answer in parts."""
        if self.kind is Kind.MATCH:
            return [Part(row.handle, row.left, row.right) for row in self.draft.pairs if row.left.strip()]
        if self.kind is Kind.ORDER:
            steps = [row for row in self.draft.steps if row.text.strip()]
            return [Part(row.handle, row.text, str(at)) for at, row in enumerate(steps, 1)]
        if self.kind is Kind.CLOZE:
            return [Part(str(gap.number), "", gap.right) for gap in self.draft.gaps]
        return []

    @property
    def accepted(self) -> list[str]:
        """What counts as right of a typed answer, in words; nothing while that can't be read."""
        if self.kind is Kind.NUMERIC:
            return [right] if (right := keys.right_words(self.draft)) else []
        return [line.strip() for line in self.draft.answers.split("\n") if line.strip()]


def asked(draft: Draft, *, hindi: bool = False) -> Asked | None:
    """The question as it is shown; None while its type is none."""
    if draft.kind not in list(Kind):
        return None
    shown, lang = (translations.in_hindi(draft), {"lang": "hi"}) if hindi else (draft, {})
    return Asked(shown, Kind(draft.kind), lang)


def _marks(text: str, name: str) -> Fraction:
    try:
        return parse_marks(text.strip(), name) if text.strip() else Fraction(0)
    except RuleError:
        return Fraction(0)


def _text(row: tuple[str, str]) -> str:
    return row[1]


def _lettered(rows: Sequence[tuple[str, str]]) -> list[Side]:
    named = letters([handle for handle, _ in rows])
    return [Side(handle, text, named[handle]) for handle, text in rows]


def _gap_kind(written: str) -> GapKind:
    return GapKind(written) if written in list(GapKind) else GapKind.TEXT
