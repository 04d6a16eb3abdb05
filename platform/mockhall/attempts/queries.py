"""Reads of the exam room. Keys and explanations are never selected here: what isn't loaded can't leak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, func, select

from mockhall.attempts import shown
from mockhall.attempts.models import Attempt, Response
from mockhall.bank.models import QuestionVersion
from mockhall.exam import navigator
from mockhall.exam.kinds import Kind
from mockhall.exam.navigator import BLANK, FLAGGED, CellState
from mockhall.exam.paper import Answer
from mockhall.exam.scheme import Scheme, scheme_of
from mockhall.exam.shuffle import letters
from mockhall.exam.unsaved import never_saved
from mockhall.papers.models import Paper, PaperSection, PaperVersion

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
    """A question in the room: what it asks and what has been answered."""

    response: Response
    kind: Kind
    stem: str
    options: Sequence[dict[str, Any]]
    unit: str
    scheme: Scheme
    passage_code: str = ""
    passage: str = ""

    @property
    def number(self) -> int:
        return self.response.number

    @property
    def is_unsaved(self) -> bool:
        """Strict papers: was something selected and left that is not the kept answer?"""
        row = self.response
        return never_saved(row.unsaved, Answer.of(row.choice, row.text, row.parts)) is not None

    @property
    def wrong(self) -> Fraction:
        return self.scheme.wrong_for(self.kind)

    @property
    def state(self) -> CellState:
        return navigator.state(self.response.visited, self.response.answered, self.response.marked)

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

    @property
    def first(self) -> int:
        return self.questions[0].number

    def around(self, number: int) -> Sequence[RoomQuestion]:
        """The questions sent together with this one: the section, or where it is long its hundred."""
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

    @cached_property
    def states(self) -> dict[int, CellState]:
        return {each.number: each.state for section in self.sections for each in section.questions}

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
        return sum((each.scheme.full for section in self.sections for each in section.questions), Fraction(0))

    def section_of(self, number: int) -> RoomSection:
        return next(each for each in self.sections if any(q.number == number for q in each.questions))

    def question(self, number: int) -> RoomQuestion:
        return next(each for each in self.section_of(number).questions if each.number == number)

    def next_blank(self, here: int) -> int | None:
        return navigator.next_in(self.states, BLANK, here)

    def next_marked(self, here: int) -> int | None:
        return navigator.next_in(self.states, FLAGGED, here)

    @property
    def last_saved(self) -> datetime | None:
        saved = [q.response.saved_at for section in self.sections for q in section.questions if q.response.saved_at]
        return max(saved, default=None)


def room(db: Session, attempt: Attempt) -> Room:
    """An attempt as its candidate may see it, in three queries."""
    paper, version = db.exec(
        select(Paper, PaperVersion)
        .join(PaperVersion, col(PaperVersion.paper_id) == col(Paper.id))
        .where(PaperVersion.id == attempt.paper_version_id)
    ).one()
    sections = db.exec(
        select(PaperSection)
        .where(PaperSection.paper_version_id == attempt.paper_version_id)
        .order_by(col(PaperSection.position))
    ).all()
    questions = _questions(db, attempt, version, {each.position: each.scheme for each in sections})
    filled = [
        RoomSection(each.position, each.title, [q for q in questions if q.response.section == each.position])
        for each in sections
    ]
    return Room(attempt, paper, version, [each for each in filled if each.questions])


def _questions(
    db: Session, attempt: Attempt, version: PaperVersion, schemes: dict[int, dict[str, Any] | None]
) -> list[RoomQuestion]:
    query = (
        select(
            Response, QuestionVersion.kind, QuestionVersion.stem, QuestionVersion.options,
            QuestionVersion.unit, QuestionVersion.scheme, QuestionVersion.passage_code, QuestionVersion.passage,
        )  # type: ignore[call-overload]  # sqlmodel's stubs end at four columns
        .join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
        .where(Response.attempt_id == attempt.id)
        .order_by(col(Response.number))
    )  # fmt: skip
    return [
        RoomQuestion(
            row, Kind(kind), stem, options, unit, scheme_of(version.scheme, schemes[row.section], scheme), *passage
        )
        for row, kind, stem, options, unit, scheme, *passage in db.exec(query)
    ]


def question_count(db: Session, attempt: Attempt) -> int:
    """How many questions an attempt has."""
    return db.exec(select(func.count()).select_from(Response).where(Response.attempt_id == attempt.id)).one()
