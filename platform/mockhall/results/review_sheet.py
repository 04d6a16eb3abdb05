"""A made-up answer sheet of a test, marked: in turn a right answer, a wrong one and none. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace

from sqlmodel import Session

from mockhall.attempts.beginning import Pattern, Row, begin, with_drawn
from mockhall.attempts.models import Attempt, AttemptState, Response
from mockhall.attempts.preview import SEED
from mockhall.bank.models import QuestionVersion
from mockhall.exam.kinds import Kind
from mockhall.exam.made_up import right_answer, wrong_answer
from mockhall.exam.paper import Answer, Item
from mockhall.papers.queries import Shown, layout
from mockhall.results.counting import rules_of
from mockhall.results.items import items_of
from mockhall.results.marked import Held, MarkedSheet, mark_sheet

WORKED = timedelta(seconds=45)
"""What each question is said to have taken."""


@dataclass(frozen=True)
class Filled:
    """The attempt, its responses with the questions they are to, and their marks."""

    attempt: Attempt
    responses: Sequence[Response]
    questions: Mapping[int, QuestionVersion]  # by version id
    marked: MarkedSheet

    def row(self, response: Response) -> SimpleNamespace:
        """A row of the review's map, as `cells` reads it."""
        place = response.number - 1
        item, mark, _ = self.marked.entries[place]
        return SimpleNamespace(
            **{name: getattr(response, name) for name in _OF_RESPONSE}, outcome=mark.outcome, marks=mark.marks,
            max=item.scheme.full, counted=response.number in self.marked.counted, bookmarked=False, reason="",
        )  # fmt: skip


_OF_RESPONSE = (
    "number", "question_version_id", "answered", "marked", "certainty", "active_ms", "choice", "text", "parts", "trail",
)  # fmt: skip


def filled(db: Session, shown: Shown, began: datetime, handed_in: datetime, language: str) -> Filled:
    """The sheet of who began and handed in then. Refused where the bank has too few to draw."""
    plan = with_drawn(db, layout(db, shown.version), SEED)
    rows = begin(Pattern(plan), SEED, began, Fraction(1)).rows
    rules = rules_of(db, shown.version.id or 0)
    items = items_of(db, rules, [(row.number, row.section, row.question_version_id) for row in rows])
    asked = {each.question.id or 0: each.question for each in plan.placed}
    responses = [_response(row, items[row.number], asked[row.question_version_id], handed_in) for row in rows]
    held = [
        Held(each.number, each.section, each.question_version_id, Answer.of(each.choice, each.text, each.parts),
             each.certainty, each.first_answered_at)
        for each in responses
    ]  # fmt: skip
    attempt = Attempt(
        code=SEED, paper_id=shown.paper.id or 0, paper_version_id=shown.version.id or 0, person_id=0, is_preview=True,
        candidate="A candidate", started_at=began, submitted_at=handed_in, finished_at=handed_in, language=language,
        state=AttemptState.SCORED,
    )  # fmt: skip
    return Filled(attempt, responses, asked, mark_sheet(rules, items, held, handed_in))


def _response(row: Row, item: Item, question: QuestionVersion, at: datetime) -> Response:
    turn, kind = row.number % 3, Kind(question.kind)
    options = [str(each["id"]) for each in question.options]
    made = {1: right_answer(kind, item.key), 2: wrong_answer(kind, item.key, options)}.get(turn, Answer())
    return Response(
        attempt_id=0, number=row.number, section=row.section, question_version_id=row.question_version_id,
        option_order=list(row.option_order), choice=list(made.choice), text=made.text, parts=dict(made.parts),
        visited=True, answered=not made.blank, active_ms=WORKED // timedelta(milliseconds=1), saved_at=at,
        first_answered_at=at,
    )  # fmt: skip
