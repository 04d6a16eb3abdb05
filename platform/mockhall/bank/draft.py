"""A question as it stands in the form: half-written, every field as typed."""

from dataclasses import dataclass, replace
from typing import Any

from mockhall.exam.kinds import Difficulty, Kind

FEWEST, MOST = 2, 10
MOST_PAIRS = 12
LETTERS = "ABCDEFGHIJ"
LANGUAGES = {"hi": "Hindi"}
"""The languages a question can be translated into at the desk: those whose letters the pages bring along."""


@dataclass(frozen=True)
class Choice:
    """One row of the choices. `handle` is the option's id, or `new1`, `new2`, ... while it has none; `why` it is right
    or wrong is shown in the review, `hi_why` where that is read in Hindi."""

    handle: str
    text: str = ""
    right: bool = False
    pinned: bool = False
    why: str = ""
    hi_why: str = ""


@dataclass(frozen=True)
class Pair:
    """One row of a match: what stands on the left and what belongs to it. A row without a left is a right too many,
    which nothing matches. Two rows may share a right; `right_handle` is "" while that has no id."""

    handle: str
    left: str = ""
    right_handle: str = ""
    right: str = ""


@dataclass(frozen=True)
class Step:
    """One row of what is to be put in order; the rows stand in the right order."""

    handle: str
    text: str = ""


@dataclass(frozen=True)
class Gap:
    """One gap of a cloze. `lines` are its choices with `* ` before the right one, its accepted answers, or its
    number, as `type` says: choice, text or number."""

    number: int
    type: str = "choice"
    lines: str = ""
    case: bool = False

    @property
    def shown(self) -> list[str]:
        """The choices as a candidate sees them, sorted: their order says nothing about the right one."""
        lines = (line.strip().removeprefix("* ").strip() for line in self.lines.split("\n"))
        return sorted(filter(None, lines))

    @property
    def right(self) -> str:
        """What fills it rightly: the choice marked so, else what stands first."""
        lines = [line.strip() for line in self.lines.split("\n") if line.strip()]
        return next((line for line in lines if line.startswith("* ")), lines[0] if lines else "").removeprefix("* ")


@dataclass(frozen=True)
class Draft:
    """Everything the form holds. `version` is the number the edit began from, 0 for a new question."""

    kind: str = Kind.SINGLE
    stem: str = ""
    choices: tuple[Choice, ...] = ()
    pin_last: bool = False
    shuffle: bool = True
    truth: str = ""  # t or f
    pairs: tuple[Pair, ...] = ()
    steps: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = ()
    right_is: str = "value"  # or range
    value: str = ""
    tolerance: str = ""
    tolerance_is: str = "absolute"  # or percent
    low: str = ""
    high: str = ""
    also: str = ""  # further right numbers, one a line
    places: str = ""
    places_how: str = "round"  # or truncate
    unit: str = ""
    answers: str = ""
    case: bool = False
    spaces: bool = False  # spaces within an answer are ignored
    wildcards: bool = False
    passage_code: str = ""
    passage: str = ""
    passage_everywhere: bool = False  # the editor has seen which other questions the changed text changes
    solution: str = ""
    reference: str = ""
    subject: str = ""
    topic: str = ""
    place_is_new: bool = False  # the editor has seen that a known subject or topic has nearly this name
    difficulty: str = Difficulty.MEDIUM
    tags: str = ""
    full: str = ""
    wrong: str = ""
    partial: str = ""
    note: str = ""  # what has changed, in the author's words
    hi_stem: str = ""
    hi_passage: str = ""
    hi_solution: str = ""
    hi_rows: tuple[tuple[str, str], ...] = ()  # (id of the control that holds the English, the Hindi)
    version: int = 0
    focus: str = ""  # the id of the control that gets the focus when the form is shown

    @property
    def written(self) -> list[tuple[str, Choice]]:
        """The choices that say something, with the letters a candidate would see."""
        return list(zip(LETTERS, (each for each in self.choices if each.text.strip()), strict=False))


def blank(**kept: Any) -> Draft:
    """An empty form with rows to begin with; `kept` is what Save & new takes along."""
    return with_rows(replace(Draft(), **kept))


def with_rows(draft: Draft) -> Draft:
    """The form with empty rows for each kind that has none yet, so that changing the type finds some."""
    return replace(
        draft,
        choices=draft.choices or tuple(Choice(f"new{place}") for place in range(1, 5)),
        pairs=draft.pairs or tuple(Pair(f"new{place}") for place in range(1, 4)),
        steps=draft.steps or tuple(Step(f"new{place}") for place in range(1, 4)),
    )
