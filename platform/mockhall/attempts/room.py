"""What the room of an attempt holds: its sections and questions, and which of them are open. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from mockhall.attempts import spoken
from mockhall.attempts.models import Attempt, Held
from mockhall.exam import navigator, shown
from mockhall.exam.certainty import HIGHEST
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import lowest
from mockhall.exam.navigator import BLANK, FLAGGED, CellState
from mockhall.exam.optional import best_sum
from mockhall.exam.paper import Answer
from mockhall.exam.scheme import Scheme
from mockhall.exam.sections import Part, Stage
from mockhall.exam.shuffle import letters
from mockhall.exam.unsaved import never_saved
from mockhall.papers.models import Paper, PaperVersion

IN_ONE_PAGE = 100  # questions; a page of a thousand would weigh megabytes


@dataclass(frozen=True)
class RoomOption:
    """An option as this attempt shows it; the letter is only for the eye."""

    letter: str
    id: str
    text: str
    checked: bool


@dataclass(frozen=True)
class RoomQuestion:
    """A question in the room: what it asks and what has been answered; nothing of what it asks while it is closed."""

    response: Held
    kind: Kind
    stem: str
    options: Sequence[Mapping[str, Any]]
    unit: str
    scheme: Scheme
    passage_code: str = ""
    passage: str = ""
    translations: Mapping[str, Any] = field(default_factory=dict)  # those its test offers
    language: str = spoken.ORIGINAL
    original: "RoomQuestion | None" = None

    @property
    def number(self) -> int:
        return self.response.number

    def is_open(self, now: datetime) -> bool:
        """Can it be seen and answered now?"""
        return not self.response.locked and (self.response.closes_at is None or now <= self.response.closes_at)

    @property
    def is_unsaved(self) -> bool:
        """Strict papers: was something selected and left that is not the kept answer?"""
        row = self.response
        return never_saved(row.unsaved, Answer.of(row.choice, row.text, row.parts)) is not None

    @property
    def wrong(self) -> Fraction:
        """What a wrong answer gives at worst: some kinds never take marks under some schemes."""
        return lowest(self.scheme, self.kind)

    @cached_property
    def state(self) -> CellState:
        return navigator.state(self.response.visited, self.response.answered, self.response.marked)

    def said_in(self, language: str) -> "RoomQuestion":
        """The same question in this language, as far as it is translated."""
        origin = self.original or self
        first = spoken.Said(spoken.ORIGINAL, origin.stem, origin.options, origin.passage)
        said = spoken.said_in(language, first, self.translations)
        return replace(
            origin, stem=said.stem, options=said.options, passage=said.passage, language=said.language, original=origin
        )

    @property
    def others(self) -> list["RoomQuestion"]:
        """The question in the other languages it can be read in."""
        known = (spoken.ORIGINAL, *self.translations)
        return [self.said_in(each) for each in known if each != self.language]

    @property
    def lang(self) -> dict[str, str]:
        """The attribute that says which language the text is in, where it is not the page's; for xmlattr."""
        return {} if self.language == spoken.ORIGINAL else {"lang": self.language}

    def shown_options(self, choice: Sequence[str] | None = None) -> list[RoomOption]:
        """The options in this attempt's order; `choice` in place of the stored one."""
        chosen = self.response.choice if choice is None else choice
        texts = {option["id"]: option["text"] for option in self.options}
        named = letters(self.response.option_order)
        return [RoomOption(named[each], each, texts[each], each in chosen) for each in self.response.option_order]

    def sides(self, side: str) -> list[shown.Side]:
        """The left or the right side of a match."""
        return shown.sides(self.options, self.response.option_order, side)

    def items(self, choice: Sequence[str]) -> list[shown.Side]:
        """The items of an order, those that `choice` places first."""
        return shown.items(self.options, self.response.option_order, choice)

    def gaps(self, parts: Mapping[str, str]) -> dict[str, shown.ShownGap]:
        """The gaps of a cloze, filled with `parts`."""
        return shown.gaps(self.options, self.response.option_order, parts)


@dataclass(frozen=True)
class RoomSection:
    """A section and its questions, in this attempt's order."""

    position: int
    title: str
    questions: Sequence[RoomQuestion]
    part: Part
    choose: str = ""
    choose_k: int | None = None

    @property
    def first(self) -> int:
        return self.questions[0].number

    @property
    def last(self) -> int:
        return self.questions[-1].number

    @property
    def is_open(self) -> bool:
        return self.part.stage is Stage.OPEN

    @property
    def max(self) -> Fraction:
        return best_sum((each.scheme.full for each in self.questions), self.choose_k)

    def around(self, number: int) -> Sequence[RoomQuestion]:
        """The questions sent together with this one: the section, or where it is long its hundred.

        Where one is opened after the other, it alone."""
        if self.part.rules.one_by_one:
            return [each for each in self.questions if each.number == number]
        place = next(place for place, each in enumerate(self.questions) if each.number == number)
        start = place - place % IN_ONE_PAGE
        return self.questions[start : start + IN_ONE_PAGE]

    @property
    def answered(self) -> int:
        return sum(question.response.answered for question in self.questions)

    @property
    def unsaved(self) -> int:
        return sum(question.is_unsaved for question in self.questions)

    @property
    def counts(self) -> dict[CellState, int]:
        return navigator.counts(question.state for question in self.questions)


@dataclass(frozen=True)
class Room:
    """Everything the exam room shows of an attempt."""

    attempt: Attempt
    paper: Paper
    version: PaperVersion
    sections: Sequence[RoomSection]

    @property
    def can_pause(self) -> bool:
        """Practice without times of its own for sections or questions (exam/pause.py)."""
        rules = [section.part.rules for section in self.sections]
        return self.version.practice and not any(each.minimum or each.maximum or each.question_time for each in rules)

    @cached_property
    def states(self) -> dict[int, CellState]:
        return {each.number: each.state for section in self.sections for each in section.questions}

    @cached_property
    def open_states(self) -> dict[int, CellState]:
        """Those of the questions one may go to: all where the sections are free."""
        return {each.number: each.state for section in self.sections if section.is_open for each in section.questions}

    @property
    def is_ordered(self) -> bool:
        """Are the sections taken in order, each once?"""
        return self.attempt.section is not None

    @property
    def open_section(self) -> RoomSection:
        """The section the candidate is in; where sections are free, that of the current question."""
        opened = [each for each in self.sections if each.is_open]
        here = [each for each in opened if each.first <= self.attempt.current <= each.last]
        return next(iter([*here, *opened, *reversed(self.sections)]))

    @property
    def total(self) -> int:
        return len(self.states)

    @property
    def counts(self) -> dict[CellState, int]:
        return navigator.counts(self.states.values())

    @property
    def unsaved(self) -> int:
        return sum(section.unsaved for section in self.sections)

    @property
    def max(self) -> Fraction:
        most = sum((section.max for section in self.sections), Fraction(0))
        return most * HIGHEST if self.version.certainty else most

    def section_of(self, number: int) -> RoomSection:
        return next(each for each in self.sections if each.first <= number <= each.last)

    def question(self, number: int) -> RoomQuestion:
        return next(each for each in self.section_of(number).questions if each.number == number)

    def next_blank(self, here: int) -> int | None:
        return navigator.next_in(self.open_states, BLANK, here)

    def next_marked(self, here: int) -> int | None:
        return navigator.next_in(self.open_states, FLAGGED, here)

    @property
    def last_saved(self) -> datetime | None:
        saved = [q.response.saved_at for section in self.sections for q in section.questions if q.response.saved_at]
        return max(saved, default=None)
