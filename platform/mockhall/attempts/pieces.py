"""Forms of questions and cells of the navigator, from pieces that the templates make once.

A piece holds nothing of an attempt: it has marks in its place, which nobody who writes questions can know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self

from jinja2 import Environment
from markupsafe import Markup, escape

from mockhall.attempts.facts import Bounded
from mockhall.attempts.marks import cut, filled, mark
from mockhall.attempts.room import Room, RoomOption, RoomQuestion
from mockhall.attempts.views import Draft
from mockhall.exam.certainty import CHOICES
from mockhall.exam.kinds import Kind
from mockhall.exam.shuffle import letters

_MOST_FORMS, _MOST_CELLS = 2_000, 10_000  # some kB a form, 300 bytes a cell
CHOOSING = {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}
_SIMPLE = {*CHOOSING, Kind.NUMERIC, Kind.TEXT}


@dataclass(frozen=True)
class _Pieces:
    """A form cut at its options: what comes before, each of them unchosen and chosen, what comes after."""

    before: Sequence[str]  # text and names of marks in turn
    options: Mapping[tuple[str, bool], Sequence[str]]  # cut where the letter stands
    after: Sequence[str]

    @classmethod
    def of(cls, html: str, ids: Sequence[str]) -> Self:
        first, *options = html.split(mark("cut"))
        last = options.pop() if options else ""
        both = [(each, chosen) for each in ids for chosen in (False, True)] if options else []
        lettered = [each.split(mark("letter")) for each in options]
        return cls(cut(first), dict(zip(both, lettered, strict=True)), cut(last))

    def filled(self, values: Mapping[str, str], order: Sequence[str], choice: Collection[str]) -> Markup:
        """The form of one attempt: `values` in place of the marks, options in its order."""
        named = letters(order) if self.options else {}
        options = [letter.join(self.options[each, each in choice]) for each, letter in named.items()]
        return Markup("".join([*filled(self.before, values), *options, *filled(self.after, values)]))  # escaped


@dataclass(frozen=True)
class _Blank(RoomQuestion):
    """A question as no attempt shows it: marks in place of what belongs to one, each option twice."""

    def shown_options(self, choice: Sequence[str] | None = None) -> list[RoomOption]:
        return [
            RoomOption(mark("letter"), each["id"], each["text"], chosen)
            for each in self.options
            for chosen in (False, True)
        ]


class QuestionForms:
    """`question_form` of the templates: a question's form, or None where templates/attempts/_question.html makes it
    anew: what a refused form held, translations, and kinds answered part by part."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._kept: Bounded[tuple[object, ...], _Pieces] = Bounded(_MOST_FORMS)

    def __call__(self, question: RoomQuestion, here: int, room: Room, draft: Draft | None) -> Markup | None:
        row = question.response
        if question.kind not in _SIMPLE or question.translations or (draft and draft.number == row.number):
            return None
        is_here = row.number == here
        # A version of a paper, its sections and its questions never change; a closed one has no text.
        fixed = (room.version.id, row.section, row.question_version_id, bool(question.stem), len(question.options))
        key = (*fixed, is_here, row.marked, row.certainty)
        pieces = self._kept.get(key) or self._kept.put(key, self._made(question, is_here, room))
        values = {
            "number": str(row.number), "total": str(room.total), "code": str(escape(room.attempt.code)),
            "seq": str(row.seq), "active": str(row.active_ms), "text": str(escape(row.text)),
        }  # fmt: skip
        return pieces.filled(values, row.option_order, row.choice)

    def _made(self, question: RoomQuestion, is_here: bool, room: Room) -> _Pieces:
        """The template's form with marks. Of the attempt it is given nothing else: a template that asks breaks."""
        row: Any = SimpleNamespace(
            number=mark("number"), seq=mark("seq"), active_ms=mark("active"), text=mark("text"), choice=[],
            parts={}, marked=question.response.marked, certainty=question.response.certainty,
        )  # fmt: skip
        blank = _Blank(row, question.kind, question.stem, question.options, question.unit, question.scheme)
        html = self._environment.get_template("attempts/_question.html").render(
            question=blank, here=mark("number") if is_here else 0, draft=None, certainties=CHOICES, cut=mark("cut"),
            attempt=SimpleNamespace(code=mark("code")),
            room=SimpleNamespace(total=mark("total"), version=SimpleNamespace(certainty=room.version.certainty)),
        )  # fmt: skip
        return _Pieces.of(html, [each["id"] for each in question.options])


class Cells:
    """`cells` of the templates: the navigator's cells of a section, each made by the macro `cell` once."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._kept: Bounded[tuple[int, str, bool, bool], str] = Bounded(_MOST_CELLS)

    def __call__(self, states: Sequence[tuple[int, str]], here: int, shut: Collection[int]) -> Markup:
        keys = [(number, state, number == here, number in shut) for number, state in states]
        made = "".join([self._kept.get(each) or self._kept.put(each, self._made(*each)) for each in keys])
        return Markup(made.replace(mark("here"), str(here)))  # the macro has escaped it

    def _made(self, number: int, state: str, is_here: bool, is_shut: bool) -> str:
        parts: Any = self._environment.get_template("shared/room.html").module
        return str(parts.cell(number, state, number if is_here else mark("here"), is_shut))


def add_to(environment: Environment) -> None:
    """Let the templates of the room use both."""
    environment.globals.update(question_form=QuestionForms(environment), cells=Cells(environment))
