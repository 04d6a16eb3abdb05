"""A question of a review: what of it and of its answer may be seen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlmodel import Session, col

from mockhall.attempts import spoken
from mockhall.attempts.models import Attempt, Response
from mockhall.bank import key_versions
from mockhall.bank.key_versions import Held
from mockhall.bank.models import QuestionVersion
from mockhall.exam.certainty import CHOICES
from mockhall.exam.comparing import followers
from mockhall.exam.kinds import Kind
from mockhall.exam.marking import Outcome
from mockhall.exam.paper import Answer, Key
from mockhall.exam.reveal import Item
from mockhall.exam.rulings import shown_key
from mockhall.papers.models import PaperVersion
from mockhall.results.cells import Cell
from mockhall.results.groups import Seen
from mockhall.results.judged import JudgedOption, accepted, judged_options
from mockhall.results.judged_parts import JudgedPart, judged_parts
from mockhall.results.languages import Translated, in_its_languages, lang_of
from mockhall.results.models import MarkRow
from mockhall.results.others import NOBODY, Others
from mockhall.results.sheet import OF_RESPONSE
from mockhall.results.told import Told, told
from mockhall.results.unsaved import unsaved_words


@dataclass(frozen=True)
class Reviewed:
    """A question with the candidate's answer, in the attempt's language; None and empty is what may not be seen, or
    isn't there."""

    cell: Cell
    kind: Kind
    passage: str
    stem: str
    topic: str
    difficulty: str
    unit: str
    milliseconds: int
    text: str
    options: Sequence[JudgedOption]
    parts: Sequence[JudgedPart]
    accepted: Sequence[str]
    max: Fraction | None
    solution: str
    reference: str
    unsaved: str  # strict papers: what was selected and never saved, in words
    sure: str = ""  # where the paper asks: how sure the candidate was, in words
    language: str = spoken.ORIGINAL
    others: Sequence[Translated] = ()
    followers: tuple[int, int] | None = None  # of a partly right order: what its marks were given for
    median: Fraction | None = None  # how long half of the candidates before took at most, in milliseconds
    before: Others | None = None  # what they chose, where it may be seen and options were chosen
    ruled: Told | None = None

    @property
    def lang(self) -> dict[str, str]:
        """The attribute that says which language the texts are in, where it is not the page's; for xmlattr."""
        return lang_of(self.language)

    @property
    def reference_url(self) -> str:
        """The reference as an address to follow; empty when it is a book or anything but the web."""
        return self.reference if _site(self.reference) else ""

    @property
    def reference_host(self) -> str:
        """The site behind `reference_url`: an address in full would not fit a phone."""
        return _site(self.reference)


def _site(reference: str) -> str:
    try:
        parts = urlsplit(reference)
    except ValueError:  # as in http://[
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def questions(
    db: Session, attempt: Attempt, version: PaperVersion, cells: Sequence[Cell], others: Mapping[int, Others],
    seen: Seen,
) -> list[Reviewed]:  # fmt: skip
    """The questions of these cells. The key and the explanation are not even selected when they may not be seen."""
    columns: list[Any] = [
        Response, QuestionVersion.kind, QuestionVersion.stem, QuestionVersion.options, QuestionVersion.topic,
        QuestionVersion.difficulty, QuestionVersion.unit, QuestionVersion.passage, QuestionVersion.translations,
        _when(Item.MAX_MARKS in seen, MarkRow.max, "max"),
        _when(Item.RIGHT_ANSWER in seen, QuestionVersion.key, "key"),
        _when(Item.GENERAL_FEEDBACK in seen, QuestionVersion.solution, "solution"),
        _when(Item.GENERAL_FEEDBACK in seen, QuestionVersion.solution_translations, "solution_translations"),
        _when(Item.GENERAL_FEEDBACK in seen, QuestionVersion.reference, "reference"),
        _when(Item.SPECIFIC_FEEDBACK in seen, QuestionVersion.option_solutions, "option_solutions"),
    ]  # fmt: skip
    query: sa.Select[Any] = sa.select(*columns)
    query = query.join(QuestionVersion, col(QuestionVersion.id) == col(Response.question_version_id))
    query = query.join(MarkRow, OF_RESPONSE)
    query = query.where(col(Response.attempt_id) == attempt.id).order_by(col(Response.number))
    by_number = {cell.number: cell for cell in cells}
    rows = db.execute(query.where(col(Response.number).in_(by_number)))
    held = key_versions.held(db, {cell.version_id for cell in cells})
    return [
        reviewed(row, cell, attempt.language, version, others, held.get(cell.version_id), seen)
        for row in rows
        for cell in [by_number[row.Response.number]]
    ]


def _when(may: bool, column: Any, name: str) -> Any:
    return column if may else sa.null().label(name)


def reviewed(
    row: Any, cell: Cell, language: str, version: PaperVersion, before: Mapping[int, Others], held: Held | None,
    seen: Seen,
) -> Reviewed:  # fmt: skip
    """One question from its row of the review, in which what may not be seen is empty."""
    response, kind = row.Response, Kind(row.kind)
    key = shown_key(held.ruling if held else None, Key.from_json(row.key)) if row.key is not None else None
    # Why an option not chosen is wrong or right tells the key.
    why_of = set(response.option_order if Item.RIGHT_ANSWER in seen else response.choice)
    people = before.get(cell.version_id, NOBODY)
    said, *others = in_its_languages(row, kind, language, version.languages, why_of)
    return Reviewed(
        cell, kind, said.text.passage, said.text.stem, row.topic, row.difficulty, row.unit, response.active_ms,
        response.text,
        judged_options(kind, response, said.text.options, said.why, key, cell.outcome, people)
        if kind.has_options else [],
        judged_parts(kind, response, said.text.options, key, cell.outcome),
        accepted(key, row.unit) if key and kind in (Kind.NUMERIC, Kind.TEXT) else [],
        row.max, said.solution, row.reference or "", unsaved_words(response, kind),
        _sure(response) if version.certainty and response.answered else "",
        said.text.language, [each.translated(response.option_order) for each in others],
        followers(key, Answer.of(response.choice, response.text, response.parts))
        if kind is Kind.ORDER and key and cell.outcome is Outcome.PARTLY else None,
        people.median, people if key and kind.has_options and people.chosen else None, told(cell.number, held, seen),
    )  # fmt: skip


def _sure(response: Response) -> str:
    """How sure an answer was said to be; an answer that says nothing counts as the least sure."""
    words = {each.certainty: each.words for each in CHOICES}
    return words[response.certainty] if response.certainty else f"not said, counts as {words[1].lower()}"
